package org.dropoutspec.sampling;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dropoutspec.condition.Condition;
import org.dropoutspec.condition.CoveringDesign;
import org.dropoutspec.condition.Repertoire;
import org.dropoutspec.condition.Scope;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.ImplementationFault;
import org.dropoutspec.statistics.Ledger;
import org.dropoutspec.statistics.Stratum;
import org.dropoutspec.tensor.DType;
import org.jspecify.annotations.Nullable;

/**
 * Asks one implementation under every condition of a covering design, compares every element with what its call has to
 * give, and judges the masks by evidence. Then come neighbouring seeds, the rates near 0 and 1, and neighbouring rates
 * under the same seed. All tests of a stream share its masks.
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
    private @Nullable Pool pool;
    /** The conclusion where no process drew a mask. */
    private Optional<Conclusion> nothing = Optional.empty();
    /** The number of shards whose counts were weighed without asking; 0 where the implementation was asked. */
    private int shards;

    private double seconds;
    private long horizon;
    private boolean keepsTrails;

    /**
     * @param ledger with a share for each of {@link StatisticalRequirements#ALL}
     * @param seed from which every input and every seed of a call follows
     * @param selected the ids of the requirements that are asked about
     * @param implementation any exception that it may not throw ends the sampling and is passed on
     */
    public Sampling(Implementation implementation, Plan plan, Ledger ledger, long seed, Set<String> selected) {
        this(implementation, plan, ledger, seed, selected, Part.WHOLE, true);
    }

    /**
     * @param part that this process is asked where there are several
     * @param gradientsTell whether gradients show the mask where the input is 0; false if they are known to be wrong
     */
    public Sampling(
            Implementation implementation,
            Plan plan,
            Ledger ledger,
            long seed,
            Set<String> selected,
            Part part,
            boolean gradientsTell) {
        Description description = implementation.description();
        Repertoire repertoire = repertoire(description, plan, seed);
        this.context = SamplingContext.of(
                description,
                plan,
                ledger,
                seed,
                selected,
                new Sampler(implementation, part.isFirst() ? seed : seedOf(seed, part), part),
                repertoire,
                gradientsTell);
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

    /** Also keeps the figures for pictures: how the evidence grew, and the counts by place. */
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
     * Asks several processes at the same time, each its part, once.
     *
     * @param others the samplings of the other processes: the same arguments but for implementation and part
     */
    public void run(List<Sampling> others) {
        beside = List.copyOf(others);
        concluding(() -> {
            if (others.isEmpty()) {
                survey(false);
            } else {
                weigh(asked(Stream.concat(Stream.of(this), others.stream()).toList()));
            }
            seedsAndRates().steps(true).forEach(Runnable::run);
        });
    }

    /**
     * Asks the part of one process; the other parts are asked elsewhere. Nothing is concluded that needs the masks of
     * all parts. The first process alone decides what one process shows as well as many.
     *
     * @throws ImplementationFault when the implementation broke
     */
    public Counted runPart() {
        List<Counted> counted = new ArrayList<>();
        concluding(() -> {
            PartSurvey.Drawn own = part().run();
            if (part.isFirst()) {
                seedsAndRates().steps(true).forEach(Runnable::run);
            }
            own.pool().asked(sum(Sampler::elements), sum(Sampler::elementsInBits));
            pool = own.pool();
            counted.add(own.counted(part));
        });
        return counted.get(0);
    }

    /**
     * Weighs the counts of several processes, none of which can be asked any more.
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

    /** An empty pool, to which the counts of processes can be added so that there is less to send. */
    public Pool pool() {
        return pool(streamTests());
    }

    private Pool pool(StreamTests tests) {
        return new Pool(
                tests.families(),
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

    /**
     * Asks until something is found, and looks for no smaller call that shows it. Judging the suite itself needs no
     * more of a run.
     *
     * @return the requirements that were found broken by then; empty when all was asked and nothing found
     */
    public Set<String> firstFinds() {
        survey(true);
        for (Runnable step : seedsAndRates().steps(false)) {
            if (found().isEmpty()) {
                step.run();
            }
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

    /** The number of calls by which any defect looked for in a stream has to be found; later calls settle rates. */
    public long horizon() {
        return horizon;
    }

    /**
     * How many elements of a type at a rate are compared with those further back than the nearest. They are the
     * elements of the first masks; a mask counts if all of it fits in.
     */
    public long comparedFarBack(DType dtype, double rate) {
        return new Horizons(context).middle(new Stratum(dtype, rate));
    }

    /** The conditions under which it asks. */
    public List<Condition> rows() {
        return conditions.all();
    }

    /**
     * The conclusions so far, by requirement: on statistical ones from the masks; on others only if an answer broke
     * them.
     */
    public Map<String, Conclusion> conclusions() {
        return conclusions;
    }

    /** Lines on what was asked and how far it reaches, how long it took, and how long the calls alone took. */
    public List<String> summary() {
        List<String> lines = new ArrayList<>();
        reach.ifPresent(drawn -> lines.addAll(drawn.lines(context.threshold(StatisticalRequirements.RATE, 1))));
        lines.add(
                pool != null && shards > 0
                        ? new SamplingEffort(pool.elements(), pool.elementsInBits()).inShards(shards)
                        : new SamplingEffort(sum(Sampler::elements), sum(Sampler::elementsInBits))
                                .took(seconds, context.sampler().seconds()));
        return lines;
    }

    private long sum(ToLongFunction<Sampler> count) {
        long others = beside.stream()
                .mapToLong(other -> count.applyAsLong(other.context.sampler()))
                .sum();
        return count.applyAsLong(context.sampler()) + others;
    }

    private StreamTests streamTests() {
        return new StreamTests(context, conditions, keepsTrails);
    }

    private SeedsAndRates seedsAndRates() {
        return new SeedsAndRates(context, checks, conclusions, keepsTrails);
    }

    private void survey(boolean untilFirst) {
        StreamTests tests = streamTests();
        checks.putAll(tests.checks());
        BrokenAnswers broken = new BrokenAnswers(context, conditions, conclusions);
        try (Analysis analysis = new Analysis(context, tests.families())) {
            Survey survey = new Survey(context, conditions, tests.all(), Part.WHOLE, analysis, restart, untilFirst);
            reach = Optional.of(survey.reach());
            broken.note(analysis, survey::run);
            horizon = survey.horizon();
            if (!untilFirst) {
                broken.shrink(analysis.seen());
            }
        }
    }

    private PartSurvey part() {
        return new PartSurvey(context, conditions, part, restart, conclusions);
    }

    private static List<Counted> asked(List<Sampling> processes) {
        List<PartSurvey.Drawn> drawn =
                JointSurvey.of(processes.stream().map(Sampling::part).toList());
        return IntStream.range(0, drawn.size())
                .mapToObj(number -> drawn.get(number).counted(processes.get(number).part))
                .toList();
    }

    /** Adds up the counts of the processes, and looks at the sums once. */
    private void weigh(List<Counted> parts) {
        StreamTests tests = streamTests();
        checks.putAll(tests.checks());
        pool = pool(tests);
        for (Counted each : Counted.inOrder(parts)) {
            if (each.counts().length > 0) {
                pool.add(each.counts());
            }
            each.seen().forEach(conclusions::putIfAbsent);
        }
        List<Stratum> strata = context.certifiedStrata();
        for (int s = 0; s < strata.size(); s++) {
            context.expressed().recall(strata.get(s), pool.isInexpressible(s));
        }
        reach = Optional.of(Reach.of(conditions.all(), pool.rows()));
        tests.all().forEach(test -> test.look(true));
        nothing = Optional.of(Counted.inOrder(parts).get(0).nothing());
    }
}
