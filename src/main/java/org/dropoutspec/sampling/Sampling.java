package org.dropoutspec.sampling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.dropoutspec.condition.Before;
import org.dropoutspec.condition.Condition;
import org.dropoutspec.condition.CoveringDesign;
import org.dropoutspec.condition.Factor;
import org.dropoutspec.condition.Level;
import org.dropoutspec.condition.Predecessor;
import org.dropoutspec.condition.Repertoire;
import org.dropoutspec.condition.Scope;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.ImplementationFault;
import org.dropoutspec.statistics.Design;
import org.dropoutspec.statistics.Family;
import org.dropoutspec.statistics.Ledger;
import org.dropoutspec.statistics.Rows;
import org.dropoutspec.statistics.Stratum;
import org.dropoutspec.tensor.DType;

/**
 * The answers of one implementation under every condition of a covering design: every element is held to what its call
 * has to give, and the masks are judged by evidence. Then neighbouring seeds, the rates near 0 and 1, and neighbouring
 * rates under the same seed. All tests of a stream share its masks.
 */
public final class Sampling {
    private final SamplingContext context;
    private final CoveringDesign conditions;
    private final Part part;
    private final BooleanSupplier restart;
    private final Map<String, Check> checks = new LinkedHashMap<>();
    private final Map<String, Conclusion> conclusions = new LinkedHashMap<>();
    private List<Sampling> beside = List.of();
    private Optional<Reach> reach = Optional.empty();
    private double seconds;
    private long horizon;
    private boolean keepsTrails;

    /**
     * @param ledger with a share for each of {@link StatisticalRequirements#ALL}
     * @param seed from which every input and every seed of a call follows
     * @param selected the ids of the requirements that are asked about
     * @param implementation whose exceptions beyond what it may throw end the sampling and are passed on
     */
    public Sampling(Implementation implementation, Plan plan, Ledger ledger, long seed, Set<String> selected) {
        this(implementation, plan, ledger, seed, selected, Part.WHOLE);
    }

    /** @param part that this process is asked where there are several */
    public Sampling(
            Implementation implementation, Plan plan, Ledger ledger, long seed, Set<String> selected, Part part) {
        Description description = implementation.description();
        Repertoire repertoire = repertoire(description, plan, seed);
        this.context = SamplingContext.of(
                description,
                plan,
                ledger,
                seed,
                selected,
                new Sampler(implementation, part.isFirst() ? seed : seedOf(seed, part), part),
                repertoire);
        this.part = part;
        this.conditions = repertoire.design();
        this.restart = implementation::restart;
    }

    private static long seedOf(long seed, Part part) {
        return SamplingContext.seedFor(seed, "process " + part.number());
    }

    /** The calls that may be asked; those of a sampling with the same arguments are among them. */
    public static Repertoire repertoire(Description description, Plan plan, long seed) {
        return Repertoire.of(
                Scope.of(description), plan.strength(), plan.largest(), SamplingContext.seedFor(seed, "conditions"));
    }

    /** What pictures show is kept too: how the evidence came about, and what was counted where. */
    public void keepTrails() {
        keepsTrails = true;
    }

    /**
     * Asks everything, once.
     *
     * @throws ImplementationFault when the implementation broke; what was decided before stands in {@link #conclusions}
     */
    public void run() {
        run(List.of());
    }

    /**
     * The same, of several processes at the same time.
     *
     * @param others with the same arguments, but for the implementation and the part
     */
    public void run(List<Sampling> others) {
        long start = System.nanoTime();
        beside = List.copyOf(others);
        try {
            survey(false);
            if (context.takesSeeds()) {
                seeds();
            }
            if (context.selected().contains(StatisticalRequirements.EDGES)) {
                conclusions.put(StatisticalRequirements.EDGES, new ExtremeRates(context.part("edges")).conclusion());
            }
            if (context.selected().contains(StatisticalRequirements.NEIGHBOURS) && context.takesSeeds()) {
                conclusions.put(
                        StatisticalRequirements.NEIGHBOURS,
                        new NeighbouringRates(context.part("neighbours")).conclusion());
            }
            checks.forEach((id, check) -> conclusions.putIfAbsent(id, check.conclusion(conditions)));
        } finally {
            checks.values().stream()
                    .filter(check -> !conclusions.containsKey(check.requirement()) && check.isRejected())
                    .forEach(check -> conclusions.put(check.requirement(), check.rejectedSoFar()));
            seconds = (System.nanoTime() - start) / 1e9;
        }
    }

    /**
     * Asks until something is found, and looks for no smaller call that shows it: as much of a run as a suite needs that
     * is judged itself.
     *
     * @return the requirements that were found broken by then; empty when all was asked and nothing found
     */
    public Set<String> firstFinds() {
        survey(true);
        if (found().isEmpty() && context.takesSeeds()) {
            seeds();
        }
        if (found().isEmpty() && context.selected().contains(StatisticalRequirements.EDGES)) {
            conclusions.put(StatisticalRequirements.EDGES, new ExtremeRates(context).conclusion());
        }
        if (found().isEmpty()
                && context.selected().contains(StatisticalRequirements.NEIGHBOURS)
                && context.takesSeeds()) {
            conclusions.put(StatisticalRequirements.NEIGHBOURS, new NeighbouringRates(context).conclusion());
        }
        return found();
    }

    private Set<String> found() {
        Set<String> found = new TreeSet<>();
        conclusions.forEach((id, conclusion) -> {
            if (conclusion instanceof Conclusion.Rejected) {
                found.add(id);
            }
        });
        checks.values().stream()
                .filter(Check::isRejected)
                .map(Check::requirement)
                .forEach(found::add);
        return found;
    }

    /** How many calls are asked until whatever is looked for in a stream has to be found; those after them settle rates. */
    public long horizon() {
        return horizon;
    }

    /** Under which conditions it asks. */
    public List<Condition> rows() {
        return conditions.all();
    }

    /**
     * What is known so far, by requirement: what the masks show of the statistical ones; of the others those that an
     * answer broke.
     */
    public Map<String, Conclusion> conclusions() {
        return conclusions;
    }

    /** What was asked and how far it reaches, how long it took, and how much of that the calls took by themselves. */
    public List<String> summary() {
        List<String> lines = new ArrayList<>();
        reach.ifPresent(drawn -> lines.addAll(drawn.lines(context.threshold(StatisticalRequirements.RATE, 1))));
        lines.add(String.format(
                Locale.ROOT,
                "masks sampled: %,d elements%s in %.1f s, of which the calls took %.1f s",
                sum(Sampler::elements),
                inBits(),
                seconds,
                context.sampler().seconds()));
        return lines;
    }

    private long sum(ToLongFunction<Sampler> count) {
        long others = beside.stream()
                .mapToLong(other -> count.applyAsLong(other.context.sampler()))
                .sum();
        return count.applyAsLong(context.sampler()) + others;
    }

    private String inBits() {
        long elements = sum(Sampler::elementsInBits);
        return elements == 0 ? "" : String.format(Locale.ROOT, ", %,d of them in bits,", elements);
    }

    private void survey(boolean untilFirst) {
        Design design = design();
        List<SequentialTest> tests = tests(design);
        if (!beside.isEmpty() && !tests.isEmpty()) {
            together(design, tests);
            return;
        }
        try (Analysis analysis = new Analysis(context.description(), Survey.counted(tests))) {
            Survey survey = new Survey(context, conditions, tests, analysis, restart, untilFirst);
            reach = Optional.of(survey.reach());
            asked(analysis, survey::run);
            horizon = survey.horizon();
            if (!untilFirst) {
                shrunk(analysis.seen());
            }
        }
    }

    /** What the answers broke is noted however the asking ends. */
    private void asked(Analysis analysis, Runnable asking) {
        try {
            asking.run();
        } finally {
            analysis.settle();
            analysis.seen().forEach((id, seen) -> conclusions.put(id, seen.conclusion()));
        }
    }

    /** What was seen to be broken is told by the smallest call that shows it. */
    private void shrunk(Map<String, Analysis.Seen> broken) {
        broken.forEach((id, seen) -> {
            if (context.selected().contains(id)) {
                conclusions.put(id, new SmallestCall(context, conditions, seen).conclusion());
            }
        });
    }

    private void together(Design design, List<SequentialTest> tests) {
        List<Survey> surveys = new ArrayList<>();
        try {
            surveys.add(survey(tests, Survey.counted(tests)));
            for (Sampling other : beside) {
                surveys.add(other.survey(
                        tests,
                        tests.stream().map(test -> test.fresh.apply(design)).toList()));
            }
            reach = Optional.of(surveys.get(0).reach());
            Runnable asking = new JointSurvey(context, tests, surveys)::run;
            for (Survey survey : surveys) {
                Runnable inner = asking;
                asking = () -> asked(survey.analysis(), inner);
            }
            asking.run();
            horizon = surveys.stream().mapToLong(Survey::horizon).sum();
            surveys.forEach(survey -> shrunk(survey.analysis().seen()));
        } finally {
            surveys.forEach(survey -> survey.analysis().close());
        }
    }

    /** One of several. */
    private Survey survey(List<SequentialTest> tests, List<Family> families) {
        Analysis analysis = new Analysis(context.description(), families);
        return new Survey(context, conditions, tests, families, part, analysis, restart, false);
    }

    private Design design() {
        Set<Stratum> strata = new LinkedHashSet<>(context.certifiedStrata());
        for (Condition row : conditions.all()) {
            add(strata, row.dtype(), row.rate());
            if (row.before() != Before.SAME_SHAPE_AND_RATE) {
                Predecessor before = conditions.predecessor(row);
                add(strata, before.signature().dtype(), before.rate());
            }
        }
        return new Design(List.copyOf(strata), context.resolution(), rows(conditions.all()));
    }

    private static void add(Set<Stratum> strata, DType dtype, double rate) {
        if (rate > 0 && rate < 1) {
            strata.add(new Stratum(dtype, rate));
        }
    }

    private static Rows rows(List<Condition> conditions) {
        List<String> factors = new ArrayList<>();
        List<List<String>> names = new ArrayList<>();
        for (Factor factor : Factor.values()) {
            factors.add(factor.name());
            names.add(factor.levels().stream().map(Level::words).toList());
        }
        List<List<Integer>> levels = conditions.stream()
                .map(condition -> Arrays.stream(condition.levels()).boxed().toList())
                .toList();
        return new Rows(factors, names, levels);
    }

    private List<SequentialTest> tests(Design design) {
        List<SequentialTest> tests = new ArrayList<>();
        add(tests, StatisticalRequirements.RATE, CertifiedQuantity.RATE, Family::rate, design);
        int strength = context.plan().strength();
        Horizons horizons = new Horizons(context);
        addNone(tests, StatisticalRequirements.RATE, any -> Family.rateByCondition(any, strength), design);
        add(tests, StatisticalRequirements.LAGS, CertifiedQuantity.CORRELATION, horizons::lags, design);
        addNone(tests, StatisticalRequirements.LAGS, any -> Family.lagsByCondition(any, strength), design);
        add(
                tests,
                StatisticalRequirements.FRESH,
                CertifiedQuantity.CORRELATION,
                any -> Family.across(any, "call"),
                design);
        addNone(tests, StatisticalRequirements.FRESH, any -> Family.acrossByCondition(any, strength), design);
        addNone(tests, StatisticalRequirements.FRESH, horizons::joins, design);
        add(tests, StatisticalRequirements.POSITION, CertifiedQuantity.PLACE, Family::position, design);
        addNone(tests, StatisticalRequirements.POSITION, any -> Family.positionByCondition(any, strength), design);
        addNone(tests, StatisticalRequirements.POSITION, horizons::columns, design);
        addNone(tests, StatisticalRequirements.POSITION, Family::constants, design);
        add(tests, StatisticalRequirements.DISPERSION, CertifiedQuantity.NONE, Family::dispersion, design);
        add(tests, StatisticalRequirements.DUPLICATES, CertifiedQuantity.NONE, Family::duplicates, design);
        add(tests, StatisticalRequirements.CONTEXTS, CertifiedQuantity.CORRELATION, Family::contexts, design);
        addNone(tests, StatisticalRequirements.CONTEXTS, horizons::triples, design);
        add(
                tests,
                StatisticalRequirements.INPUT,
                CertifiedQuantity.PLACE,
                any -> Family.strata(any, Inputs.FEATURES),
                design);
        return tests;
    }

    private void addNone(List<SequentialTest> tests, String id, Function<Design, Family> fresh, Design design) {
        add(tests, id, CertifiedQuantity.NONE, fresh, design);
    }

    private void add(
            List<SequentialTest> tests,
            String id,
            CertifiedQuantity claim,
            Function<Design, Family> fresh,
            Design design) {
        if (context.selected().contains(id)) {
            SequentialTest test =
                    checks.computeIfAbsent(id, any -> new Check(context, id)).add(claim, false, fresh, design);
            if (keepsTrails) {
                test.keepTrail();
            }
            tests.add(test);
        }
    }

    private void seeds() {
        if (context.selected().contains(StatisticalRequirements.SEEDS)) {
            SamplingContext part = context.part("seeds");
            Check check = new Check(part, StatisticalRequirements.SEEDS);
            checks.put(StatisticalRequirements.SEEDS, check);
            SeedSurvey survey = new SeedSurvey(part, check);
            if (keepsTrails) {
                survey.keepTrails();
            }
            survey.run();
        }
    }
}
