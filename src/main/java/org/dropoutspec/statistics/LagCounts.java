package org.dropoutspec.statistics;

import java.util.List;

/** The pairs of elements of one stratum at each lag of a range. Entry i of each array is for lag {@code first + i}. */
final class LagCounts {
    private final int first;
    /** The number of elements that have an element so many before. */
    private final long[] elements;
    /** How many of these elements were dropped. */
    private final long[] dropped;
    /** How many of the elements before them were dropped. */
    private final long[] known;
    /** How many pairs had both elements dropped. */
    private final long[] both;

    /** How many elements were added, including those from before this shard began. */
    private long taken;

    LagCounts(int first, int last) {
        this(first, new long[4][last - first + 1], 0);
    }

    private LagCounts(int first, long[][] counts, long taken) {
        this.first = first;
        this.elements = counts[0];
        this.dropped = counts[1];
        this.known = counts[2];
        this.both = counts[3];
        this.taken = taken;
    }

    int first() {
        return first;
    }

    int last() {
        return first + elements.length - 1;
    }

    long taken() {
        return taken;
    }

    long elements(int lag) {
        return elements[lag - first];
    }

    PairCount pairs(int lag) {
        int i = lag - first;
        RateCount after = new RateCount(known[i], both[i]);
        return new PairCount(after, new RateCount(elements[i] - known[i], dropped[i] - both[i]));
    }

    void give(int lag, int stratum, PairEvidence evidence) {
        int i = lag - first;
        evidence.set(stratum, elements[i], dropped[i], known[i], both[i]);
    }

    /** Adds the pairs inside one mask. */
    void within(PackedMask mask) {
        int size = mask.size();
        taken += size;
        if (last() > BitLags.LONGEST) {
            FourierLags.within(mask, first, last(), both);
        } else {
            BitLags.within(mask, first, last(), both);
        }
        for (int lag = first; lag <= last() && lag < size; lag++) {
            int i = lag - first;
            elements[i] += size - lag;
            dropped[i] += mask.count(lag, size);
            known[i] += mask.count(0, size - lag);
        }
    }

    /**
     * Adds the pairs of an element of the mask and one that was drawn before it.
     *
     * @param history the elements right before the mask: a multiple of 64, at least as many as the longest lag
     * @param from the index in the history from which on elements were really drawn
     */
    void across(PackedMask history, int from, PackedMask mask) {
        taken += mask.size();
        BitLags.across(history, mask, last(), both);
        int end = history.size();
        for (int lag = first; lag <= last(); lag++) {
            int i = lag - first;
            // element e of the mask goes with element end + e - lag of the history
            int start = Math.max(0, from + lag - end);
            int stop = Math.min(lag, mask.size());
            if (start < stop) {
                elements[i] += stop - start;
                dropped[i] += mask.count(start, stop);
                known[i] += history.count(end + start - lag, end + stop - lag);
            }
        }
    }

    void counted(Counts counts) {
        List.of(elements, dropped, known, both).forEach(counts::sum);
        taken = counts.sum(taken);
    }

    LagCounts empty() {
        return new LagCounts(first, new long[4][elements.length], taken);
    }

    /** The sum of both; {@code later} goes on where this one stands. */
    LagCounts plus(LagCounts later) {
        long[][] sum = {elements.clone(), dropped.clone(), known.clone(), both.clone()};
        long[][] more = {later.elements, later.dropped, later.known, later.both};
        for (int count = 0; count < sum.length; count++) {
            for (int i = 0; i < elements.length; i++) {
                sum[count][i] += more[count][i];
            }
        }
        return new LagCounts(first, sum, later.taken);
    }
}
