package org.dropoutspec.statistics;

import java.util.Arrays;

/**
 * Stretches of a mask that have been seen before, so short that one may be so by chance: it takes several.
 *
 * <p>They start where a call starts, and after a run of the rarer symbol, as the long ones of {@link DuplicateFamily} do;
 * what selects one lies before it. Before each it is known what is remembered. One that was drawn as it should be equals
 * a given content of w elements, d of them dropped, with probability h^d (1-l)^(w-d) at most, whatever was drawn before and
 * however the rate wanders in [l, h]; it equals any of those remembered with the sum q of these at most. A bet of a share
 * eps of the capital pays eps/q where it does and 1 - eps where it does not: its expectation is at most 1. Under a wrong
 * rate contents come again more often; so q is taken at the rate that was drawn so far, where that makes it larger.
 */
final class ShortStretches {
    /** So that any of those remembered comes again with probability 2^-31 at most, about. */
    private static final double LOG_MATCH = 44 * Math.log(2);

    private static final int LONGEST = 512;
    private static final int MOST_SLOTS = 1 << 13;
    private static final int FEWEST_SLOTS = 1 << 7;

    /** The shares of the capital, each a sixteenth of the one before. */
    private static final int SHARES = 6;

    private static final double LARGEST_SHARE = -6 * Math.log(2);
    private static final double STEP = -4 * Math.log(2);

    /** Gains are counted in whole numbers of this fraction of a nat, rounded down, so that they add up in any order. */
    private static final double UNIT = 0x1p-20;

    private final boolean dropsAreRare;
    private final int run;
    private final int length;
    private final int stored;
    /** ln of the largest probability of a drop and of a keep, at any rate that is searched together. */
    private final double logDrop;

    private final double logKeep;
    /** The word before each content tells an empty slot from a used one, and the two ways to start. */
    private long[] contents;

    private int slots = FEWEST_SLOTS;
    private int used;
    /** How many of those remembered have so many drops. */
    private final int[] remembered;

    /** Elements and drops of all that were looked at. */
    private long elements;

    private long dropped;

    private long seen;
    private long repeated;
    private long gained;

    /**
     * @param least the smallest of the rates that are searched together
     * @param most the largest
     */
    ShortStretches(double least, double most, double resolution) {
        this(least, most, resolution, length(rare(least, most)));
    }

    /** @param length of each; 0 for none */
    ShortStretches(double least, double most, double resolution, int length) {
        double rare = rare(least, most);
        this.dropsAreRare = most <= 0.5;
        this.length = length;
        this.run = (int) Math.max(1, Math.ceil(Math.log(2 / (length * (1 - rare))) / Math.log(rare)));
        this.stored = PackedMask.wordsFor(length);
        this.logDrop = Math.log(Math.min(1, most + resolution));
        this.logKeep = Math.log(Math.min(1, 1 - least + resolution));
        this.contents = new long[length == 0 ? 0 : slots * (stored + 1)];
        this.remembered = new int[length + 1];
    }

    private ShortStretches(ShortStretches other) {
        this.dropsAreRare = other.dropsAreRare;
        this.length = other.length;
        this.run = other.run;
        this.stored = other.stored;
        this.logDrop = other.logDrop;
        this.logKeep = other.logKeep;
        this.contents = other.contents.clone();
        this.slots = other.slots;
        this.used = other.used;
        this.remembered = other.remembered.clone();
        this.elements = other.elements;
        this.dropped = other.dropped;
    }

    private static double rare(double least, double most) {
        return Math.min(least, 1 - most);
    }

    private static int length(double rare) {
        double needed = Math.ceil(LOG_MATCH / -Math.log(rare * rare + (1 - rare) * (1 - rare)));
        return needed <= LONGEST ? (int) needed : 0;
    }

    /** With what this one remembers, and nothing counted. */
    ShortStretches continued() {
        return new ShortStretches(this);
    }

    /** With what the later one remembers. */
    ShortStretches plus(ShortStretches later) {
        ShortStretches sum = later.continued();
        sum.seen = seen + later.seen;
        sum.repeated = repeated + later.repeated;
        sum.gained = gained + later.gained;
        return sum;
    }

    void counted(Counts counts) {
        seen = counts.sum(seen);
        repeated = counts.sum(repeated);
        gained = counts.sum(gained);
    }

    /** A new process: it may draw what another drew. */
    void restarted() {
        slots = FEWEST_SLOTS;
        contents = new long[length == 0 ? 0 : slots * (stored + 1)];
        Arrays.fill(remembered, 0);
        used = 0;
        elements = 0;
        dropped = 0;
    }

    int length() {
        return length;
    }

    long seen() {
        return seen;
    }

    long repeated() {
        return repeated;
    }

    void observe(PackedMask mask) {
        if (length == 0 || mask.size() < length) {
            return;
        }
        take(mask, 0, 1);
        long[] words = mask.words();
        long flip = dropsAreRare ? 0 : -1;
        int free = length;
        for (int w = 0; (w << 6) + run + 1 + length <= mask.size(); w++) {
            if ((w << 6) + 63 < free) {
                continue;
            }
            long low = words[w] ^ flip;
            long high = (w + 1 < words.length ? words[w + 1] : 0) ^ flip;
            long starts = low;
            for (int i = 1; i < run; i++) {
                starts &= low >>> i | high << 64 - i;
            }
            starts &= ~(low >>> run | high << 64 - run);
            for (; starts != 0; starts &= starts - 1) {
                int start = (w << 6) + Long.numberOfTrailingZeros(starts);
                if (start >= free && start + run + 1 + length <= mask.size()) {
                    take(mask, start + run + 1, 2);
                    free = start + run + 1 + length;
                }
            }
        }
    }

    private void take(PackedMask mask, int from, long mark) {
        if (2 * used > slots && slots < MOST_SLOTS) {
            grow();
        }
        int slot = slot(mark, word -> window(mask, from, word));
        boolean same = contents[slot] == mark;
        for (int i = 0; same && i < stored; i++) {
            same = contents[slot + 1 + i] == window(mask, from, i);
        }
        seen++;
        int drops = mask.count(from, from + length);
        if (same) {
            repeated++;
            gained += (long) Math.floor(-logAny() / UNIT);
        } else {
            remember(mask, from, mark, slot, drops);
        }
        elements += length;
        dropped += drops;
    }

    private void remember(PackedMask mask, int from, long mark, int slot, int drops) {
        if (contents[slot] == 0) {
            used++;
        } else {
            int forgotten = 0;
            for (int i = 1; i <= stored; i++) {
                forgotten += Long.bitCount(contents[slot + i]);
            }
            remembered[forgotten]--;
        }
        remembered[drops]++;
        contents[slot] = mark;
        for (int i = 0; i < stored; i++) {
            contents[slot + 1 + i] = window(mask, from, i);
        }
    }

    /** ln of the probability that the next equals any of those remembered, at most. */
    private double logAny() {
        double rate = (dropped + 1.0) / (elements + 2.0);
        return Math.max(logAny(logDrop, logKeep), logAny(Math.log(rate), Math.log1p(-rate)));
    }

    private double logAny(double logDrop, double logKeep) {
        double sum = Double.NEGATIVE_INFINITY;
        for (int drops = 0; drops <= length; drops++) {
            if (remembered[drops] > 0) {
                double each = drops * logDrop + (length - drops) * logKeep;
                sum = LogSpace.add(sum, Math.log(remembered[drops]) + each * (1 - LogSpace.SLACK));
            }
        }
        return sum;
    }

    private interface Words {
        long at(int word);
    }

    private int slot(long mark, Words words) {
        long hash = mark;
        for (int i = 0; i < stored; i++) {
            hash = (hash ^ words.at(i)) * 0x9E37_79B9_7F4A_7C15L;
            hash ^= hash >>> 29;
        }
        return (int) (hash & slots - 1) * (stored + 1);
    }

    private void grow() {
        long[] known = contents;
        slots *= 2;
        contents = new long[slots * (stored + 1)];
        for (int at = 0; at < known.length; at += stored + 1) {
            if (known[at] != 0) {
                int from = at + 1;
                // two of one slot go to two or to one of the doubled ones, never onto another's
                System.arraycopy(known, at, contents, slot(known[at], word -> known[from + word]), stored + 1);
            }
        }
    }

    private long window(PackedMask mask, int from, int word) {
        long bits = mask.bits(from + (word << 6));
        int rest = length - (word << 6);
        return rest >= 64 ? bits : bits & (1L << rest) - 1;
    }

    double logE() {
        double[] capital = new double[SHARES];
        for (int i = 0; i < SHARES; i++) {
            double share = LARGEST_SHARE + i * STEP;
            capital[i] = (seen - repeated) * Math.log1p(-Math.exp(share)) + repeated * share + gained * UNIT;
        }
        return LogSpace.mean(capital);
    }
}
