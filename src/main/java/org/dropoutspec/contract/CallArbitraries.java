package org.dropoutspec.contract;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;

/**
 * Calls within what an implementation declares, simplest first.
 *
 * <p>Where the implementation takes seeds, every call carries one, so that a run repeats.
 */
final class CallArbitraries {
    private final Description description;

    CallArbitraries(Description description) {
        this.description = description;
    }

    /** Training calls of ordinary rates and shapes. */
    Arbitrary<Call> training(Fill... values) {
        return training(Rates.ordinary(), Shapes.any(), values);
    }

    Arbitrary<Call> training(Rates rates, Arbitrary<Shape> shapes, Fill... values) {
        return Combinators.combine(
                        Arbitraries.of(floating()), rates.drawn(), shapes, Arbitraries.of(values), varieties(), seeds())
                .as((dtype, rate, shape, kind, variety, seed) ->
                        seeded(Call.training(rates.forType(dtype, rate), kind.fill(dtype, shape, variety)), seed));
    }

    /**
     * Calls of each of these kinds, and then calls of either mode at other rates, all in these shapes.
     *
     * @param kinds see {@link #kind}
     */
    Arbitrary<Call> ofEach(List<Call> kinds, Rates others, Arbitrary<Shape> shapes, Fill... values) {
        Arbitrary<Call> rest = Combinators.combine(Arbitraries.of(floating()), others.drawn())
                .as((dtype, rate) -> kind(dtype, others.forType(dtype, rate)));
        return Combinators.combine(
                        InTurn.first(kinds, inEitherMode(rest)), shapes, Arbitraries.of(values), varieties(), seeds())
                .as((call, shape, kind, variety, seed) ->
                        seeded(call.withInput(kind.fill(call.input().dtype(), shape, variety)), seed));
    }

    /** A call at each of these rates in each declared type, in each mode that the implementation has. */
    List<Call> kinds(List<Double> rates) {
        return rates.stream()
                .flatMap(rate -> floating().stream().map(dtype -> kind(dtype, rate)))
                .flatMap(training -> Applies.EVALUATION.holdsFor(description)
                        ? Stream.of(training, CallForm.evaluated(training))
                        : Stream.of(training))
                .toList();
    }

    /** A training call of a type at a rate, without elements. */
    static Call kind(DType dtype, double rate) {
        return Call.training(rate, Fill.ZEROS.fill(dtype, Shape.of(0), 0));
    }

    Call seeded(Call call, long seed) {
        return description.can(Capability.SEED) ? call.withSeed(seed) : call;
    }

    /** Evaluation calls at every rate, rate 1 left out where the implementation rejects it. */
    Arbitrary<Call> evaluation(Arbitrary<Shape> shapes, Fill... values) {
        return training(Rates.accepted(description), shapes, values).map(CallForm::evaluated);
    }

    /** Training calls and, where there is an evaluation, evaluation calls. */
    Arbitrary<Call> inEitherMode(Arbitrary<Call> calls) {
        return Combinators.combine(calls, modes()).as((call, training) -> training ? call : CallForm.evaluated(call));
    }

    /** Whether a call is in training: always, or where there is an evaluation, sometimes. */
    Arbitrary<Boolean> modes() {
        return Applies.EVALUATION.holdsFor(description) ? Arbitraries.of(true, false) : Arbitraries.just(true);
    }

    /** The same calls with an upstream gradient. */
    Arbitrary<Call> withGradient(Arbitrary<Call> calls, Fill... values) {
        return Combinators.combine(calls, Arbitraries.of(values), varieties())
                .as((call, kind, variety) -> call.withGradOutput(Fill.inLarge(call.shape(), kind, values)
                        .fill(call.input().dtype(), call.shape(), variety)));
    }

    /** The same calls; an upstream gradient that a call carries is replaced by one of these values. */
    Arbitrary<Call> withGradients(Arbitrary<Call> calls, Fill... values) {
        return Combinators.combine(calls, Arbitraries.of(values), varieties())
                .as((call, kind, variety) -> call.gradOutput().isEmpty()
                        ? call
                        : call.withGradOutput(Fill.inLarge(call.shape(), kind, values)
                                .fill(call.input().dtype(), call.shape(), variety)));
    }

    Arbitrary<Call> withGradientWherePossible(Arbitrary<Call> calls, Fill... values) {
        return description.can(Capability.BACKWARD) ? withGradient(calls, values) : calls;
    }

    /** The same calls with a noise shape: some axes of the input's shape set to 1, at least one of them. */
    Arbitrary<Call> withNoiseShape(Arbitrary<Call> calls) {
        return Combinators.combine(calls, Arbitraries.integers().between(1, 31)).as((call, axes) -> {
            int[] extents = call.shape().extents();
            for (int axis = 0; axis < extents.length; axis++) {
                if ((axes % ((1 << extents.length) - 1) + 1 >> axis & 1) == 1) {
                    extents[axis] = 1;
                }
            }
            return call.withNoiseShape(Shape.of(extents));
        });
    }

    /** The same calls with the input presented as a transpose. */
    Arbitrary<Call> withPermutation(Arbitrary<Call> calls) {
        return Combinators.combine(calls, Arbitraries.integers().between(0, 119))
                .as((call, number) ->
                        call.withPermutation(permutation(call.input().shape().rank(), number)));
    }

    /** Strided calls whose shape does not tell that they are strided; empty where they cannot be asked. */
    Optional<Arbitrary<Call>> squares(Rates rates, Fill... values) {
        return description.can(Capability.PERMUTED_INPUT) && !description.can(Capability.FEW_SHAPES)
                ? Optional.of(training(rates, Shapes.square(), values)
                        .map(call -> call.withPermutation(
                                permutation(call.input().shape().rank(), 0))))
                : Optional.empty();
    }

    /** The reversal of the axes for 0, else the permutation with this number in the factorial system. */
    private static int[] permutation(int rank, int number) {
        int[] axes = new int[rank];
        for (int axis = 0; axis < rank; axis++) {
            axes[axis] = rank - 1 - axis;
        }
        int rest = number;
        for (int axis = 0; axis + 1 < rank; axis++) {
            int other = axis + rest % (rank - axis);
            rest /= rank - axis;
            int swapped = axes[axis];
            axes[axis] = axes[other];
            axes[other] = swapped;
        }
        return axes;
    }

    List<DType> floating() {
        return floating(description);
    }

    /** The floating types that are declared, the plainest first. */
    static List<DType> floating(Description description) {
        return DType.floating(description.dtypes());
    }

    /**
     * Seeds, most of them small, some from the whole range, some its ends. A smaller seed would not explain a failure
     * better, so they do not shrink.
     */
    Arbitrary<Long> seeds() {
        long limit = description.seeding().limit();
        return Arbitraries.frequencyOf(
                        Tuple.of(8, Arbitraries.longs().between(0, 99)),
                        Tuple.of(3, Arbitraries.longs().between(0, limit - 1)),
                        Tuple.of(1, Arbitraries.of(0L, limit - 1)))
                .dontShrink();
    }

    static Arbitrary<Long> varieties() {
        return Arbitraries.longs().between(0, Long.MAX_VALUE).dontShrink();
    }
}
