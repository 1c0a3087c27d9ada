package org.dropoutspec.statistics;

import java.util.Arrays;

/**
 * Stretches of a mask that have been seen before, so short that one may repeat by chance: evidence takes several.
 *
 * <p>They start where a call starts, and after a run of the rarer symbol, like the long ones of {@link
 * DuplicateFamily}; the run lies before the stretch. Before each stretch it is known which ones are remembered. If the
 * mask is drawn as it should be, a stretch equals a given content of w elements, d of them dropped, with probability
 * h^d (1-l)^(w-d) at most, whatever was drawn before and however the probability changes within [l, h]. It equals any
 * of those remembered with the sum q of these at most. A bet of a share eps of the capital pays eps/q if it does and 1
 * - eps if it does not: its expectation is at most 1. Under a wrong rate contents repeat more often; so q is taken at
 * the rate drawn so far if that makes it larger.
 */
final class ShortStretches {
    /** -ln of the largest probability of a match with one stretch; with any of them, it is about 2^-31 at most. */
    private static final double LOG_MATCH = 44 * Math.log(2);

    private static final int LONGEST = 512;
    private static final int MOST_SLOTS = 1 << 13;
    private static final int FEWEST_SLOTS = 1 << 7;

    /** The number of shares of the capital, each a sixteenth of the one before. */
    private static final int SHARES = 6;

    private static final double LARGEST_SHARE = -6 * Math.log(2);
    private static final double STEP = -4 * Math.log(2);

    /** Gains are whole numbers of this fraction of a nat, rounded down, whose sums do not depend on the order. */
    private static final double UNIT = 0x1p-20;

    private final int length;
    private final StretchStarts starts;
    /** ln of the largest probability of a drop, and of a keep, over the rates that are searched together. */
    private final double logDrop;

    private final double logKeep;
    private StretchTable table;
    private int used;
    /** How many of the stretches remembered have this many drops. */
    private final int[] remembered;

    /** The elements and drops of all stretches that were looked at. */
    private long elements;

    private long dropped;

    private long seen;
    private long repeated;
    private long gained;

    /**
     * @param least the smallest of the rates that are searched together
     * @param most the largest of these rates
     */
    ShortStretches(double least, double most, double resolution) {
        this(least, most, resolution, length(rare(least, most)));
    }

    /** @param length the length of each stretch; 0 for none */
    ShortStretches(double least, double most, double resolution, int length) {
        double rare = rare(least, most);
        this.length = length;
        int run = (int) Math.max(1, Math.ceil(Math.log(2 / (length * (1 - rare))) / Math.log(rare)));
        this.starts = new StretchStarts(length, run, most <= 0.5);
        this.logDrop = Math.log(Math.min(1, most + resolution));
        this.logKeep = Math.log(Math.min(1, 1 - least + resolution));
        this.table = new StretchTable(length, FEWEST_SLOTS, MOST_SLOTS);
        this.remembered = new int[length + 1];
    }

    private ShortStretches(ShortStretches other) {
        this.length = other.length;
        this.starts = other.starts;
        this.logDrop = other.logDrop;
        this.logKeep = other.logKeep;
        this.table = new StretchTable(other.table);
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

    /** Stretches without counts, with all that this one remembers. */
    ShortStretches continued() {
        return new ShortStretches(this);
    }

    /** The sum of the counts of both, with all that the later one remembers. */
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

    /** Begins a new process, which may draw what another one drew. */
    void restarted() {
        table = new StretchTable(length, FEWEST_SLOTS, MOST_SLOTS);
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
        starts.find(mask, length, from -> take(mask, from, 2));
    }

    private void take(PackedMask mask, int from, long mark) {
        table.makeRoomFor(used);
        int slot = table.slot(mask, from, mark);
        seen++;
        int drops = mask.count(from, from + length);
        if (table.holds(slot, mask, from, mark)) {
            repeated++;
            gained += (long) Math.floor(-logAny() / UNIT);
        } else {
            if (table.isEmpty(slot)) {
                used++;
            } else {
                remembered[table.drops(slot)]--;
            }
            remembered[drops]++;
            table.put(slot, mask, from, mark);
        }
        elements += length;
        dropped += drops;
    }

    /** ln of the largest probability that the next stretch equals any of those remembered. */
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

    double logE() {
        double[] capital = new double[SHARES];
        for (int i = 0; i < SHARES; i++) {
            double share = LARGEST_SHARE + i * STEP;
            capital[i] = (seen - repeated) * Math.log1p(-Math.exp(share)) + repeated * share + gained * UNIT;
        }
        return LogSpace.mean(capital);
    }
}
