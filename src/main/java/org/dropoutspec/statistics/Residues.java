package org.dropoutspec.statistics;

import java.util.Arrays;

/** Elements and drops by the index in the call modulo some number; memory grows with the largest call added. */
final class Residues {
    private final int modulus;
    private LaneCounter[] lanes = new LaneCounter[0];
    private long[] dropped = new long[0];
    /** The number of calls by how many elements they hold beyond a multiple of the modulus. */
    private long[] ends = new long[1];

    private long multiples;

    Residues(int modulus) {
        this.modulus = modulus;
    }

    /** Makes room for calls of this many elements. */
    private void reach(int count) {
        int words = PackedMask.wordsFor(Math.min(count, modulus));
        int known = lanes.length;
        if (words > known) {
            lanes = Arrays.copyOf(lanes, words);
            for (int i = known; i < words; i++) {
                lanes[i] = new LaneCounter();
            }
            dropped = Arrays.copyOf(dropped, 64 * words);
            ends = Arrays.copyOf(ends, 64 * words + 1);
        }
    }

    /** Adds the first {@code count} elements of a call. */
    void add(PackedMask mask, int count) {
        reach(count);
        multiples += count / modulus;
        ends[count % modulus]++;
        int lane = 0;
        for (int index = 0; index < count; ) {
            int width = Math.min(Math.min(64, modulus - 64 * lane), count - index);
            lanes[lane].add(mask.bits(index) & -1L >>> 64 - width, dropped, 64 * lane, 1);
            index += width;
            lane = 64 * (lane + 1) < modulus ? lane + 1 : 0;
        }
    }

    /** The counts by residue. */
    Tally tally() {
        drain();
        long[] elements = new long[modulus];
        long reached = multiples;
        for (int residue = modulus - 1; residue >= 0; residue--) {
            elements[residue] = reached;
            reached += residue < ends.length ? ends[residue] : 0;
        }
        return new Tally(elements, Arrays.copyOf(dropped, modulus));
    }

    private void drain() {
        for (int i = 0; i < lanes.length; i++) {
            lanes[i].drain(dropped, 64 * i, 1);
        }
    }

    /** Names the counts in full length, as if calls of every size had been added, whatever room is in use. */
    void counted(Counts counts) {
        reach(modulus);
        drain();
        counts.sum(dropped);
        counts.sum(ends);
        multiples = counts.sum(multiples);
    }

    Residues plus(Residues other) {
        drain();
        other.drain();
        Residues sum = new Residues(modulus);
        sum.multiples = multiples + other.multiples;
        sum.reach(64 * Math.max(lanes.length, other.lanes.length));
        for (Residues part : new Residues[] {this, other}) {
            for (int i = 0; i < part.dropped.length; i++) {
                sum.dropped[i] += part.dropped[i];
            }
            for (int i = 0; i < part.ends.length; i++) {
                sum.ends[i] += part.ends[i];
            }
        }
        return sum;
    }
}
