package org.dropoutspec.statistics;

/** Elements and drops by what the index in the call leaves modulo some number. */
final class Residues {
    private final int modulus;
    private final LaneCounter[] lanes;
    private final long[] dropped;
    /** How many calls end so many elements behind a multiple of the modulus. */
    private final long[] ends;

    private long multiples;

    Residues(int modulus) {
        this.modulus = modulus;
        this.dropped = new long[modulus];
        this.ends = new long[modulus];
        this.lanes = new LaneCounter[PackedMask.wordsFor(modulus)];
        for (int i = 0; i < lanes.length; i++) {
            lanes[i] = new LaneCounter();
        }
    }

    /** Adds the first {@code count} elements of a call. */
    void add(PackedMask mask, int count) {
        multiples += count / modulus;
        ends[count % modulus]++;
        int lane = 0;
        for (int index = 0; index < count; ) {
            int width = Math.min(Math.min(64, modulus - 64 * lane), count - index);
            lanes[lane].add(mask.bits(index) & -1L >>> 64 - width, dropped, 64 * lane, 1);
            index += width;
            lane = lane + 1 == lanes.length ? 0 : lane + 1;
        }
    }

    /** The counts by residue. */
    Tally tally() {
        for (int i = 0; i < lanes.length; i++) {
            lanes[i].drain(dropped, 64 * i, 1);
        }
        long[] elements = new long[modulus];
        long reached = multiples;
        for (int residue = modulus - 1; residue >= 0; residue--) {
            elements[residue] = reached;
            reached += ends[residue];
        }
        return new Tally(elements, dropped.clone());
    }

    Residues plus(Residues other) {
        Residues sum = new Residues(modulus);
        long[] own = tally().dropped();
        long[] others = other.tally().dropped();
        for (int i = 0; i < modulus; i++) {
            sum.dropped[i] = own[i] + others[i];
            sum.ends[i] = ends[i] + other.ends[i];
        }
        sum.multiples = multiples + other.multiples;
        return sum;
    }
}
