package org.dropoutspec.contract;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dropoutspec.condition.Repertoire;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.ImplementationFault;
import org.dropoutspec.implementation.Thrown;
import org.dropoutspec.oracle.Sighting;
import org.dropoutspec.oracle.Watch;
import org.dropoutspec.sampling.Part;
import org.dropoutspec.sampling.Plan;
import org.dropoutspec.sampling.Pool;
import org.dropoutspec.sampling.Sampling;
import org.dropoutspec.sampling.StatisticalRequirements;
import org.dropoutspec.statistics.Ledger;
import org.dropoutspec.tensor.DType;

/** One implementation examined once: what is asked of it, from which seed, and the verdicts so far. */
public final class Session {
    private final UnderTest implementation;
    private final OperationUnderTest operation;
    private final Tier tier;
    private final long seed;
    private final Consumer<String> progress;
    private final Map<String, Verdict> verdicts = new LinkedHashMap<>();
    private final Ledger ledger;
    /** The sessions of the other processes, which are asked for masks and nothing else. */
    private final List<Session> beside;

    private final Part part;
    private final Set<String> selected;
    private final FewShapes shapes;
    private final SampledMasks masks;
    private Optional<Conditions> conditions = Optional.empty();
    private FirstCalls first = FirstCalls.NONE;
    private boolean keepsTrails;

    /**
     * A session about every requirement.
     *
     * @param seed the master seed, from which every choice of the session follows
     * @param progress told the id of each requirement when its check begins
     */
    public Session(Implementation implementation, Tier tier, long seed, Consumer<String> progress) {
        this(implementation, tier, seed, Set.copyOf(StatisticalRequirements.ALL), progress);
    }

    /** @param selected the ids of the requirements that will be asked about */
    public Session(
            Implementation implementation, Tier tier, long seed, Set<String> selected, Consumer<String> progress) {
        this(implementation, tier, seed, selected, progress, FalseAlarmShares.FALSE_ALARMS, Part.WHOLE);
    }

    /**
     * @param selected the ids of the requirements that will be asked about
     * @param falseAlarms the highest probability that the session finds fault with a sound implementation
     * @param part the part that this process is asked, where the others are asked elsewhere
     */
    public Session(
            Implementation implementation,
            Tier tier,
            long seed,
            Set<String> selected,
            Consumer<String> progress,
            double falseAlarms,
            Part part) {
        Description description = described(implementation);
        this.operation = new OperationUnderTest(implementation, description);
        this.tier = tier;
        this.seed = seed;
        this.progress = progress;
        this.selected = Set.copyOf(selected);
        this.ledger = FalseAlarmShares.open(falseAlarms);
        boolean few = isJudged(description) && description.can(Capability.FEW_SHAPES);
        Optional<Repertoire> repertoire =
                few ? Optional.of(Sampling.repertoire(description, plan(), seedFor("sampling"))) : Optional.empty();
        this.shapes = new FewShapes(repertoire, operation);
        this.implementation = new UnderTest(implementation, description, operation, shapes);
        this.beside = implementation.beside().stream()
                .map(other -> new Session(other, tier, seed, selected, requirement -> {}, falseAlarms, Part.WHOLE))
                .toList();
        this.part = part;
        this.masks = new SampledMasks(this.implementation, this::samplings, !part.isWhole());
    }

    private static boolean isJudged(Description description) {
        return description.operations().contains("dropout")
                && description.dtypes().stream().anyMatch(DType::isFloating);
    }

    /** Keeps in the evidence what pictures show of the sampling. */
    public void keepTrails() {
        keepsTrails = true;
    }

    public Description description() {
        return implementation.description();
    }

    public Tier tier() {
        return tier;
    }

    public long seed() {
        return seed;
    }

    /** The verdicts by requirement id, in the order in which they were reached. */
    public Map<String, Verdict> verdicts() {
        return Collections.unmodifiableMap(verdicts);
    }

    /** How many mask elements the implementation was asked for and answered. */
    public long elements() {
        return implementation.elements()
                + beside.stream().mapToLong(Session::elements).sum();
    }

    /** What was asked and answered so far. */
    public Inquiry inquiry() {
        return beside.stream().map(Session::inquiry).reduce(implementation.inquiry(), Inquiry::and);
    }

    /** How the implementation broke, each way once, whatever was being checked and whether or not that decided it. */
    public Set<String> faults() {
        Set<String> all = new LinkedHashSet<>(implementation.faults());
        beside.forEach(other -> all.addAll(other.faults()));
        return all;
    }

    void begin(String requirement) {
        progress.accept(requirement);
    }

    void conclude(String requirement, Verdict verdict) {
        verdicts.put(requirement, verdict);
    }

    /** How the probability of a false alarm is shared, one line for each check, and what sampling the masks cost. */
    public List<String> ledger() {
        List<String> lines = new ArrayList<>(ledger.lines());
        lines.addAll(masks.summary());
        shapes.summary().ifPresent(lines::add);
        return lines;
    }

    double share(String requirement) {
        return ledger.share(requirement).alpha();
    }

    /**
     * Asks the plainest calls.
     *
     * @throws ImplementationFault when one of them is not answered: then there is nothing to judge
     */
    public void requirePlainCalls() {
        if (isJudged(description())) {
            first = FirstCalls.ask(implementation, operation, shapes, selected.contains("SEED-1"));
        }
        implementation.countAnew(); // an implementation that answers only these has earned nothing
    }

    EarlySeeds earlySeeds() {
        return first.earlySeeds();
    }

    /** The implementation under test, with every call counted. */
    UnderTest implementation() {
        return implementation;
    }

    OperationUnderTest operation() {
        return operation;
    }

    FewShapes shapes() {
        return shapes;
    }

    SampledMasks masks() {
        return masks;
    }

    /** How an answer of the operation broke a requirement, whatever the call was made for; empty where none did. */
    Optional<Sighting> seen(String requirement) {
        return Stream.concat(Stream.of(this), beside.stream())
                .flatMap(session -> session.operation.site().flatMap(site -> site.seen(requirement)).stream())
                .findFirst();
    }

    /** Asks for the masks of a part and for nothing else. */
    public void askForMasks() {
        boolean any = selected.stream()
                .anyMatch(id -> StatisticalRequirements.ALL.contains(id) || Watch.REQUIREMENTS.contains(id));
        if (any && isJudged(description())) {
            masks.ask();
        }
    }

    /** What the session found. */
    public Examination examination() {
        Map<String, Sighting> broken = new LinkedHashMap<>();
        // the requirements asked here, and those of the operation's own chapter that are asked at another mask site
        Stream.concat(
                        selected.stream(),
                        Stream.concat(Stream.of(this), beside.stream())
                                .flatMap(session -> session.operation.site().stream())
                                .flatMap(site -> site.broken().stream()))
                .forEach(id -> seen(id).ifPresent(what -> broken.put(id, what)));
        return new Examination(
                verdicts,
                broken,
                inquiry(),
                elements(),
                List.copyOf(faults()),
                ledger(),
                masks.counted(),
                masks.failure(),
                masks.discarded(),
                shapes.summary());
    }

    /** Empty counts, to which those of the parts of this session can be added. */
    public Pool pool() {
        return sampling(Part.WHOLE).pool();
    }

    /**
     * What the parts of this session found together; nothing is asked for it.
     *
     * @param parts that of the first process first
     * @throws IllegalArgumentException when they are not of this session
     */
    public Examination merged(List<Examination> parts) {
        return new Merging(parts, sampling(Part.WHOLE)).merged(ledger.lines());
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

    /** A new sampling of the same implementation, which has asked nothing yet. */
    public Sampling sampling() {
        return sampling(Part.WHOLE);
    }

    /** One sampling for each process, this session's own first. */
    private List<Sampling> samplings() {
        if (!part.isWhole()) {
            return List.of(sampling(part));
        }
        int parts = 1 + beside.size();
        beside.forEach(other -> other.first = first);
        return IntStream.range(0, parts)
                .mapToObj(number -> (number == 0 ? this : beside.get(number - 1)).sampling(new Part(number, parts)))
                .toList();
    }

    private Sampling sampling(Part part) {
        Sampling sampling = new Sampling(
                implementation, plan(), ledger, seedFor("sampling"), selected, part, first.gradientsTell());
        if (keepsTrails) {
            sampling.keepTrails();
        }
        return sampling;
    }

    private Plan plan() {
        return operation.site().isPresent() ? tier.plan().ofSite() : tier.plan();
    }

    /** The conditions under which every check asks. */
    Conditions conditions() {
        if (conditions.isEmpty()) {
            long drawn = seedFor("conditions");
            Conditions all = Conditions.of(description(), tier.plan().strength(), drawn);
            conditions = Optional.of(shapes.within(all, description(), drawn));
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
