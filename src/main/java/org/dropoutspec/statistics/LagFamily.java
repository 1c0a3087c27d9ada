package org.dropoutspec.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Elements of one call by an earlier one of the same call, in row-major order: at every distance up to the longest
 * horizon, beyond it at powers of two and half as much again, and at the places of {@link LagCells}.
 *
 * <p>Half of the bet is spread evenly over the lags, in equal parts for each horizon. Of the other half, two fifths are
 * on the strides, a tenth on the parts of a call, a quarter on the nearest eight lags, a quarter on powers of two.
 */
final class LagFamily implements Family {

    /** How many of the nearest lags a series shows. */
    private static final int SHOWN = 32;

    private static final int STANDING_OUT = 3;
    private static final List<Integer> POWERS = powers();

    /** The totals, the cells of {@link LagCells}, and the lags beyond the longest horizon. */
    private final CellTable strides;

    private final int[] beyond;
    private final List<LagTier> tiers;
    private final Bets bets;
    private final WrongRate wrongRate;

    LagFamily(Design design, List<Horizon> horizons) {
        this.tiers = tiers(design, horizons);
        int longest = tiers.get(tiers.size() - 1).last();
        this.beyond = POWERS.stream()
                .mapToInt(Integer::intValue)
                .filter(lag -> lag > longest)
                .toArray();
        this.strides = new CellTable(design, "lag", LagCells.of(beyond, POWERS.size()));
        this.bets = new Bets(design);
        this.wrongRate = new WrongRate(design);
    }

    private LagFamily(CellTable strides, int[] beyond, List<LagTier> tiers, Bets bets, WrongRate wrongRate) {
        this.bets = bets;
        this.wrongRate = wrongRate;
        this.strides = strides;
        this.beyond = beyond;
        this.tiers = tiers;
    }

    private static List<LagTier> tiers(Design design, List<Horizon> horizons) {
        List<LagTier> tiers = new ArrayList<>();
        int first = 1;
        for (Horizon horizon : horizons) {
            if (horizon.lags() < Math.max(first, LagCells.NEAREST)) {
                throw new IllegalArgumentException(
                        "horizons (" + horizons.stream().map(Horizon::lags).toList()
                                + " lags) must begin with at least " + LagCells.NEAREST + " and grow");
            }
            tiers.add(new LagTier(design, first, horizon));
            first = horizon.lags() + 1;
        }
        if (tiers.isEmpty()) {
            throw new IllegalArgumentException("horizons must be at least one");
        }
        return List.copyOf(tiers);
    }

    private static List<Integer> powers() {
        List<Integer> powers = new ArrayList<>();
        for (int power = 4; power <= 22; power++) {
            powers.add(3 << power - 2);
            powers.add(1 << power);
        }
        return powers;
    }

    /** The share of the bet on a lag. */
    private double weight(LagTier tier, int lag) {
        double weight = 0.5 / tiers.size() / tier.size();
        if (lag <= LagCells.NEAREST) {
            return weight + 0.125 / LagCells.NEAREST;
        }
        return POWERS.contains(lag) ? weight + 0.125 / POWERS.size() : weight;
    }

    @Override
    public String name() {
        return strides.family();
    }

    @Override
    public void observe(Draw draw) {
        long[] row = strides.observe(draw);
        wrongRate.observe(draw);
        LagCells.count(row, draw, beyond);
        int stratum = strides.design().indexOf(draw.stratum());
        PackedMask mask = draw.mask();
        for (LagTier tier : tiers) {
            // a transform takes the same time for any block, so only full blocks are worth it
            int least = tier.last() <= BitLags.LONGEST ? tier.first() + 1 : 2 * tier.last();
            if (mask.size() >= least) {
                tier.open(stratum, mask.size()).ifPresent(counts -> counts.within(mask));
            }
        }
    }

    @Override
    public LagFamily continued() {
        return new LagFamily(
                strides.empty(), beyond, tiers.stream().map(LagTier::empty).toList(), bets, wrongRate.empty());
    }

    @Override
    public LagFamily plus(Family later) {
        LagFamily that = (LagFamily) later;
        List<LagTier> sum = new ArrayList<>();
        for (int t = 0; t < tiers.size(); t++) {
            sum.add(tiers.get(t).plus(that.tiers.get(t)));
        }
        return new LagFamily(strides.plus(that.strides), beyond, sum, bets, wrongRate.plus(that.wrongRate));
    }

    @Override
    public void counted(Counts counts) {
        strides.counted(counts);
        tiers.forEach(tier -> tier.counted(counts));
        wrongRate.counted(counts);
    }

    @Override
    public long elements() {
        return strides.elements();
    }

    private PairEvidence evidence() {
        return new PairEvidence(strides.design(), bets, wrongRate.charges());
    }

    @Override
    public double logE() {
        PairEvidence evidence = evidence();
        double logE = Math.log(0.25 + 0.125 * beyond.length / POWERS.size()) + strides.logE();
        for (LagTier tier : tiers) {
            double[] each = tier.new Evaluation(evidence).logE;
            for (int i = 0; i < each.length; i++) {
                if (each[i] > Double.NEGATIVE_INFINITY) {
                    logE = LogSpace.add(logE, Math.log(weight(tier, tier.first() + i)) + each[i]);
                }
            }
        }
        return logE;
    }

    @Override
    public List<Finding> findings() {
        PairEvidence evidence = evidence();
        List<Finding> findings = new ArrayList<>();
        tiers.forEach(tier -> findings.addAll(tier.findings(name(), evidence, Place.Lag::new)));
        findings.addAll(strides.findings());
        return findings;
    }

    /** The correlations at the nearest lags, at powers of two and half as much again, and where they stand out most. */
    @Override
    public List<Series> series(double rate) {
        SortedMap<Integer, PairCount> counts = new TreeMap<>();
        SortedMap<Double, Integer> furthest = new TreeMap<>();
        for (LagTier tier : tiers) {
            for (int lag = tier.first(); lag <= tier.last(); lag++) {
                PairCount pairs = tier.pairsAt(rate, lag);
                if (pairs.total().elements() > 0) {
                    counts.put(lag, pairs);
                    furthest.put(pairs.excess(), lag);
                }
            }
        }
        while (furthest.size() > STANDING_OUT) {
            furthest.remove(furthest.firstKey());
        }
        Series.Builder series = new Series.Builder("elements apart", rate);
        counts.forEach((lag, pairs) -> {
            if (lag <= SHOWN || POWERS.contains(lag) || furthest.containsValue(lag)) {
                series.add(lag, pairs);
            }
        });
        return series.build().stream().toList();
    }

    /**
     * Confidence sequences for each stratum. One is for the correlation at all lags of a horizon at once, up to the
     * first lag with too few elements; the others are for each stride and each lag beyond.
     */
    @Override
    public List<Bound> bounds(double alpha, double share) {
        int lags = tiers.get(tiers.size() - 1).last();
        double part = alpha / (lags + strides.cells());
        double[] least = new double[strides.design().size()];
        for (int s = 0; s < least.length; s++) {
            int stratum = s;
            long fullest = tiers.stream()
                    .mapToLong(tier -> tier.elements(stratum))
                    .max()
                    .orElse(0);
            least[s] = Math.max(1, share * fullest);
        }
        List<Bound> bounds = new ArrayList<>();
        for (LagTier tier : tiers) {
            bounds.addAll(tier.bounds(name(), part / least.length, least, Place.UpTo::new));
        }
        strides.bounds(part * strides.cells(), share).stream()
                .filter(bound -> !LagCells.isRare(bound.place()))
                .forEach(bounds::add);
        return bounds;
    }
}
