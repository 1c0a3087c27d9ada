package org.dropoutspec.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/** A range of lags, with the counts of the strata whose elements are compared at these lags. */
final class LagTier {
    private final Design design;
    private final Horizon horizon;
    private final int first;
    /** The counts of each stratum; null where none of its elements were compared yet. */
    private final LagCounts[] counts;

    /** @param first the first lag; the last one is that of the horizon */
    LagTier(Design design, int first, Horizon horizon) {
        this(design, first, horizon, new LagCounts[design.size()]);
    }

    private LagTier(Design design, int first, Horizon horizon, LagCounts[] counts) {
        this.design = design;
        this.first = first;
        this.horizon = horizon;
        this.counts = counts;
    }

    /** The counts to which a call of this size is to be added; empty if the horizon has no room for it. */
    Optional<LagCounts> open(int stratum, int size) {
        long taken = counts[stratum] == null ? 0 : counts[stratum].taken();
        if (size > horizon.elements(design.strata().get(stratum)) - taken) {
            return Optional.empty();
        }
        if (counts[stratum] == null) {
            counts[stratum] = new LagCounts(first, horizon.lags());
        }
        return Optional.of(counts[stratum]);
    }

    int first() {
        return first;
    }

    int last() {
        return horizon.lags();
    }

    int size() {
        return last() - first + 1;
    }

    /** ln E of each lag, and the stratum that shows it best. */
    final class Evaluation {
        final double[] logE = new double[size()];
        final int[] shown = new int[size()];

        Evaluation(PairEvidence evidence) {
            for (int i = 0; i < logE.length; i++) {
                evidence.clear();
                for (int s = 0; s < counts.length; s++) {
                    if (counts[s] != null) {
                        counts[s].give(first + i, s, evidence);
                    }
                }
                logE[i] = evidence.logE();
                shown[i] = evidence.shown();
            }
        }
    }

    List<Finding> findings(String family, PairEvidence evidence, IntFunction<Place> place) {
        List<Finding> findings = new ArrayList<>();
        Evaluation evaluation = new Evaluation(evidence);
        for (int i = 0; i < evaluation.logE.length; i++) {
            int s = evaluation.shown[i];
            if (s >= 0) {
                PairCount pairs = counts[s].pairs(first + i);
                findings.add(Finding.of(
                        family, place.apply(first + i), design.strata().get(s), pairs, evaluation.logE[i]));
            }
        }
        return findings;
    }

    /** The sum over all strata of this rate, whatever their type. */
    PairCount pairsAt(double rate, int lag) {
        PairCount sum = PairCount.NONE;
        for (int s = 0; s < counts.length; s++) {
            sum = counts[s] != null && design.rate(s) == rate ? sum.plus(counts[s].pairs(lag)) : sum;
        }
        return sum;
    }

    /** How many elements of a stratum have one so far before, at the nearest of these lags. */
    long elements(int stratum) {
        return counts[stratum] == null ? 0 : counts[stratum].elements(first);
    }

    /**
     * The range of the correlation at these lags in each stratum: confidence sequences that hold for all lags at once,
     * each at level {@code part}. Lags are taken up to the first with fewer than {@code least} elements of the stratum.
     */
    List<Bound> bounds(String family, double part, double[] least, IntFunction<Place> place) {
        List<Bound> bounds = new ArrayList<>();
        for (int s = 0; s < counts.length; s++) {
            if (counts[s] == null) {
                continue;
            }
            CorrelationRange range = new CorrelationRange(design.rate(s), part);
            int lag = first;
            while (lag <= last() && counts[s].elements(lag) >= least[s]) {
                range.add(counts[s].pairs(lag));
                lag++;
            }
            if (lag > first) {
                bounds.add(new Bound(
                        family,
                        place.apply(lag - 1),
                        design.strata().get(s),
                        counts[s].elements(lag - 1),
                        range.interval(),
                        0));
            }
        }
        return bounds;
    }

    void counted(Counts walk) {
        for (int s = 0; s < counts.length; s++) {
            if (walk.present(counts[s] != null)) {
                counts[s] = counts[s] == null ? new LagCounts(first, horizon.lags()) : counts[s];
                counts[s].counted(walk);
            }
        }
    }

    LagTier empty() {
        return new LagTier(
                design,
                first,
                horizon,
                Arrays.stream(counts)
                        .map(count -> count == null ? null : count.empty())
                        .toArray(LagCounts[]::new));
    }

    LagTier plus(LagTier later) {
        LagCounts[] sum = new LagCounts[counts.length];
        for (int s = 0; s < sum.length; s++) {
            boolean both = counts[s] != null && later.counts[s] != null;
            sum[s] = both ? counts[s].plus(later.counts[s]) : counts[s] == null ? later.counts[s] : counts[s];
        }
        return new LagTier(design, first, horizon, sum);
    }
}
