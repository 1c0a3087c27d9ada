package org.dropoutspec.sampling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
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
import java.util.stream.Stream;
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
    /** The rates of a type that are certified: of each a quarter of the elements of the type are drawn at least. */
    private static final int CERTIFIED = 4;

    private final SamplingContext context;
    private final CoveringDesign conditions;
    private final Part part;
    private final BooleanSupplier restart;
    private final Map<String, Check> checks = new LinkedHashMap<>();
    private final Map<String, Conclusion> conclusions = new LinkedHashMap<>();
    private List<Sampling> beside = List.of();
    private Optional<Reach> reach = Optional.empty();
    private volatile Survey survey;
    private volatile boolean stopped;
    private Pool pool;
    /** What there is to say where no process drew a mask. */
    private Optional<Conclusion> nothing = Optional.empty();
    /** Whose counts were weighed without asking; 0 where the implementation was asked. */
    private int shards;

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
        beside = List.copyOf(others);
        concluding(() -> {
            if (others.isEmpty()) {
                survey(false);
            } else {
                weigh(JointSurvey.of(
                        Stream.concat(Stream.of(this), others.stream()).toList()));
            }
            askOneProcess();
        });
    }

    /**
     * Asks the part of one process whose other parts are asked elsewhere. Of what the masks of all are needed for nothing is
     * concluded; what one process shows as well as many, the first decides.
     *
     * @throws ImplementationFault when the implementation broke
     */
    public Counted runPart() {
        List<Counted> counted = new ArrayList<>();
        concluding(() -> {
            Counted own = counted();
            checks.clear();
            if (part.isFirst()) {
                askOneProcess();
            }
            pool.asked(sum(Sampler::elements), sum(Sampler::elementsInBits));
            counted.add(new Counted(part.number(), pool.written(part.number()), own.seen(), own.nothing()));
        });
        return counted.get(0);
    }

    /**
     * Weighs what the parts of several processes came to, none of which can be asked any more.
     *
     * @param parts of all processes, in any order
     * @throws IllegalArgumentException when the counts of one are damaged
     */
    public void conclude(List<Counted> parts) {
        concluding(() -> {
            weigh(parts);
            shards = parts.size();
        });
    }

    /** Counts to which those of processes can be added, so that there is less to send. */
    public Pool pool() {
        return pool(tests(design()));
    }

    private Pool pool(List<SequentialTest> tests) {
        return new Pool(
                Survey.counted(tests),
                conditions.all().size(),
                context.certifiedStrata().size());
    }

    private void concluding(Runnable asking) {
        long start = System.nanoTime();
        try {
            asking.run();
            checks.forEach(
                    (id, check) -> conclusions.computeIfAbsent(id, any -> check.conclusion(conditions, nothing)));
        } finally {
            checks.values().stream()
                    .filter(check -> !conclusions.containsKey(check.requirement()) && check.isRejected())
                    .forEach(check -> conclusions.put(check.requirement(), check.rejectedSoFar()));
            seconds = (System.nanoTime() - start) / 1e9;
        }
    }

    private void askOneProcess() {
        if (context.takesSeeds()) {
            seeds();
        }
        if (context.selected().contains(StatisticalRequirements.EDGES)) {
            conclusions.put(StatisticalRequirements.EDGES, new ExtremeRates(context.part("edges")).conclusion());
        }
        if (context.selected().contains(StatisticalRequirements.NEIGHBOURS) && context.takesSeeds()) {
            conclusions.put(
                    StatisticalRequirements.NEIGHBOURS, new NeighbouringRates(context.part("neighbours")).conclusion());
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
        if (shards > 0) {
            lines.add(String.format(
                    Locale.ROOT,
                    "masks sampled: %,d elements%s in %d shards",
                    pool.elements(),
                    inBits(pool.elementsInBits()),
                    shards));
            return lines;
        }
        lines.add(String.format(
                Locale.ROOT,
                "masks sampled: %,d elements%s in %.1f s, of which the calls took %.1f s",
                sum(Sampler::elements),
                inBits(sum(Sampler::elementsInBits)),
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

    private static String inBits(long elements) {
        return elements == 0 ? "" : String.format(Locale.ROOT, ", %,d of them in bits,", elements);
    }

    private void survey(boolean untilFirst) {
        Design design = design();
        List<SequentialTest> tests = tests(design);
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

    /** Asks the part of this process, and decides nothing. */
    Counted counted() {
        Design design = design();
        List<SequentialTest> tests = tests(design);
        List<Family> families = Survey.counted(tests);
        try (Analysis analysis = new Analysis(context.description(), families)) {
            Survey own = new Survey(context, conditions, tests, families, part, analysis, restart, false);
            survey = own;
            if (stopped) {
                own.stop();
            }
            Map<Stratum, Long> planned = planned(design);
            asked(analysis, () -> own.drawPart(planned::get));
            shrunk(analysis.seen());
            pool = new Pool(
                    families,
                    own.reach().by(conditions.all()),
                    context.sampler().expressed(context.certifiedStrata(), false),
                    context.sampler().expressed(context.certifiedStrata(), true));
        }
        Map<String, Conclusion.Rejected> seen = new LinkedHashMap<>();
        conclusions.forEach((id, conclusion) -> {
            if (conclusion instanceof Conclusion.Rejected rejected) {
                seen.put(id, rejected);
            }
        });
        return new Counted(
                part.number(),
                pool.written(part.number()),
                seen,
                context.sampler().noMask());
    }

    /** Another process broke: nothing more is asked. */
    void stop() {
        stopped = true;
        Survey own = survey;
        if (own != null) {
            own.stop();
        }
    }

    /** How many elements of each stratum are drawn, by all processes together. */
    private Map<Stratum, Long> planned(Design design) {
        Map<Stratum, Long> planned = new HashMap<>();
        Optional<Check> rates = Optional.ofNullable(checks.get(StatisticalRequirements.RATE));
        for (Stratum stratum : context.certifiedStrata()) {
            long least = context.plan().elements() / CERTIFIED;
            planned.put(
                    stratum,
                    rates.map(check -> Math.max(
                                    least,
                                    SampleSize.certifying(
                                            stratum.rate(),
                                            context.plan().rate(),
                                            check.alpha() / design.strata().size())))
                            .orElse(least));
        }
        return planned;
    }

    /** Adds up what the processes counted, and looks at it once. */
    private void weigh(List<Counted> parts) {
        checks.clear();
        List<SequentialTest> tests = tests(design());
        pool = pool(tests);
        for (Counted each : Counted.inOrder(parts)) {
            if (each.counts().length > 0) {
                pool.add(each.counts());
            }
            each.seen().forEach(conclusions::putIfAbsent);
        }
        List<Stratum> strata = context.certifiedStrata();
        for (int s = 0; s < strata.size(); s++) {
            context.sampler().recall(strata.get(s), pool.isInexpressible(s));
        }
        reach = Optional.of(Reach.of(conditions.all(), pool.rows()));
        tests.forEach(test -> test.look(true));
        nothing = Optional.of(Counted.inOrder(parts).get(0).nothing());
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
            SamplingContext part = context.part("seeds").with(context.plan().ofSeeds());
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
