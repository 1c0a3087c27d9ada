package org.dropoutspec.contract;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
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
final class Calls {
    private static final int MOST_ELEMENTS = 300;

    /** The plainest first: a counterexample shrinks towards the start. */
    private static final List<Integer> EXTENTS = List.of(
            1, 2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5, 6, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 129, 255, 256, 257);

    private static final List<Double> FAMILIAR_RATES = Stream.of(
                    0.5f, 0.25f, 0.75f, 0.2f, 0.1f, 0.3f, 0.6f, 0.9f, 1 / 3f)
            .map(Float::doubleValue)
            .toList();

    private final Description description;

    Calls(Description description) {
        this.description = description;
    }

    /** Training calls of ordinary rates and shapes. */
    Arbitrary<Call> training(Values... values) {
        return training(ordinaryRates(), shapes(), values);
    }

    /** Training calls whose rates the element type holds: rounding the rate to it changes nothing. */
    Arbitrary<Call> training(Arbitrary<Double> rates, Arbitrary<Shape> shapes, Values... values) {
        return trainingAtAnyRate(floating(), rates, shapes, values)
                .map(call -> call.withRate(held(call.input().dtype(), call.rate())));
    }

    /** Training calls of the given types, whose rates may have to be rounded to them. */
    Arbitrary<Call> trainingAtAnyRate(
            List<DType> dtypes, Arbitrary<Double> rates, Arbitrary<Shape> shapes, Values... values) {
        return Combinators.combine(Arbitraries.of(dtypes), rates, shapes, Arbitraries.of(values), varieties(), seeds())
                .as((dtype, rate, shape, kind, variety, seed) -> {
                    Call call = Call.training(rate, kind.fill(dtype, shape, variety));
                    return description.can(Capability.SEED) ? call.withSeed(seed) : call;
                });
    }

    /** The number nearest to the rate that the type holds, 1 only for 1. */
    private static double held(DType dtype, double rate) {
        double held = dtype.value(dtype.round(rate));
        return held < 1 || rate == 1 ? held : dtype.value(dtype.round(1) - 1);
    }

    /** Evaluation calls at every rate, rate 1 left out where the implementation rejects it. */
    Arbitrary<Call> evaluation(Arbitrary<Shape> shapes, Values... values) {
        return training(acceptedRates(), shapes, values).map(call -> call.withTraining(false));
    }

    /** Training calls and, where there is an evaluation, evaluation calls. */
    Arbitrary<Call> inEitherMode(Arbitrary<Double> rates, Arbitrary<Shape> shapes, Values... values) {
        Arbitrary<Call> training = training(rates, shapes, values);
        return evaluates() ? Arbitraries.oneOf(training, evaluation(shapes, values)) : training;
    }

    /** Whether to train: not always, where there is an evaluation. */
    Arbitrary<Boolean> modes() {
        return evaluates() ? Arbitraries.of(true, false) : Arbitraries.just(true);
    }

    private boolean evaluates() {
        return Applies.EVALUATION.holdsFor(description);
    }

    /** The same calls with an upstream gradient. */
    Arbitrary<Call> withGradient(Arbitrary<Call> calls, Values... values) {
        return Combinators.combine(calls, Arbitraries.of(values), varieties())
                .as((call, kind, variety) ->
                        call.withGradOutput(kind.fill(call.input().dtype(), call.shape(), variety)));
    }

    Arbitrary<Call> withGradientWherePossible(Arbitrary<Call> calls, Values... values) {
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
        return List.of(DType.FLOAT32, DType.FLOAT64, DType.FLOAT16, DType.BFLOAT16).stream()
                .filter(description.dtypes()::contains)
                .toList();
    }

    /**
     * From 2^-7 to 1 - 2^-7, all of them exact in float32, since a rate may travel as one; a quarter of them familiar.
     * Below a half 1 less such a rate is not exact in float32: what computes it there for float64 is seen.
     */
    static Arbitrary<Double> ordinaryRates() {
        Arbitrary<Double> familiar = Arbitraries.of(FAMILIAR_RATES);
        int named = FAMILIAR_RATES.size();
        // the first few numbers are familiar too, so that a counterexample shrinks towards those
        Arbitrary<Double> any = Arbitraries.integers()
                .between(0, named + (1 << 24))
                .withDistribution(RandomDistribution.uniform())
                .map(number -> number < named
                        ? FAMILIAR_RATES.get(number)
                        : (double) (float) (0x1p-7 + (1 - 0x1p-6) * Math.scalb((double) (number - named), -24)));
        return Arbitraries.frequencyOf(Tuple.of(1, familiar), Tuple.of(3, any));
    }

    /** Every kind of rate in [0, 1) that is exact in float32. */
    static Arbitrary<Double> ratesBelowOne() {
        return Arbitraries.oneOf(
                ordinaryRates(),
                Arbitraries.of(0.0, 0x1p-149, 0x1p-126, 0x1p-32, 0x1p-24, 0x1p-10, 1 - 0x1p-10, 1 - 0x1p-24));
    }

    /** Every kind of rate in [0, 1], 1 left out where the implementation rejects it. */
    Arbitrary<Double> acceptedRates() {
        return Applies.RATE_ONE_ZEROS.holdsFor(description)
                ? Arbitraries.oneOf(ratesBelowOne(), Arbitraries.just(1.0))
                : ratesBelowOne();
    }

    /** Rank 1 to 5, no extent 0; extents 1, odd, and around the widths of vector lanes. */
    static Arbitrary<Shape> shapes() {
        return Arbitraries.of(EXTENTS).list().ofMinSize(1).ofMaxSize(5).map(Calls::bounded);
    }

    /** The same, with one longer than most vector loops and blocks now and then. */
    static Arbitrary<Shape> shapesAndLargeOnes() {
        return Arbitraries.frequencyOf(Tuple.of(9, shapes()), Tuple.of(1, only(20_003)));
    }

    /** Shapes of rank 2 to 5. */
    static Arbitrary<Shape> shapesOfSeveralAxes() {
        return Arbitraries.integers()
                .between(1, 9)
                .list()
                .ofMinSize(2)
                .ofMaxSize(5)
                .map(Calls::bounded);
    }

    /** Shapes with at least one extent 0. */
    static Arbitrary<Shape> emptyShapes() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 4).list().ofMinSize(1).ofMaxSize(4),
                        Arbitraries.integers().between(0, 3))
                .as((extents, axis) -> {
                    int[] shape = extents.stream().mapToInt(Integer::intValue).toArray();
                    shape[axis % shape.length] = 0;
                    return Shape.of(shape);
                });
    }

    static Arbitrary<Shape> only(int... extents) {
        return Arbitraries.just(Shape.of(extents));
    }

    /**
     * Small ones for the most part, and the ends of the range; which seed it is says nothing of a failure, so none is
     * sought that is smaller.
     */
    Arbitrary<Long> seeds() {
        long limit = description.seeding().limit();
        return Arbitraries.frequencyOf(
                        Tuple.of(8, Arbitraries.longs().between(0, 99)),
                        Tuple.of(3, Arbitraries.longs().between(0, limit - 1)),
                        Tuple.of(1, Arbitraries.of(0L, limit - 1)))
                .dontShrink();
    }

    private static Arbitrary<Long> varieties() {
        return Arbitraries.longs().between(0, Long.MAX_VALUE).dontShrink();
    }

    private static Shape bounded(List<Integer> extents) {
        int[] shape = extents.stream().mapToInt(Integer::intValue).toArray();
        long size = Arrays.stream(shape).asLongStream().reduce(1, (a, b) -> a * b);
        for (int axis = 0; size > MOST_ELEMENTS; axis++) {
            size = size / shape[axis];
            shape[axis] = 1;
        }
        return Shape.of(shape);
    }
}
