package org.dropoutspec.golden;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dropoutspec.golden.exact.ExactExpectations;
import org.dropoutspec.golden.exact.OperationExpectations;
import org.dropoutspec.golden.format.Answer;
import org.dropoutspec.golden.format.BadVector;
import org.dropoutspec.golden.format.Different;
import org.dropoutspec.golden.format.Expectation;
import org.dropoutspec.golden.format.Field;
import org.dropoutspec.golden.format.GoldenVector;
import org.dropoutspec.golden.format.JsonText;
import org.dropoutspec.golden.format.Label;
import org.dropoutspec.golden.format.Requirements;
import org.dropoutspec.golden.format.Same;
import org.dropoutspec.golden.format.VectorFile;
import org.dropoutspec.golden.format.VectorOperation;
import org.dropoutspec.golden.format.VectorOperations;
import org.dropoutspec.golden.format.VectorTree;
import org.dropoutspec.golden.verify.Attempt;
import org.dropoutspec.golden.verify.DropoutCheck;
import org.dropoutspec.golden.verify.OperationCheck;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.Printable;

/**
 * Calls that broke a requirement, as golden vectors for an implementation's own regression tests. Each is asked again
 * in the way of {@code golden verify}; one whose fault does not show again is no counterexample.
 */
public final class Counterexamples {
    /** The name of the file, which is that of its topic. */
    public static final String FILE = "counterexamples.json";

    private static final String TOPIC = "counterexamples";
    private static final String ABOUT = "Calls by which certify found a requirement broken, each found again.";

    /** The largest number of elements of all calls of a vector together, since people read vectors. */
    private static final int LARGEST = 1 << 14;

    /** How often a vector is asked, since a call that draws its own mask may show a fault only sometimes. */
    private static final int TIMES = 12;

    private static final int LONGEST_COMMENT = 300;

    private static final Set<String> OF_DIFFERENT_MASKS =
            Set.of(Requirements.NEXT_DRAW, Requirements.NEIGHBOURING_SEED, Requirements.EVERY_BIT_OF_A_SEED);

    private final Implementation implementation;
    private final Map<String, GoldenVector> found = new TreeMap<>();
    private final List<String> others = new ArrayList<>();

    /**
     * The calls that broke a requirement.
     *
     * @param name the name of the requirement, with its operation's if that is not plain dropout: {@code rnn:FWD-1}
     * @param requirement its id
     * @param calls the calls of plain dropout that showed it, one after the other; perhaps the last alone shows it
     * @param asked the calls of another operation that showed it; perhaps not without the calls before them
     * @param message what was seen
     */
    public record Broken(String name, String requirement, List<Call> calls, List<OperationCall> asked, String message) {
        public Broken {
            calls = List.copyOf(calls);
        }

        /** A broken requirement of plain dropout. */
        public Broken(String requirement, List<Call> calls, String message) {
            this(requirement, requirement, calls, List.of(), message);
        }
    }

    private Counterexamples(Implementation implementation) {
        this.implementation = implementation;
    }

    /** The counterexamples that the implementation shows when it is asked again. */
    public static Counterexamples of(List<Broken> all, Implementation implementation) {
        Counterexamples counterexamples = new Counterexamples(implementation);
        all.forEach(counterexamples::add);
        return counterexamples;
    }

    /** The ids of the vectors, by the names of the requirements. */
    public Map<String, String> ids() {
        Map<String, String> ids = new TreeMap<>();
        found.forEach(
                (requirement, vector) -> ids.put(requirement, vector.label().id()));
        return ids;
    }

    /** The requirements for which no vector could be made, or none that showed the fault again. */
    public List<String> others() {
        return List.copyOf(others);
    }

    /** The file, in the format {@code dropout-golden/1.1}, 1.2 if it has vectors of other operations, or 1.3 if masks must differ. */
    public byte[] json() {
        return JsonText.of(
                VectorTree.of(new VectorFile(TOPIC, ABOUT, new TreeMap<>(), List.of(), List.copyOf(found.values()))));
    }

    private void add(Broken broken) {
        GoldenVector best = null;
        int most = 0;
        Stream<Optional<GoldenVector>> vectors =
                Stream.concat(ofDropout(broken), broken.asked().stream().flatMap(call -> vectors(broken, call)));
        for (Optional<GoldenVector> vector : (Iterable<Optional<GoldenVector>>) vectors::iterator) {
            int times = vector.map(this::timesFound).orElse(0);
            if (times > most) {
                best = times == TIMES ? vector.get() : byChance(vector.get(), times);
                most = times;
            }
            if (most == TIMES) {
                break;
            }
        }
        if (best == null) {
            others.add(broken.name());
        } else {
            found.put(broken.name(), best);
        }
    }

    private Stream<Optional<GoldenVector>> ofDropout(Broken broken) {
        if (OF_DIFFERENT_MASKS.contains(broken.requirement())) {
            return CounterexampleCalls.ofDifferentMasks(broken.calls()).stream()
                    .map(calls -> vector(
                            broken,
                            calls,
                            expectation -> expectation.with(List.of(new Different(
                                    IntStream.range(0, calls.size()).boxed().toList())))));
        }
        boolean byBits = broken.requirement().equals(Requirements.NAN_PAYLOAD);
        return CounterexampleCalls.of(broken.calls()).stream()
                .map(calls ->
                        vector(broken, calls, expectation -> byBits ? expectation.with(Answer::byBits) : expectation));
    }

    /** The vector; empty if the format cannot express it. It is read back strictly before it is used. */
    private Optional<GoldenVector> vector(Broken broken, List<Call> calls, UnaryOperator<Expectation> change) {
        if (calls.stream().mapToLong(call -> call.input().size()).sum() > LARGEST) {
            return Optional.empty();
        }
        return read(() -> new GoldenVector.OfDropout(
                label(broken),
                calls,
                ExactExpectations.of(
                                broken.requirement(),
                                calls,
                                implementation.description().choices().scaling(),
                                alike(calls))
                        .stream()
                        .map(change)
                        .toList()));
    }

    /** The vectors of another operation, each of one call, with one mask after another. */
    private Stream<Optional<GoldenVector>> vectors(Broken broken, OperationCall asked) {
        Optional<VectorOperation> operation = VectorOperations.named(asked.operation());
        if (operation.isEmpty() || asked.elements() > LARGEST) {
            return Stream.empty();
        }
        return Arrays.stream(FilledCall.Pattern.values())
                .map(pattern -> read(() -> {
                    OperationCall call = FilledCall.of(asked, operation.get(), pattern);
                    return new GoldenVector.OfOperation(
                            label(broken), call, OperationExpectations.of(operation.get(), call));
                }));
    }

    private static Label label(Broken broken) {
        String id = "counterexample-" + broken.name().toLowerCase(Locale.ROOT).replaceAll("[:_]", "-");
        String comment = Printable.line(broken.message().lines().findFirst().orElse("broken"), LONGEST_COMMENT);
        return new Label(id, broken.requirement(), List.of(), comment);
    }

    private static Optional<GoldenVector> read(Supplier<GoldenVector> made) {
        try {
            GoldenVector vector = made.get();
            byte[] file = JsonText.of(
                    VectorTree.of(new VectorFile(TOPIC, ABOUT, new TreeMap<>(), List.of(), List.of(vector))));
            VectorSet read = VectorSet.of(List.of(new VectorSource.Source(FILE, file, "")));
            return read.problems().isEmpty() ? Optional.of(vector) : Optional.empty();
        } catch (IllegalArgumentException | ArithmeticException | BadVector inexpressible) {
            return Optional.empty();
        }
    }

    /** The calls that must have the same masks: they began with the same seed, and drew the same since. */
    private static List<Same> alike(List<Call> calls) {
        Map<List<Object>, List<Integer>> byHistory = new HashMap<>();
        List<Object> history = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            Call call = calls.get(i);
            if (call.seed().isPresent()) {
                history.clear();
                history.add(call.seed().getAsLong());
            }
            if (call.training() && call.mask().isEmpty() && !history.isEmpty()) {
                history.add(List.of(call.maskShape(), call.rate(), call.input().dtype()));
                byHistory
                        .computeIfAbsent(List.copyOf(history), any -> new ArrayList<>())
                        .add(i);
            }
        }
        return byHistory.values().stream()
                .filter(same -> same.size() > 1)
                .sorted((one, other) -> Integer.compare(one.get(0), other.get(0)))
                .map(same -> new Same(Field.MASK, same))
                .toList();
    }

    private static GoldenVector byChance(GoldenVector vector, int times) {
        Label label = vector.label();
        String comment = "shows by chance, " + times + " times of " + TIMES + ": " + label.comment();
        Label told = new Label(label.id(), label.requirement(), label.flags(), comment);
        return vector instanceof GoldenVector.OfDropout dropout
                ? new GoldenVector.OfDropout(told, dropout.calls(), dropout.expectations())
                : new GoldenVector.OfOperation(
                        told,
                        ((GoldenVector.OfOperation) vector).call(),
                        ((GoldenVector.OfOperation) vector).expectations());
    }

    private List<Attempt> attempts(GoldenVector vector) {
        return vector instanceof GoldenVector.OfDropout dropout
                ? new DropoutCheck(implementation).check(dropout)
                : new OperationCheck(implementation).check((GoldenVector.OfOperation) vector);
    }

    private int timesFound(GoldenVector vector) {
        int found = 0;
        for (int time = 0; time < TIMES; time++) {
            List<Attempt> attempts = attempts(vector);
            if (attempts.stream().anyMatch(Attempt.Broken.class::isInstance)) {
                return 0;
            }
            found += attempts.stream()
                            .anyMatch(attempt -> attempt instanceof Attempt.Checked checked
                                    && !checked.failures().isEmpty())
                    ? 1
                    : 0;
        }
        return found;
    }
}
