package org.dropoutspec.sampling;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.dropoutspec.condition.CoveringDesign;
import org.dropoutspec.condition.ValueKind;
import org.dropoutspec.sampling.Conclusion.Certified;
import org.dropoutspec.sampling.Conclusion.Rejected;
import org.dropoutspec.sampling.Conclusion.Undecided;
import org.dropoutspec.statistics.Design;
import org.dropoutspec.statistics.Family;
import org.dropoutspec.statistics.Finding;
import org.dropoutspec.statistics.Place;
import org.dropoutspec.statistics.RateFamily;
import org.dropoutspec.statistics.Stratum;

/**
 * The tests of one requirement, and the conclusion from them. Its share of the ledger is divided among its tests: one
 * more test makes the others stricter and the share no larger.
 */
final class Check {
    /** The finding on one condition is told if its ln E is so many times that of all calls together. */
    private static final double FAR_MORE = 2;

    /** ln of the e-value from which whole calls show a wrong rate; chance does not reach it. */
    private static final double SHOWN_OF_CALLS = Math.log(1e6);

    /** ln of the e-value that is enough to say how masks are wrong that are refuted already. */
    private static final double SHOWN = Math.log(1e3);

    /**
     * From this probability down, a single excess of calls that drop everything, or nothing, counts. If both come too
     * often at one rate, no other rate explains it.
     */
    private static final double RARE = 1e-2;

    private static final double HALF = 0.5;

    private final SamplingContext context;
    private final String requirement;
    private final List<SequentialTest> tests = new ArrayList<>();
    private boolean started;

    Check(SamplingContext context, String requirement) {
        this.context = context;
        this.requirement = requirement;
    }

    /** Adds a test, before the first draw. */
    SequentialTest add(CertifiedQuantity claim, boolean everySeed, Function<Design, Family> fresh, Design design) {
        if (started) {
            throw new IllegalStateException("a test of " + requirement + " must be added before the first draw");
        }
        SequentialTest test = new SequentialTest(this, claim, everySeed, fresh, fresh.apply(design));
        tests.add(test);
        return test;
    }

    SamplingContext context() {
        return context;
    }

    String requirement() {
        return requirement;
    }

    /** ln E at which one of the tests rejects; together they keep the requirement's share. */
    double threshold() {
        started = true;
        return context.threshold(requirement, tests.size());
    }

    /** The level of the confidence sequences of one of the tests. */
    double alpha() {
        return context.alpha(tests.size());
    }

    boolean isRejected() {
        return tests.stream().anyMatch(test -> test.finding().isPresent());
    }

    /** The rejection that stands even if the sampling broke off. */
    Conclusion rejectedSoFar() {
        return new Rejected(
                RefutationWords.of(rejecting().orElseThrow().finding().orElseThrow()), evidence());
    }

    /**
     * The first test that rejects; or one that is better to tell, since it finds that one condition alone is wrong, or
     * only some of the places that the first one tells.
     */
    private Optional<SequentialTest> rejecting() {
        Optional<SequentialTest> first =
                tests.stream().filter(test -> test.finding().isPresent()).findFirst();
        return first.flatMap(SequentialTest::finding)
                .flatMap(told -> tests.stream()
                        .filter(test -> test.finding()
                                .filter(found -> isMorePrecise(found, told))
                                .isPresent())
                        .findFirst())
                .or(() -> first);
    }

    private static boolean isMorePrecise(Finding found, Finding told) {
        if (found.place() instanceof Place.Residue some && told.place() instanceof Place.Residue all) {
            return some.isWithin(all) && found.logE() > told.logE();
        }
        return found.place() instanceof Place.Under && found.logE() >= FAR_MORE * told.logE();
    }

    /** The first test, which knows nothing of conditions. */
    SequentialTest first() {
        return tests.get(0);
    }

    /** @param nothing the conclusion where no mask was drawn, if another process than this one knows it */
    Conclusion conclusion(CoveringDesign design, Optional<Conclusion> nothing) {
        Optional<SequentialTest> rejected = rejecting();
        if (rejected.isPresent()) {
            SmallestShape.Told told = new SmallestShape(context, design, rejected.get(), strongestCondition()).told();
            Map<String, Object> evidence = evidence();
            kinds(told.finding()).forEach(kind -> evidence.put(kind, true));
            if (!told.ofCalls() && tests.stream().anyMatch(Check::isNotOfCalls)) {
                evidence.put(StatisticalRequirements.NOT_OF_CALLS, true);
            }
            return new Rejected(told.message(), evidence);
        }
        List<SequentialTest> asked =
                tests.stream().filter(test -> test.family.elements() > 0).toList();
        if (asked.isEmpty()) {
            return nothing.orElseGet(context.expressed()::noMask);
        }
        Optional<SequentialTest> open =
                asked.stream().filter(SequentialTest::isOpen).findFirst();
        if (open.isPresent()) {
            SequentialTest test = open.get();
            return new Undecided(
                    "after " + Figures.count(test.family.elements()) + " elements the " + test.family.name()
                            + " is certified only to within " + Figures.bound(test.bound()),
                    evidence());
        }
        return new Certified(new Claims(context, requirement, asked).words(), evidence());
    }

    private double strongest() {
        return tests.stream()
                .mapToDouble(SequentialTest::logE)
                .filter(Double::isFinite)
                .max()
                .orElse(0);
    }

    private static boolean isHardlyEverything(Finding found) {
        return found.place() instanceof Place.Whole whole
                && whole.everything()
                && found.dropped() < found.elements() * found.expected();
    }

    private boolean isAllOrNothing() {
        Map<Stratum, Set<Boolean>> often = new HashMap<>();
        for (SequentialTest test : tests) {
            for (Finding found : test.family.findings()) {
                if (found.place() instanceof Place.Whole whole
                        && found.dropped() > found.elements() * found.expected()
                        && (found.logE() >= SHOWN || whole.size() > 0 && found.expected() <= RARE)) {
                    often.computeIfAbsent(found.stratum(), any -> new HashSet<>())
                            .add(whole.everything());
                }
            }
        }
        return often.values().stream().anyMatch(kinds -> kinds.size() == 2);
    }

    /** Whether drops vary too little in number even in the largest calls, where only a fixed number explains it. */
    private boolean isFixedNumber() {
        return tests.stream()
                .flatMap(test -> test.family.findings().stream())
                .anyMatch(found -> found.logE() >= SHOWN
                        && found.place() instanceof Place.Spread spread
                        && spread.tooEven()
                        && spread.unit().equals(Place.Spread.LARGEST));
    }

    private static boolean isNotOfCalls(SequentialTest test) {
        return test.family instanceof RateFamily rates && rates.logEOfCalls() < SHOWN_OF_CALLS;
    }

    private static Map<String, Object> ways(RateFamily rates) {
        return rates.hasCallsOfBothWays()
                ? Map.of(StatisticalRequirements.CALLS_OF_BOTH_WAYS, true)
                : rates.callsOfOneWay() > 0
                        ? Map.of(StatisticalRequirements.CALLS_OF_ONE_WAY, rates.callsOfOneWay())
                        : Map.of();
    }

    /** Whether a rate is off by no more than the band that is certified: that it was seen is then luck. */
    private boolean isWithinBand(SequentialTest test) {
        double band = CertifiedQuantity.RATE.band(context.plan(), context.resolution());
        List<Finding> refuting = test.family.findings().stream()
                .filter(found -> found.logE() >= test.check.threshold())
                .toList();
        return !refuting.isEmpty()
                && refuting.stream()
                        .allMatch(found ->
                                Math.abs((double) found.dropped() / found.elements() - found.expected()) <= band);
    }

    private Optional<Place.Under> strongestCondition() {
        return tests.stream()
                .flatMap(test -> test.family.findings().stream())
                .filter(found -> found.place() instanceof Place.Under && found.logE() >= SHOWN)
                .max(Comparator.comparingDouble(Finding::logE))
                .map(found -> (Place.Under) found.place());
    }

    /** What calls that show no mask of their own make of all masks together: too few or too many drops. */
    private static List<String> kinds(Finding told) {
        List<String> kinds = new ArrayList<>();
        long kept = told.elements() - told.dropped();
        if (told.dropped() == 0) {
            kinds.add(StatisticalRequirements.NOTHING_DROPPED);
        }
        if (told.dropped() < HALF * told.elements() * told.expected()) {
            kinds.add(StatisticalRequirements.HARDLY_ANYTHING);
        }
        if (kept == 0) {
            kinds.add(StatisticalRequirements.EVERYTHING_DROPPED);
        }
        if (kept < HALF * told.elements() * (1 - told.expected())) {
            kinds.add(StatisticalRequirements.HARDLY_KEPT);
        }
        if (told.place() instanceof Place.Spread spread && !spread.tooEven()) {
            kinds.add(StatisticalRequirements.VARIES_TOO_MUCH);
        }
        return kinds;
    }

    private Map<String, Object> evidence() {
        Map<String, Object> evidence = new LinkedHashMap<>();
        evidence.put("log10_e", Figures.log10(strongest()));
        rejecting().ifPresent(test -> evidence.put(StatisticalRequirements.REJECTED_BY, test.family.name()));
        if (rejecting()
                .flatMap(SequentialTest::finding)
                .filter(Check::isHardlyEverything)
                .isPresent()) {
            evidence.put(StatisticalRequirements.HARDLY_EVERYTHING, true);
        }
        if (isRejected() && isAllOrNothing()) {
            evidence.put(StatisticalRequirements.ALL_OR_NOTHING, true);
        }
        if (isRejected() && isFixedNumber()) {
            evidence.put(StatisticalRequirements.FIXED_NUMBER, true);
        }
        if (rejecting()
                .flatMap(SequentialTest::finding)
                .filter(found -> found.place() instanceof Place.NeighbourOf)
                .isPresent()) {
            evidence.put(StatisticalRequirements.OF_TINY_CALLS, true);
        }
        if (rejecting()
                .flatMap(SequentialTest::finding)
                .filter(found -> found.place() instanceof Place.Under under
                        && under.conditions().contains(ValueKind.TINY.toString()))
                .isPresent()) {
            evidence.put(StatisticalRequirements.OF_TINY_VALUES, true);
        }
        if (requirement.equals(StatisticalRequirements.RATE)
                && rejecting().filter(this::isWithinBand).isPresent()) {
            evidence.put(StatisticalRequirements.WITHIN_BAND, true);
        }
        if (isRejected() && first().family instanceof RateFamily rates) {
            ways(rates).forEach(evidence::put);
        }
        evidence.put(
                "tests",
                tests.stream()
                        .filter(test -> test.family.elements() > 0)
                        .map(SequentialTest::evidence)
                        .toList());
        return evidence;
    }
}
