package org.dropoutspec.statistics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Every two elements up to the horizon before an element, taken together: generators whose every number is the sum, the
 * difference or the exclusive or of two earlier ones show here and, as a rule, nowhere else.
 *
 * <p>A sum leaves nothing at rate .5, the more the further the rate is from it; an exclusive or shows at any rate and most
 * at .5. The calls of a stratum are laid end to end; those shorter than the horizon are left out, since most of what they
 * hold has its two elements in other calls.
 *
 * <p>Half of the bet is spread evenly over all pairs of distances, half over those of up to 64. The strata have a bet each,
 * taken together by {@link Disjoint}. A correlation of c of the three is found in about 2 (T + 16)/c^2 elements, where T is
 * ln E of the check: .07 in 16,384.
 */
final class TripleFamily implements Family {
    private static final int NEAR = 64;

    private final Design design;
    private final Horizon horizon;
    /** By the stratum's index in the design; only those that the horizon names. */
    private final Map<Integer, Sequence> sequences;
    /** What was found in each, and with how many elements. */
    private final Map<Integer, Scanned> scanned = new HashMap<>();

    private record Scanned(int size, Map<Integer, TripleScan.Found> found) {}

    TripleFamily(Design design, Horizon horizon) {
        this(design, horizon, new TreeMap<>());
        if (horizon.lags() < 2 || horizon.lags() > BitLags.LONGEST) {
            throw new IllegalArgumentException("lags (" + horizon.lags() + ") must be in [2, " + BitLags.LONGEST + "]");
        }
        for (int s = 0; s < design.size(); s++) {
            long limit = horizon.elements(design.strata().get(s));
            if (limit > 0) {
                sequences.put(s, new Sequence(limit));
            }
        }
    }

    private TripleFamily(Design design, Horizon horizon, Map<Integer, Sequence> sequences) {
        this.design = design;
        this.horizon = horizon;
        this.sequences = sequences;
    }

    @Override
    public String name() {
        return "triple";
    }

    @Override
    public void observe(Draw draw) {
        Sequence sequence = sequences.get(design.indexOf(draw.stratum()));
        if (sequence != null && draw.mask().size() >= horizon.lags()) {
            sequence.append(draw.mask());
        }
    }

    @Override
    public TripleFamily continued() {
        Map<Integer, Sequence> continued = new TreeMap<>(sequences);
        continued.replaceAll((stratum, sequence) -> sequence.continued());
        return new TripleFamily(design, horizon, continued);
    }

    @Override
    public TripleFamily plus(Family later) {
        Map<Integer, Sequence> sum = new TreeMap<>(sequences);
        sum.replaceAll((stratum, sequence) -> sequence.plus(((TripleFamily) later).sequences.get(stratum)));
        return new TripleFamily(design, horizon, sum);
    }

    /** How many were looked at, or stand before those. */
    @Override
    public long elements() {
        return sequences.values().stream()
                .mapToLong(sequence -> sequence.size() - sequence.begin())
                .sum();
    }

    private Map<Integer, TripleScan.Found> scan(int stratum, Sequence sequence) {
        return scanned.compute(
                        stratum,
                        (any, known) -> known != null && known.size() == sequence.size()
                                ? known
                                : new Scanned(
                                        sequence.size(),
                                        TripleScan.of(
                                                design.rate(stratum),
                                                design.resolution(),
                                                sequence.mask(),
                                                Math.max(sequence.begin(), horizon.lags()),
                                                horizon.lags())))
                .found();
    }

    /** ln E of each pair of distances that shows anything, of all strata together. */
    private Map<Integer, Double> together() {
        Map<Integer, double[]> parts = new TreeMap<>();
        int part = 0;
        for (Map.Entry<Integer, Sequence> entry : sequences.entrySet()) {
            int at = part++;
            scan(entry.getKey(), entry.getValue())
                    .forEach((pair, found) -> parts.computeIfAbsent(pair, any -> passedOver())[at] = found.logE());
        }
        Map<Integer, Double> together = new TreeMap<>();
        parts.forEach((pair, logE) -> together.put(pair, Disjoint.together(logE)));
        return together;
    }

    /** An e-value of 0 where a scan passed over a pair, and of 1 where there was nothing to scan. */
    private double[] passedOver() {
        return sequences.values().stream()
                .mapToDouble(sequence ->
                        sequence.size() > Math.max(sequence.begin(), horizon.lags()) ? Double.NEGATIVE_INFINITY : 0)
                .toArray();
    }

    @Override
    public double logE() {
        int all = TripleCounts.pairs(horizon.lags());
        int near = TripleCounts.pairs(Math.min(NEAR, horizon.lags()));
        double logE = Double.NEGATIVE_INFINITY;
        for (Map.Entry<Integer, Double> entry : together().entrySet()) {
            double weight = 0.5 / all + (entry.getKey() < near ? 0.5 / near : 0);
            logE = LogSpace.add(logE, Math.log(weight) + entry.getValue());
        }
        return logE;
    }

    /** Those that may show something, by the stratum that shows them best. */
    @Override
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        together().forEach((pair, logE) -> {
            int shown = -1;
            TripleScan.Found best = null;
            for (int stratum : sequences.keySet()) {
                TripleScan.Found found = scanned.get(stratum).found().get(pair);
                if (found != null && (best == null || found.logE() > best.logE())) {
                    best = found;
                    shown = stratum;
                }
            }
            findings.add(finding(pair, design.strata().get(shown), best, logE));
        });
        return findings;
    }

    private Finding finding(int pair, Stratum stratum, TripleScan.Found found, double logE) {
        int far = 2;
        while (TripleCounts.pairs(far) <= pair) {
            far++;
        }
        return found.finding(name(), new Place.LagPair(pair - TripleCounts.pairs(far - 1) + 1, far), stratum, logE);
    }

    @Override
    public List<Bound> bounds(double alpha, double share) {
        return List.of();
    }
}
