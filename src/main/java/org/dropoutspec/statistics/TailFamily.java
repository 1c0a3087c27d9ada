package org.dropoutspec.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;

/**
 * Each element that whole vectors leave over, by how many are left, and each element of small calls, by their size. If
 * remainders or sizes were counted together, a defect at one of them would be lost among the others.
 *
 * <p>Half of the bet is on remainders, all widths alike, and half on small calls, all sizes alike. For each remainder
 * and each size, two fifths are on the last element and one fifth on the first; the rest is spread evenly.
 */
final class TailFamily implements Family {
    private static final int[] WIDTHS = {4, 8, 16, 32, 64};
    private static final int WIDEST = 64;
    private static final double ON_LAST = 0.4;
    private static final double ON_FIRST = 0.2;

    private final Design design;
    private final Bets bets;
    private final WrongRate wrongRate;
    /** By stratum. */
    private final TailCounts[] counts;

    TailFamily(Design design) {
        this(design, new Bets(design), new WrongRate(design), new TailCounts[design.size()]);
        Arrays.setAll(counts, any -> new TailCounts());
    }

    private TailFamily(Design design, Bets bets, WrongRate wrongRate, TailCounts[] counts) {
        this.design = design;
        this.bets = bets;
        this.wrongRate = wrongRate;
        this.counts = counts;
    }

    @Override
    public String name() {
        return "tail";
    }

    @Override
    public void observe(Draw draw) {
        wrongRate.observe(draw);
        counts[design.indexOf(draw.stratum())].add(draw.mask());
    }

    @Override
    public TailFamily continued() {
        return new TailFamily(design, bets, wrongRate.empty(), all(any -> new TailCounts()));
    }

    @Override
    public TailFamily plus(Family later) {
        TailFamily that = (TailFamily) later;
        TailCounts[] sum = counts.clone();
        Arrays.setAll(sum, s -> counts[s].plus(that.counts[s]));
        return new TailFamily(design, bets, wrongRate.plus(that.wrongRate), sum);
    }

    private TailCounts[] all(UnaryOperator<TailCounts> each) {
        return Arrays.stream(counts).map(each).toArray(TailCounts[]::new);
    }

    @Override
    public void counted(Counts walk) {
        for (TailCounts each : counts) {
            each.counted(walk);
        }
        wrongRate.counted(walk);
    }

    @Override
    public long elements() {
        return wrongRate.elements();
    }

    private interface Verdict {
        /** @param tallies by stratum; the element at {@code index} of each was judged */
        void of(Place place, double weight, int index, Tally[] tallies, int shown, double logE);
    }

    @Override
    public double logE() {
        double[] sum = {Double.NEGATIVE_INFINITY};
        judge((place, weight, index, tallies, shown, logE) -> {
            if (logE > Double.NEGATIVE_INFINITY) {
                sum[0] = LogSpace.add(sum[0], Math.log(weight) + logE);
            }
        });
        return sum[0];
    }

    @Override
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        judge((place, weight, index, tallies, shown, logE) -> {
            if (shown >= 0) {
                Stratum stratum = design.strata().get(shown);
                findings.add(new Finding(
                        name(),
                        place,
                        Finding.Given.NOTHING,
                        stratum,
                        tallies[shown].elements()[index],
                        tallies[shown].dropped()[index],
                        stratum.rate(),
                        logE));
            }
        });
        return findings;
    }

    /** None: these cells give findings, but no bounds. */
    @Override
    public List<Bound> bounds(double alpha, double share) {
        return List.of();
    }

    private void judge(Verdict verdict) {
        RateEvidence evidence = new RateEvidence(design, bets, wrongRate.charges());
        Tally[] tallies = new Tally[counts.length];
        // sizes first, so that a call which is nothing but a remainder is told by its size
        for (int size = 1; size <= WIDEST; size++) {
            int own = size;
            Arrays.setAll(tallies, s -> counts[s].ofSize(own));
            judge(evidence, tallies, 0.5 / WIDEST, index -> new Place.OfSize(own, index), verdict);
        }
        for (int width : WIDTHS) {
            for (int left = 1; left < width; left++) {
                int own = left;
                Arrays.setAll(tallies, s -> counts[s].left(width, own));
                double weight = 0.5 / WIDTHS.length / (width - 1);
                judge(evidence, tallies, weight, index -> new Place.TailOf(width, own, index), verdict);
            }
        }
    }

    private static void judge(
            RateEvidence evidence, Tally[] tallies, double weight, IntFunction<Place> place, Verdict verdict) {
        int elements = tallies[0].elements().length;
        if (Arrays.stream(tallies).allMatch(tally -> tally.elements()[0] == 0)) {
            return;
        }
        for (int i = 0; i < elements; i++) {
            evidence.clear();
            for (int s = 0; s < tallies.length; s++) {
                evidence.set(s, tallies[s].elements()[i], tallies[s].dropped()[i]);
            }
            double logE = evidence.logE();
            double share =
                    (1 - ON_LAST - ON_FIRST) / elements + (i == elements - 1 ? ON_LAST : 0) + (i == 0 ? ON_FIRST : 0);
            verdict.of(place.apply(i), weight * share, i, tallies, evidence.shown(), logE);
        }
    }
}
