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
     * A bound is claimed of what holds at least this share of the elements that the fullest count holds: chosen by how
     * much it holds, which the design decides, and not by what it shows.
     */
    private static final double SHARE = 1.0 / 8;

    final Check check;
    /** What was counted; of several processes together. */
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

    /** From now on it is kept what pictures show. */
    void keepTrail() {
        trail = Optional.of(new Trail());
    }

    boolean keepsTrail() {
        return trail.isPresent();
    }

    /** Looks without deciding anything. */
    void note() {
        if (family.elements() > 0) {
            trail.ifPresent(kept -> kept.add(family, family.logE()));
        }
    }

    boolean isOpen() {
        return finding.isEmpty() && !certified;
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

    /** A rate is claimed of every stratum that is to be certified; anything else of those that were drawn. */
    private List<Stratum> claimed() {
        return claim == CertifiedQuantity.RATE
                ? check.context().certifiedStrata().stream()
                        .filter(stratum -> !check.context().expressed().isInexpressible(stratum))
                        .toList()
                : List.of();
    }

    private double band() {
        return claim.band(check.context().plan(), check.context().resolution());
    }

    /** Whether more elements of the stratum can help. */
    boolean wants(Stratum stratum) {
        return isOpen()
                && !check.context().expressed().isInexpressible(stratum)
                && claim != CertifiedQuantity.NONE
                && !(bounds.getOrDefault(stratum, Double.POSITIVE_INFINITY) <= band());
    }

    /** Those of the strata that are to be certified. */
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

    /** Up to which distance the bounds hold at every distance, in every stratum. */
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

    /** Up to which distance the bound holds at every distance; 0 where it is not about distances. */
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
