package org.dropoutspec.statistics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Elements by every two before them, up to the horizon, taken together. Generators in which every number is the sum,
 * the difference or the exclusive or of two earlier ones show here and, as a rule, nowhere else.
 *
 * <p>A sum shows nothing at rate .5, and more the further the rate is from it; an exclusive or shows at any rate and
 * most at .5. The calls of a stratum are laid end to end. Calls shorter than the horizon are left out, since the two
 * elements before most of theirs lie in other calls.
 *
 * <p>Half of the bet is spread evenly over all pairs of distances, half over those of up to 64. Each stratum has a bet
 * of its own; they are taken together by {@link Disjoint}. A correlation of c of the three is found in about 2 (T +
 * 16)/c^2 elements, where T is ln E of the check: .07 in 16,384.
 */
final class TripleFamily implements Family {
    private static final int NEAR = 64;

    private final Design design;
    private final Horizon horizon;
    /** The calls laid end to end, by the stratum's index in the design; only for strata that the horizon names. */
    private final Map<Integer, Concatenation> sequences;
    /** The length of each sequence when this shard began. */
    private final Map<Integer, Integer> begins;
    /** The findings of the last scan of each sequence, and its length at that time. */
    private final Map<Integer, Scanned> scanned = new HashMap<>();

    /** The process that each sequence came from, where counts of several were put together. */
    private final Map<Integer, Long> origins = new HashMap<>();

    private boolean closed;

    private record Scanned(int size, Map<Integer, TripleScan.Found> found) {}

    TripleFamily(Design design, Horizon horizon) {
        this(design, horizon, new TreeMap<>(), new HashMap<>(), false);
        if (horizon.lags() < 2 || horizon.lags() > BitLags.LONGEST) {
            throw new IllegalArgumentException("lags (" + horizon.lags() + ") must be in [2, " + BitLags.LONGEST + "]");
        }
        for (int s = 0; s < design.size(); s++) {
            long limit = horizon.elements(design.strata().get(s));
            if (limit > 0) {
                sequences.put(s, new Concatenation((int) Math.min(limit, 1 << 30)));
                begins.put(s, 0);
            }
        }
    }

    private TripleFamily(
            Design design,
            Horizon horizon,
            Map<Integer, Concatenation> sequences,
            Map<Integer, Integer> begins,
            boolean closed) {
        this.design = design;
        this.horizon = horizon;
        this.sequences = sequences;
        this.begins = begins;
        this.closed = closed;
    }

    @Override
    public String name() {
        return "triple";
    }

    @Override
    public void observe(Draw draw) {
        Concatenation sequence = sequences.get(design.indexOf(draw.stratum()));
        if (sequence != null && !closed && draw.mask().size() >= horizon.lags()) {
            sequence.append(draw.mask());
        }
    }

    /** Closes the sequences, each of which is of one process: another process may begin with the same numbers. */
    @Override
    public void restarted() {
        closed = true;
    }

    @Override
    public TripleFamily continued() {
        Map<Integer, Integer> sizes = new HashMap<>();
        sequences.forEach((stratum, sequence) -> sizes.put(stratum, sequence.size()));
        return new TripleFamily(design, horizon, copy(), sizes, closed);
    }

    @Override
    public TripleFamily plus(Family later) {
        TripleFamily that = (TripleFamily) later;
        return new TripleFamily(design, horizon, that.copy(), begins, that.closed);
    }

    /**
     * Keeps the longer sequence of each stratum, a choice that does not depend on what was drawn. Of two equally long
     * ones it keeps that of the process with the lower number.
     */
    @Override
    public void counted(Counts counts) {
        sequences.replaceAll((stratum, own) -> {
            long known = origins.getOrDefault(stratum, -1L);
            long origin = counts.origin(known);
            Concatenation other = own.named(counts);
            boolean kept = other.size() > own.size() || other.size() == own.size() && (known < 0 || origin < known);
            if (kept) {
                origins.put(stratum, origin);
            }
            return kept ? other : own;
        });
    }

    private Map<Integer, Concatenation> copy() {
        Map<Integer, Concatenation> copy = new TreeMap<>(sequences);
        copy.replaceAll((stratum, sequence) -> sequence.copy());
        return copy;
    }

    /** The elements of this shard: those looked at, and those that only stand before them. */
    @Override
    public long elements() {
        return sequences.entrySet().stream()
                .mapToLong(entry -> entry.getValue().size() - begin(entry.getKey()))
                .sum();
    }

    /** The first element that is counted; all elements before it up to the horizon are there. */
    private int start(int stratum) {
        return Math.max(begin(stratum), horizon.lags());
    }

    private int begin(int stratum) {
        return Objects.requireNonNull(begins.get(stratum));
    }

    private Map<Integer, TripleScan.Found> scan(int stratum) {
        Concatenation sequence = Objects.requireNonNull(sequences.get(stratum));
        Scanned known = scanned.get(stratum);
        if (known == null || known.size() < sequence.size()) {
            known = new Scanned(
                    sequence.size(),
                    TripleScan.of(
                            design.rate(stratum),
                            design.resolution(),
                            sequence.mask(),
                            start(stratum),
                            horizon.lags()));
            scanned.put(stratum, known);
        }
        return known.found();
    }

    /** ln E of each pair of distances that may show something, over all strata together. */
    private Map<Integer, Double> together() {
        Map<Integer, double[]> parts = new TreeMap<>();
        int part = 0;
        for (int stratum : sequences.keySet()) {
            int at = part++;
            scan(stratum).forEach((pair, found) -> parts.computeIfAbsent(pair, any -> passedOver())[at] = found.logE());
        }
        Map<Integer, Double> together = new TreeMap<>();
        parts.forEach((pair, logE) -> together.put(pair, Disjoint.together(logE)));
        return together;
    }

    /** ln of an e-value of 0 for strata in which a scan may pass over a pair, and of 1 if there is nothing to scan. */
    private double[] passedOver() {
        return sequences.entrySet().stream()
                .mapToDouble(entry -> entry.getValue().size() > start(entry.getKey()) ? Double.NEGATIVE_INFINITY : 0)
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

    /** The pairs of distances that may show something, each told by the stratum that shows it best. */
    @Override
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        together().forEach((pair, logE) -> {
            int shown = -1;
            TripleScan.Found best = null;
            for (int stratum : sequences.keySet()) {
                TripleScan.Found found = scan(stratum).get(pair);
                if (found != null && (best == null || found.logE() > best.logE())) {
                    best = found;
                    shown = stratum;
                }
            }
            findings.add(finding(pair, design.strata().get(shown), Objects.requireNonNull(best), logE));
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

    /** The nearest of those with half of the strongest's evidence or more: multiples of its distances show too. */
    @Override
    public Optional<Finding> strongest() {
        List<Finding> findings = findings();
        double most = findings.stream().mapToDouble(Finding::logE).max().orElse(0);
        return findings.stream()
                .filter(finding -> finding.logE() >= Math.min(most, most / 2))
                .min(Comparator.comparingInt(finding -> ((Place.LagPair) finding.place()).far()));
    }

    @Override
    public List<Bound> bounds(double alpha, double share) {
        return List.of();
    }
}
