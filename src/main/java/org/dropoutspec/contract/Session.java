package org.dropoutspec.contract;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dropoutspec.condition.Repertoire;
import org.dropoutspec.condition.Signature;
import org.dropoutspec.implementation.BetweenCalls;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.ImplementationFault;
import org.dropoutspec.implementation.NotAsked;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.implementation.PlainDropout;
import org.dropoutspec.implementation.RejectedCall;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.implementation.Thrown;
import org.dropoutspec.implementation.UnsupportedCall;
import org.dropoutspec.oracle.Sighting;
import org.dropoutspec.oracle.Watch;
import org.dropoutspec.sampling.Conclusion;
import org.dropoutspec.sampling.Part;
import org.dropoutspec.sampling.Plan;
import org.dropoutspec.sampling.Sampling;
import org.dropoutspec.sampling.StatisticalRequirements;
import org.dropoutspec.statistics.Ledger;
import org.dropoutspec.tensor.Bits;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;

/** One implementation examined once: what is asked of it, from which seed, and the verdicts so far. */
public final class Session {
    private final Implementation implementation;
    private final Description description;
    private final Tier tier;
    private final long seed;
    private final Consumer<String> progress;
    private final Map<String, Verdict> verdicts = new LinkedHashMap<>();
    private final Ledger ledger;
    /** Of the other processes, which are asked for masks and nothing else. */
    private final List<Session> beside;

    private final Set<String> selected;
    /** Where there are only so many signatures: no call of another one is put. */
    private final Optional<Repertoire> few;

    private final Set<Signature> asked = new HashSet<>();
    private Optional<Conditions> conditions = Optional.empty();
    private Optional<Map<String, Conclusion>> conclusions = Optional.empty();
    private EarlySeeds early = EarlySeeds.none();
    private AnsweredCalls tally;
    private final Watch watch;
    private final Set<String> faults = new LinkedHashSet<>();
    private Optional<RuntimeException> failure = Optional.empty();
    private Map<String, Long> discardedInSampling = Map.of();
    private List<String> summary = List.of();
    private long elements;

    /**
     * Of every requirement.
     *
     * @param seed the master seed, from which every choice of the session follows
     * @param progress told the id of each requirement when its check begins
     */
    public Session(Implementation implementation, Tier tier, long seed, Consumer<String> progress) {
        this(
                implementation,
                tier,
                seed,
                Set.copyOf(StatisticalRequirements.ALL),
                progress,
                FalseAlarmShares.FALSE_ALARMS);
    }

    /** @param selected the ids of the requirements that will be asked about */
    public Session(
            Implementation implementation, Tier tier, long seed, Set<String> selected, Consumer<String> progress) {
        this(implementation, tier, seed, selected, progress, FalseAlarmShares.FALSE_ALARMS);
    }

    /**
     * @param selected the ids of the requirements that will be asked about
     * @param falseAlarms the probability that it finds fault with a sound implementation, at most
     */
    public Session(
            Implementation implementation,
            Tier tier,
            long seed,
            Set<String> selected,
            Consumer<String> progress,
            double falseAlarms) {
        this.implementation = implementation;
        this.description = described(implementation);
        this.tier = tier;
        this.seed = seed;
        this.progress = progress;
        this.selected = Set.copyOf(selected);
        this.ledger = FalseAlarmShares.open(falseAlarms);
        this.tally = new AnsweredCalls(description);
        this.watch = new Watch(description);
        this.few = isJudged() && description.can(Capability.FEW_SHAPES)
                ? Optional.of(Sampling.repertoire(description, plan(), seedFor("sampling")))
                : Optional.empty();
        this.beside = implementation.beside().stream()
                .map(other -> new Session(other, tier, seed, selected, requirement -> {}, falseAlarms))
                .toList();
    }

    private boolean isJudged() {
        return description.operations().contains("dropout")
                && description.dtypes().stream().anyMatch(DType::isFloating);
    }

    public Description description() {
        return description;
    }

    public Tier tier() {
        return tier;
    }

    public long seed() {
        return seed;
    }

    /** The verdicts by requirement id, in the order in which they fell. */
    public Map<String, Verdict> verdicts() {
        return Collections.unmodifiableMap(verdicts);
    }

    /** How many mask elements the implementation was asked for. */
    public long elements() {
        return elements + beside.stream().mapToLong(Session::elements).sum();
    }

    /** What was asked and answered so far. */
    public Inquiry inquiry() {
        return beside.stream().map(Session::inquiry).reduce(tally.inquiry(), Inquiry::and);
    }

    /** How the implementation broke, each way once, whatever was being checked and whether or not it decided anything. */
    public Set<String> faults() {
        Set<String> all = new LinkedHashSet<>(faults);
        beside.forEach(other -> all.addAll(other.faults()));
        return all;
    }

    void begin(String requirement) {
        progress.accept(requirement);
    }

    void conclude(String requirement, Verdict verdict) {
        verdicts.put(requirement, verdict);
    }

    /** How the probability of a false alarm is shared, a line a check, and what the sampling of the masks cost. */
    public List<String> ledger() {
        List<String> lines = new ArrayList<>(ledger.lines());
        lines.addAll(summary);
        few.ifPresent(repertoire -> lines.add("few_shapes: asked " + asked.size()
                + " combinations of type, shape, mode and carried fields, and no other (at most " + Repertoire.MOST
                + ")"));
        return lines;
    }

    /** A parameter of a check: calls in shapes that may be asked, where there are few. */
    Object fitted(Object parameter) {
        if (few.isEmpty()) {
            return parameter;
        }
        if (parameter instanceof List<?> list) {
            return list.stream().map(this::fitted).toList();
        }
        return parameter instanceof Call call ? few.get().fitted(call) : parameter;
    }

    /**
     * Asks the plainest calls.
     *
     * @throws ImplementationFault when one of them is not answered: then there is nothing to judge
     */
    public void requirePlainCalls() {
        if (isJudged()) {
            PlainCalls.obstacle(description, call -> put((Call) fitted(call))).ifPresent(obstacle -> {
                throw new ImplementationFault(obstacle);
            });
        }
        if (isJudged() && selected.contains("SEED-1")) {
            early = EarlySeeds.ask(description, call -> (Call) fitted(call), this::put);
        }
        tally = new AnsweredCalls(description); // who answers these and nothing else has earned nothing
    }

    EarlySeeds earlySeeds() {
        return early;
    }

    private Plan plan() {
        return site().isPresent() ? tier.plan().ofSite() : tier.plan();
    }

    double share(String requirement) {
        return ledger.share(requirement).alpha();
    }

    /** Puts a call to the implementation; whatever it throws beyond what it may is its fault. */
    Result put(Call call) {
        few.ifPresent(repertoire -> {
            if (!repertoire.contains(call)) {
                throw new NotAsked(Repertoire.NOT_ASKED);
            }
            asked.add(Signature.of(call).orElseThrow());
        });
        return counted(call, () -> complete(call, implementation.dropout(call)));
    }

    /** Puts a training call that is to be answered in bits. */
    Bits putInBits(Call call) {
        if (few.isPresent()) {
            throw new NotAsked(Repertoire.NOT_ASKED);
        }
        return counted(call, () -> complete(call, implementation.kept(call)));
    }

    /** Whatever became of the call is counted; an Error is a fault too: a session outlives a stack that overflowed. */
    private <A> A counted(Call call, Supplier<A> answer) {
        elements += call.input().size();
        try {
            A answered = answer.get();
            tally.answered(call);
            return answered;
        } catch (RejectedCall rejection) {
            tally.rejected(call);
            throw rejection;
        } catch (UnsupportedCall cannot) {
            tally.discarded(call);
            throw cannot;
        } catch (Throwable broken) {
            tally.broken(call);
            throw fault(broken, words(call));
        }
    }

    private Bits complete(Call call, Bits bits) {
        if (bits == null || bits.size() != call.input().size()) {
            throw new ImplementationFault("the implementation gave " + (bits == null ? "no" : bits.size())
                    + " bits, though it declares kept_bits, for the call (" + words(call) + ")");
        }
        return bits;
    }

    /** The implementation, every call of which is counted here. */
    private final class Examined implements Implementation {
        @Override
        public Description description() {
            return description;
        }

        @Override
        public Result dropout(Call call) {
            return put(call);
        }

        @Override
        public Bits kept(Call call) {
            return putInBits(call);
        }

        @Override
        public boolean restart() {
            return Session.this.restart();
        }
    }

    /** A call as the operation under test has it. */
    OperationCall standingBehind(Call call) {
        return site().map(site -> site.standingBehind(call)).orElseGet(() -> PlainDropout.asked(call, description));
    }

    /** A call of the operation under test, asked for its gradients too. */
    OperationCall differentiated(OperationCall asked) {
        return site().map(site -> site.differentiated(asked)).orElseGet(() -> {
            Call call = PlainDropout.call(asked);
            Tensor upstream = Fill.COUNTING.fill(call.input().dtype(), call.shape(), 0);
            return PlainDropout.asked(call.withGradOutput(upstream), description);
        });
    }

    /** What an answer to a call of the operation under test breaks; each requirement at most once. */
    List<Sighting> judged(OperationCall asked, OperationResult answer) {
        return site().map(site -> site.judge(asked, answer))
                .orElseGet(() -> watch.look(PlainDropout.call(asked), PlainDropout.result(answer))
                        .sightings());
    }

    /** What an answer to it shows as plain dropout. */
    Result shown(Call call, OperationCall asked, OperationResult answer) {
        return site().map(site -> site.shown(call, asked, answer)).orElseGet(() -> PlainDropout.result(answer));
    }

    /** Puts what stands behind a call, perhaps with fields beyond it: those are other signatures, where there are few. */
    OperationResult put(Call call, OperationCall asked) {
        if (few.isPresent() && (BetweenCalls.isMore(asked) || !few.get().contains(call))) {
            throw new NotAsked(Repertoire.NOT_ASKED);
        }
        try {
            OperationResult result = put(asked);
            if (call.input().dtype().isFloating()) { // integers are no declared type
                tally.answered(call);
            }
            return result;
        } catch (UnsupportedCall cannot) {
            tally.discarded(call);
            throw cannot;
        }
    }

    /** Puts a call of the operation under test, or what is asked between calls. */
    OperationResult put(OperationCall call) {
        if (few.isPresent() && BetweenCalls.isMore(call)) {
            throw new NotAsked(Repertoire.NOT_ASKED);
        }
        elements += call.elements();
        try {
            return complete(call, implementation.answer(call));
        } catch (RejectedCall | UnsupportedCall told) {
            throw told;
        } catch (Throwable broken) {
            throw fault(broken, call.toString());
        }
    }

    private ImplementationFault fault(Throwable broken, String call) {
        ImplementationFault fault = broken instanceof ImplementationFault told
                ? told
                : new ImplementationFault(Thrown.words(broken) + " for the call (" + call + ")", broken);
        faults.add(fault.getMessage());
        return fault;
    }

    /** What an answer of the operation broke of a requirement, whatever it was asked for. */
    public Optional<String> seen(String requirement) {
        return Stream.concat(Stream.of(this), beside.stream())
                .flatMap(session -> session.site().flatMap(site -> site.seen(requirement)).stream())
                .findFirst();
    }

    /** The site of an operation that is examined; empty for plain dropout. */
    Optional<SiteView> site() {
        return implementation instanceof SiteView site ? Optional.of(site) : Optional.empty();
    }

    /** A call as a report shows it: what the implementation was asked, whatever operation it stands for. */
    String words(Call call) {
        try {
            return site().map(site -> site.standingBehind(call).toString()).orElseGet(call::toString);
        } catch (UnsupportedCall cannot) {
            return call + ": not asked, " + cannot.getMessage();
        }
    }

    /** Starts the implementation anew; false where it cannot be. */
    boolean restart() {
        try {
            return implementation.restart();
        } catch (ImplementationFault told) {
            throw told;
        } catch (Throwable broken) {
            throw new ImplementationFault(Thrown.words(broken) + " when it was started anew", broken);
        }
    }

    private static OperationResult complete(OperationCall call, OperationResult result) {
        return call.result().stream()
                .filter(field -> field.required() && (result == null || !result.has(field.name())))
                .findFirst()
                .map(field -> new ImplementationFault(
                        "the implementation gave no " + field.name() + " for the call (" + call + ")"))
                .<OperationResult>map(fault -> {
                    throw fault;
                })
                .orElse(result);
    }

    /** An adapter's reply is held to the protocol before it comes here; a Java implementation's result here. */
    private Result complete(Call call, Result result) {
        String missing = null;
        if (result == null || result.output() == null) {
            missing = "output";
        } else if (call.gradOutput().isPresent() && result.gradInput().isEmpty()) {
            missing = "gradient, though it declares backward,";
        } else if (call.training()
                && description.can(Capability.MASK_OUTPUT)
                && result.mask().isEmpty()) {
            missing = "mask, though it declares mask_output,";
        }
        if (missing != null) {
            throw new ImplementationFault(
                    "the implementation gave no " + missing + " for the call (" + words(call) + ")");
        }
        return result;
    }

    /**
     * What an implementation says of itself.
     *
     * @throws ImplementationFault when it says nothing
     */
    public static Description described(Implementation implementation) {
        Description description;
        try {
            description = implementation.description();
        } catch (ImplementationFault told) {
            throw told;
        } catch (Throwable broken) {
            throw new ImplementationFault(Thrown.words(broken) + " when asked for its description", broken);
        }
        if (description == null) {
            throw new ImplementationFault("the implementation gave null when asked for its description");
        }
        return description;
    }

    /**
     * What the answers under all conditions show, by requirement: of the statistical ones whatever the evidence came to,
     * of the others those that an answer broke. One sampling for all requirements, at the first that needs it.
     *
     * @throws ImplementationFault when the implementation broke during the sampling and nothing was decided about this
     *     requirement before
     */
    Optional<Conclusion> sampled(String requirement) {
        if (conclusions.isEmpty()) {
            sample();
        }
        Optional<Conclusion> conclusion =
                Optional.ofNullable(conclusions.orElseThrow().get(requirement));
        if (conclusion.isEmpty() && failure.isPresent()) {
            throw failure.get();
        }
        return conclusion;
    }

    /** What was sampled is let go of: the conclusions are all that is needed of it. */
    private void sample() {
        Sampling sampling = sampling(new Part(0, 1 + beside.size()));
        List<Sampling> others = IntStream.rangeClosed(1, beside.size())
                .mapToObj(number -> beside.get(number - 1).sampling(new Part(number, 1 + beside.size())))
                .toList();
        Map<String, Long> before = tally.discarded();
        try {
            sampling.run(others);
        } catch (ImplementationFault broken) {
            faults.add(broken.getMessage());
            failure = Optional.of(broken);
        } catch (RuntimeException broken) {
            failure = Optional.of(broken);
        } catch (Error broken) {
            failure = Optional.of(new IllegalStateException("the sampling broke: " + Thrown.text(broken), broken));
            throw broken;
        } finally {
            conclusions = Optional.of(sampling.conclusions());
            discardedInSampling = difference(tally.discarded(), before);
            summary = sampling.summary();
        }
    }

    /** How many calls of the sampling the implementation could not express, by the name of their type. */
    Map<String, Long> discardedInSampling() {
        return discardedInSampling;
    }

    private static Map<String, Long> difference(Map<String, Long> after, Map<String, Long> before) {
        Map<String, Long> difference = new TreeMap<>();
        after.forEach((type, count) -> {
            if (count > before.getOrDefault(type, 0L)) {
                difference.put(type, count - before.getOrDefault(type, 0L));
            }
        });
        return difference;
    }

    /** Another sampling of the same implementation, of which nothing was asked yet. */
    public Sampling sampling() {
        return sampling(Part.WHOLE);
    }

    private Sampling sampling(Part part) {
        return new Sampling(new Examined(), plan(), ledger, seedFor("sampling"), selected, part);
    }

    /** The conditions under which every check asks. */
    Conditions conditions() {
        if (conditions.isEmpty()) {
            long drawn = seedFor("conditions");
            Conditions all = Conditions.of(description, tier.plan().strength(), drawn);
            conditions = Optional.of(few.map(repertoire -> all.within(repertoire, description, drawn))
                    .orElse(all));
        }
        return conditions.get();
    }

    /** A seed of its own for each name, so that a check tries the same calls alone as among all others. */
    long seedFor(String name) {
        long mixed = seed;
        for (byte letter : name.getBytes(StandardCharsets.UTF_8)) {
            mixed = new SplittableRandom(mixed * 31 + letter).nextLong();
        }
        return mixed;
    }
}
