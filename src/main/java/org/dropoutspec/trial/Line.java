package org.dropoutspec.trial;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.dropoutspec.statistics.Bound;
import org.dropoutspec.statistics.Design;
import org.dropoutspec.statistics.Family;
import org.dropoutspec.statistics.Finding;
import org.dropoutspec.statistics.Undecidable;
import org.dropoutspec.tensor.DType;

/** One way of looking at the masks of one stream in one element type, for one requirement. */
final class Line {
    /**
     * A bound is claimed of what holds at least this share of the elements that the fullest count holds: chosen by how
     * much it holds, which the schedule decides, and not by what it shows.
     */
    private static final double SHARE = 1.0 / 8;

    final String requirement;
    final DType dtype;
    final Family family;
    final Function<Design, Family> fresh;
    final double threshold;
    /** Whether each call of the stream carries a seed of its own. */
    final boolean everySeed;

    private final Claim claim;
    private final double alpha;
    private final double band;
    private final double resolution;
    private Map<Double, Double> bounds = Map.of();
    private Optional<Finding> finding = Optional.empty();
    private double logE;
    private boolean certified;

    /** @param parts how many lines the requirement has */
    Line(
            Setting setting,
            String requirement,
            DType dtype,
            Claim claim,
            boolean everySeed,
            int parts,
            Function<Design, Family> fresh,
            Family family) {
        this.requirement = requirement;
        this.dtype = dtype;
        this.claim = claim;
        this.everySeed = everySeed;
        this.fresh = fresh;
        this.family = family;
        this.threshold = setting.threshold(requirement, parts);
        this.alpha = setting.alpha(parts);
        this.resolution = setting.resolution();
        this.band = claim.band(setting.plan(), resolution);
    }

    boolean isOpen() {
        return finding.isEmpty() && !certified;
    }

    boolean isCertified() {
        return certified;
    }

    /** What refuted the requirement. */
    Optional<Finding> finding() {
        return finding;
    }

    /** Decides if the evidence does. Dependence is looked for up to the horizon; a rate is settled by its bound. */
    void look(boolean horizon) {
        if (family.elements() == 0) {
            return;
        }
        logE = family.logE();
        if (logE >= threshold) {
            finding = Words.telling(family);
        } else if (horizon || claim == Claim.RATE) {
            bounds = claim == Claim.NONE ? Map.of() : largest(family.bounds(alpha, SHARE));
            certified = (claim != Claim.RATE || bounds.size() == Schedule.RATES)
                    && bounds.values().stream().allMatch(bound -> bound <= band);
        }
    }

    /** Whether more elements at the rate can help. */
    boolean wants(double rate) {
        return isOpen() && !(bounds.getOrDefault(rate, Double.POSITIVE_INFINITY) <= band);
    }

    /** The largest bound at each rate. */
    private Map<Double, Double> largest(List<Bound> all) {
        Map<Double, Double> largest = new LinkedHashMap<>();
        all.stream()
                .filter(claim::isAbout)
                .forEach(bound -> largest.merge(bound.stratum().rate(), bound.largest(), Math::max));
        return largest;
    }

    double bound() {
        return bounds.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }

    Map<String, Object> evidence() {
        Map<String, Object> evidence = new LinkedHashMap<>();
        evidence.put("type", dtype.toString());
        evidence.put("family", family.name());
        evidence.put("seeded", everySeed ? "every call" : "at most the first call");
        evidence.put("elements", family.elements());
        evidence.put("log10_e", Double.isFinite(logE) ? (Object) Figures.log10(logE) : "e-value 0");
        evidence.put("rejects_at_log10_e", Figures.log10(threshold));
        finding.ifPresent(found -> evidence.put("found", found.toString()));
        if (claim == Claim.NONE) {
            evidence.put("claim", "nothing found up to a horizon fixed in advance; no bound is certified");
        } else {
            evidence.put("band", band);
            Map<String, Object> byRate = new LinkedHashMap<>();
            bounds.forEach((rate, bound) -> byRate.put(Figures.rate(rate), bound));
            evidence.put("certified_bounds", byRate);
        }
        if (!family.undecidable().isEmpty()) {
            evidence.put(
                    "undecidable_given_the_resolution",
                    family.undecidable().stream().map(Undecidable::toString).toList());
        }
        evidence.putAll(Figures.detectable(claim, family, resolution, threshold, alpha));
        return evidence;
    }
}
