package org.dropoutspec.sampling;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.dropoutspec.statistics.Bound;
import org.dropoutspec.statistics.Design;
import org.dropoutspec.statistics.Family;
import org.dropoutspec.statistics.Finding;
import org.dropoutspec.statistics.Place;
import org.dropoutspec.statistics.Stratum;

/** One way of looking at the masks of a stream, for one requirement: it rejects, certifies, or goes on. */
final class SequentialTest {
    /**
     * A bound is claimed of a count that holds at least this share of the elements of the fullest count. The numbers of
     * elements follow from the design, so that no count is chosen by what it shows.
     */
    private static final double SHARE = 1.0 / 8;

    final Check check;
    /** The counts; where there are several processes, the sum of theirs. */
    final Family family;

    final Function<Design, Family> fresh;
    /** Whether each call of the stream carries a seed of its own. */
    final boolean everySeed;

    private final CertifiedQuantity claim;
    private Map<Stratum, Double> bounds = Map.of();
    private Optional<Finding> finding = Optional.empty();
    private double logE;
    private int reach;
    private boolean certified;
    private Optional<Trail> trail = Optional.empty();

    SequentialTest(
            Check check, CertifiedQuantity claim, boolean everySeed, Function<Design, Family> fresh, Family family) {
        this.check = check;
        this.claim = claim;
        this.everySeed = everySeed;
        this.fresh = fresh;
        this.family = family;
    }

    /** From now on keeps the figures for pictures. */
    void keepTrail() {
        trail = Optional.of(new Trail());
    }

    boolean keepsTrail() {
        return trail.isPresent();
    }

    /** Adds the evidence to the trail without deciding anything. */
    void note() {
        if (family.elements() > 0) {
            trail.ifPresent(kept -> kept.add(family, family.logE()));
        }
    }

    boolean isOpen() {
        return finding.isEmpty() && !certified;
    }

    /** The finding that refuted the requirement; empty if none did. */
    Optional<Finding> finding() {
        return finding;
    }

    /** Decides if the evidence suffices. Dependence is looked for up to the horizon; a rate is settled by its bound. */
    void look(boolean horizon) {
        if (family.elements() == 0) {
            return;
        }
        logE = family.logE();
        trail.ifPresent(kept -> kept.add(family, logE));
        if (logE >= check.threshold()) {
            finding = RefutationWords.telling(family);
        } else if (horizon || claim == CertifiedQuantity.RATE) {
            List<Bound> all =
                    claim == CertifiedQuantity.NONE ? List.of() : claimed(family.bounds(check.alpha(), SHARE));
            bounds = largest(all);
            reach = reach(all);
            certified = bounds.keySet().containsAll(claimed())
                    && (claim != CertifiedQuantity.RATE || !bounds.isEmpty())
                    && bounds.values().stream().allMatch(bound -> bound <= band());
        }
    }

    /** The strata that must have a bound: for a rate all that are to be certified; otherwise none but those drawn. */
    private List<Stratum> claimed() {
        return claim == CertifiedQuantity.RATE
                ? check.context().certifiedStrata().stream()
                        .filter(stratum -> !check.context().expressed().isInexpressible(stratum))
                        .toList()
                : List.of();
    }

    double band() {
        return claim.band(check.context().plan(), check.context().resolution());
    }

    /** Whether more elements of the stratum can help. */
    boolean wants(Stratum stratum) {
        return isOpen()
                && !check.context().expressed().isInexpressible(stratum)
                && claim != CertifiedQuantity.NONE
                && !(bounds.getOrDefault(stratum, Double.POSITIVE_INFINITY) <= band());
    }

    /** The bounds that are claimed, in the strata that are to be certified. */
    private List<Bound> claimed(List<Bound> all) {
        List<Stratum> strata = check.context().certifiedStrata();
        return all.stream()
                .filter(claim::isAbout)
                .filter(bound -> strata.contains(bound.stratum()))
                .toList();
    }

    /** The largest bound of each stratum. */
    private static Map<Stratum, Double> largest(List<Bound> all) {
        Map<Stratum, Double> largest = new LinkedHashMap<>();
        all.forEach(bound -> largest.merge(bound.stratum(), bound.largest(), Math::max));
        return largest;
    }

    /** The distance up to which bounds hold at every distance, in every stratum; 0 without bounds on distances. */
    private static int reach(List<Bound> all) {
        Map<Stratum, Integer> furthest = new LinkedHashMap<>();
        for (Bound bound : all) {
            if (bound.place() instanceof Place.UpTo upTo) {
                furthest.merge(bound.stratum(), upTo.distance(), Math::max);
            }
        }
        return furthest.values().stream().mapToInt(Integer::intValue).min().orElse(0);
    }

    double logE() {
        return logE;
    }

    /** The distance up to which the bound holds at every distance; 0 where it is not about distances. */
    int reach() {
        return reach;
    }

    double bound() {
        return bounds.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }

    Map<String, Object> evidence() {
        Map<String, Object> evidence = new LinkedHashMap<>();
        evidence.put("family", family.name());
        evidence.put("seeded", everySeed ? "every call" : "some calls");
        evidence.put("elements", family.elements());
        evidence.put("log10_e", Double.isFinite(logE) ? (Object) Figures.log10(logE) : "e-value 0");
        evidence.put("rejects_at_log10_e", Figures.log10(check.threshold()));
        finding.ifPresent(found -> evidence.put("found", found.toString()));
        if (claim == CertifiedQuantity.NONE) {
            evidence.put("claim", "nothing found up to a horizon fixed in advance; no bound is certified");
        } else {
            evidence.put("band", band());
            Map<String, Object> byStratum = new LinkedHashMap<>();
            bounds.forEach(
                    (stratum, bound) -> byStratum.put(stratum.dtype() + " " + Figures.rate(stratum.rate()), bound));
            evidence.put("certified_bounds", byStratum);
        }
        trail.ifPresent(kept -> evidence.putAll(kept.evidence(
                family,
                finding.map(Finding::stratum)
                        .orElse(check.context().certifiedStrata().get(0)))));
        evidence.putAll(
                Figures.detectable(claim, family, check.context().resolution(), check.threshold(), check.alpha()));
        return evidence;
    }
}
