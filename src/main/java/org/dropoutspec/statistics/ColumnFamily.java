package org.dropoutspec.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;

/**
 * Elements by column: by the index modulo every number to 64 and every power of two to 4,096, by the index on the last
 * axis, and by the index on the first.
 *
 * <p>All elements are counted by powers of two and on the first axis. The rest sees only the first elements of each
 * stratum, since the other moduli cost some 30 additions for a word of elements. Half of the bet is on the axes, a
 * quarter on the powers of two, a quarter on the other moduli. Moduli that share a part have equal weights.
 */
final class ColumnFamily implements Family {
    private final Design design;
    private final Bets bets;
    private final WrongRate wrongRate;
    private final long limit;
    /** One for each stratum. */
    private final ColumnCounts[] counts;

    ColumnFamily(Design design, long limit) {
        this(design, new Bets(design), new WrongRate(design), limit, new ColumnCounts[design.size()]);
        Arrays.setAll(counts, any -> new ColumnCounts(0));
    }

    private ColumnFamily(Design design, Bets bets, WrongRate wrongRate, long limit, ColumnCounts[] counts) {
        this.design = design;
        this.bets = bets;
        this.wrongRate = wrongRate;
        this.limit = limit;
        this.counts = counts;
    }

    @Override
    public String name() {
        return "column";
    }

    @Override
    public void observe(Draw draw) {
        wrongRate.observe(draw);
        counts[design.indexOf(draw.stratum())].add(draw, limit);
    }

    @Override
    public ColumnFamily continued() {
        return new ColumnFamily(design, bets, wrongRate.empty(), limit, all(ColumnCounts::empty));
    }

    @Override
    public ColumnFamily plus(Family later) {
        ColumnFamily that = (ColumnFamily) later;
        ColumnCounts[] sum = counts.clone();
        Arrays.setAll(sum, s -> counts[s].plus(that.counts[s]));
        return new ColumnFamily(design, bets, wrongRate.plus(that.wrongRate), limit, sum);
    }

    private ColumnCounts[] all(UnaryOperator<ColumnCounts> each) {
        return Arrays.stream(counts).map(each).toArray(ColumnCounts[]::new);
    }

    @Override
    public void counted(Counts walk) {
        for (ColumnCounts each : counts) {
            each.counted(walk);
        }
        wrongRate.counted(walk);
    }

    @Override
    public long elements() {
        return wrongRate.elements();
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
                        place.apply(index),
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

    /** The strongest finding; of places with the same elements (modulo 2 and 4 in calls of two), the shortest told. */
    @Override
    public Optional<Finding> strongest() {
        return findings().stream()
                .max(Comparator.comparingDouble(Finding::logE).thenComparingInt(ColumnFamily::shortest));
    }

    private static int shortest(Finding finding) {
        return finding.place() instanceof Place.Residue residue ? -residue.modulus() : Integer.MIN_VALUE;
    }

    @Override
    public List<Bound> bounds(double alpha, double share) {
        return List.of();
    }

    private interface Verdict {
        void of(IntFunction<Place> place, double weight, int index, Tally[] tallies, int shown, double logE);
    }

    private void judge(Verdict verdict) {
        RateEvidence evidence = new RateEvidence(design, bets, wrongRate.charges());
        int powers = Integer.numberOfTrailingZeros(ColumnCounts.POWERS);
        Tally[] tallies = tallies(ColumnCounts::powers);
        for (int modulus = ColumnCounts.POWERS; modulus > 1; modulus /= 2) {
            judge(evidence, residue(modulus), 0.25 / powers, tallies, verdict);
            for (int s = 0; s < tallies.length; s++) {
                tallies[s] = tallies[s].folded(modulus / 2);
            }
        }
        int others = ColumnCounts.MOST - (31 - Integer.numberOfLeadingZeros(ColumnCounts.MOST)) - 1;
        for (int modulus = 3; modulus <= ColumnCounts.MOST; modulus++) {
            if (Integer.bitCount(modulus) > 1) {
                int divisor = modulus;
                judge(evidence, residue(modulus), 0.25 / others, tallies(count -> count.modulo(divisor)), verdict);
            }
        }
        judge(evidence, AxisCounts::place, 0.5, tallies(ColumnCounts::axes), verdict);
    }

    private static IntFunction<Place> residue(int modulus) {
        return remainder -> new Place.Residue(modulus, remainder);
    }

    private Tally[] tallies(Function<ColumnCounts, Tally> each) {
        return Arrays.stream(counts).map(each).toArray(Tally[]::new);
    }

    /** Judges places that share a weight equally. */
    private static void judge(
            RateEvidence evidence, IntFunction<Place> place, double weight, Tally[] tallies, Verdict verdict) {
        int places = tallies[0].elements().length;
        for (int i = 0; i < places; i++) {
            evidence.clear();
            for (int s = 0; s < tallies.length; s++) {
                evidence.set(s, tallies[s].elements()[i], tallies[s].dropped()[i]);
            }
            double logE = evidence.logE();
            verdict.of(place, weight / places, i, tallies, evidence.shown(), logE);
        }
    }
}
