package org.dropoutspec.statistics;

import java.util.HashMap;
import java.util.Map;

/**
 * Looks at one sequence of elements for dependent triples, and bets on those that may be.
 *
 * <p>The elements from {@code start} on are counted; all elements before each of them up to the horizon are there. If
 * more than half is dropped, kept elements are counted instead of dropped ones.
 */
final class TripleScan {
    /** In squared standard deviations: pairs of distances that show less are passed over, as in {@link Surprise}. */
    private static final double LEAST = 10;

    private final double rate;
    private final boolean flipped;
    private final PackedMask mask;
    private final int start;
    private final int horizon;
    private final Map<Integer, Found> found = new HashMap<>();

    /**
     * A pair of distances that may show something, with three counts: of the elements after two set ones, after one,
     * and after none, and of those among them that were set. Set means dropped or, if flipped, kept.
     */
    record Found(double logE, boolean flipped, RateCount two, RateCount one, RateCount none) {
        /** The finding tells the one of the three counts that is furthest from the rate. */
        Finding finding(String family, Place place, Stratum stratum, double together) {
            double rate = flipped ? 1 - stratum.rate() : stratum.rate();
            RateCount told = two;
            Finding.Given given = flipped ? Finding.Given.KEPT : Finding.Given.DROPPED;
            if (one.excess(rate) > told.excess(rate)) {
                told = one;
                given = Finding.Given.ONE;
            }
            if (none.excess(rate) > told.excess(rate)) {
                told = none;
                given = flipped ? Finding.Given.DROPPED : Finding.Given.KEPT;
            }
            long dropped = flipped ? told.kept() : told.dropped();
            return new Finding(family, place, given, stratum, told.elements(), dropped, stratum.rate(), together);
        }
    }

    private TripleScan(double rate, boolean flipped, PackedMask mask, int start, int horizon) {
        this.rate = rate;
        this.flipped = flipped;
        this.mask = mask;
        this.start = start;
        this.horizon = horizon;
    }

    /** The pairs of distances found, by their index in {@link TripleCounts}. */
    static Map<Integer, Found> of(double rate, double resolution, PackedMask sequence, int start, int horizon) {
        boolean flip = rate > 0.5;
        TripleScan scan =
                new TripleScan(flip ? 1 - rate : rate, flip, flip ? sequence.complement() : sequence, start, horizon);
        if (sequence.size() > start) {
            scan.bet(resolution);
        }
        return scan.found;
    }

    private void bet(double resolution) {
        TripleMixture wide = new TripleMixture(rate, resolution);
        TripleMixture point = new TripleMixture(rate, 0);
        double excess = new RateCount(mask.size(), mask.count()).excess(rate);
        RateCount all = new RateCount(mask.size() - start, mask.count(start, mask.size()));
        double spread = all.elements() * Math.pow(rate * (1 - rate), 3);
        int[] triples = TripleCounts.of(mask, start, horizon);
        int[] pairs = pairs();
        int[] single = new int[horizon + 1];
        for (int lag = 1; lag <= horizon; lag++) {
            single[lag] = mask.count(start - lag, mask.size() - lag);
        }
        int[] first = elementsBefore(start);
        int[] last = elementsBefore(mask.size());
        // how often the two elements before are both set, by the nearer; from one b to the next, distances grow by 1
        int[] before = new int[horizon + 1];
        for (int b = 2; b <= horizon; b++) {
            before[0] = pairs[b - 1];
            for (int a = b - 1; a > 0; a--) {
                before[a] = before[a - 1] + (first[a] & first[b]) - (last[a] & last[b]);
            }
            for (int a = 1; a < b; a++) {
                int index = TripleCounts.index(a, b);
                double score = triples[index]
                        - rate * (pairs[a] + pairs[b] + before[a])
                        + rate * rate * (all.dropped() + single[a] + single[b])
                        - rate * rate * rate * all.elements();
                if (score * score > LEAST * (spread + Math.abs(score) / 8)) {
                    RateCount two = new RateCount(before[a], triples[index]);
                    RateCount one = new RateCount(
                            single[a] + single[b] - 2L * before[a], pairs[a] + pairs[b] - 2L * triples[index]);
                    RateCount none = new RateCount(
                            all.elements() - two.elements() - one.elements(),
                            all.dropped() - two.dropped() - one.dropped());
                    double logE = Math.min(wide.logE(two, one, none), point.logE(two, one, none) - excess);
                    found.put(index, new Found(logE, flipped, two, one, none));
                }
            }
        }
    }

    /** How often an element is set together with the one so many before, by that distance. */
    private int[] pairs() {
        PackedMask counted = mask.from(start);
        int[] pairs = new int[horizon + 1];
        for (int lag = 1; lag <= horizon; lag++) {
            pairs[lag] = (int) Overlap.count(mask, counted, lag);
        }
        return pairs;
    }

    private int[] elementsBefore(int index) {
        int[] elements = new int[horizon + 1];
        for (int lag = 1; lag <= horizon; lag++) {
            elements[lag] = mask.dropped(index - lag) ? 1 : 0;
        }
        return elements;
    }
}
