package org.dropoutspec.contract;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.ImplementationFault;
import org.dropoutspec.implementation.NoSuchCall;
import org.dropoutspec.implementation.NotAsked;
import org.dropoutspec.implementation.RejectedCall;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.implementation.UnsupportedCall;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/**
 * The plainest calls there are: six elements at rate .5, in each mode, each declared type and with each declared
 * capability once. An implementation that does not answer these is not judged: most likely its adapter is not finished,
 * less likely does it reject them.
 */
final class PlainCalls {
    /** A call is asked in the first of these in which it can be expressed. */
    private static final List<Shape> SHAPES = List.of(
            Shape.of(2, 3),
            Shape.of(6),
            Shape.of(2, 1, 3),
            Shape.of(1, 2, 1, 3),
            Shape.of(1, 2, 1, 1, 3),
            Shape.of(16, 128),
            Shape.of(2048));

    /** Of so many elements some are dropped and some are kept, except once in 2^2047 times. */
    private static final Shape MANY = Shape.of(16, 128);

    private final Description description;
    private final Function<Call, Result> implementation;

    private PlainCalls(Description description, Function<Call, Result> implementation) {
        this.description = description;
        this.implementation = implementation;
    }

    /** Asks them all, and returns what is wrong with the first that is not answered. */
    static Optional<String> obstacle(Description description, Function<Call, Result> implementation) {
        return new PlainCalls(description, implementation).obstacle();
    }

    /** Training calls of the plainest type, in each of the shapes. */
    static Stream<Call> all(Description description) {
        DType plainest = CallArbitraries.floating(description).get(0);
        return SHAPES.stream().map(shape -> training(plainest, shape));
    }

    /**
     * Whether some of the zeros at rate .5 get a gradient, and some none: where all are alike, the gradient does not
     * follow the mask. True for an implementation that reports its mask, since it is judged by that.
     */
    static boolean gradientAtZeroTells(Description description, Function<Call, Result> implementation) {
        if (!description.can(Capability.BACKWARD) || description.can(Capability.MASK_OUTPUT)) {
            return true;
        }
        DType dtype = CallArbitraries.floating(description).get(0);
        Call call = Call.training(0.5, Tensor.full(dtype, MANY, 0)).withGradOutput(Fill.COUNTING.fill(dtype, MANY, 0));
        try {
            return implementation
                    .apply(call)
                    .gradInput()
                    .map(gradient -> {
                        long none = IntStream.range(0, gradient.size())
                                .filter(i -> gradient.value(i) == 0)
                                .count();
                        return none > 0 && none < gradient.size();
                    })
                    .orElse(true);
        } catch (RejectedCall | UnsupportedCall | ImplementationFault notAnswered) {
            return true; // other checks tell that
        }
    }

    private Optional<String> obstacle() {
        List<DType> dtypes = CallArbitraries.floating(description);
        for (DType dtype : dtypes) {
            Optional<String> obstacle = obstacle(shape -> training(dtype, shape));
            if (obstacle.isEmpty() && Applies.EVALUATION.holdsFor(description)) {
                obstacle = evaluationRejected(training(dtype, SHAPES.get(0)).withTraining(false));
            }
            if (obstacle.isPresent()) {
                return obstacle;
            }
        }
        return description.capabilities().stream()
                .sorted()
                .flatMap(capability -> obstacle(shape -> with(capability, training(dtypes.get(0), shape))).stream())
                .findFirst();
    }

    /** An adapter of version 1.0 has no other way to say that there is no evaluation than to call it unsupported. */
    private Optional<String> evaluationRejected(Call call) {
        try {
            implementation.apply(call);
            return Optional.empty();
        } catch (UnsupportedCall none) {
            return Optional.empty();
        } catch (RejectedCall rejection) {
            return Optional.of(
                    "the plainest calls are not answered: rejected: " + rejection.getMessage() + " (" + call + ")");
        } catch (ImplementationFault broken) {
            return Optional.of(broken.getMessage());
        }
    }

    private static Call training(DType dtype, Shape shape) {
        return Call.training(0.5, Fill.COUNTING.fill(dtype, shape, 0));
    }

    private static Call with(Capability capability, Call plain) {
        Shape shape = plain.shape();
        return switch (capability) {
            case BACKWARD -> plain.withGradOutput(plain.input());
            case SEED -> plain.withSeed(7);
            case MASK_INPUT -> plain.withMask(Tensor.full(DType.BOOL, shape, 1));
            case NOISE_SHAPE -> plain.withNoiseShape(shared(shape));
            case PERMUTED_INPUT -> plain.withPermutation(reversed(shape.rank()));
            default -> plain; // the reply to a plain call shows it
        };
    }

    /** A noise shape with one element of the mask for all along the last axis. */
    private static Shape shared(Shape shape) {
        int[] extents = shape.extents();
        extents[extents.length - 1] = 1;
        return Shape.of(extents);
    }

    private static int[] reversed(int rank) {
        int[] axes = new int[rank];
        Arrays.setAll(axes, axis -> rank - 1 - axis);
        return axes;
    }

    private Optional<String> obstacle(Function<Shape, Call> plain) {
        Optional<String> first = Optional.empty();
        for (Shape shape : SHAPES) {
            Call call = plain.apply(shape);
            try {
                implementation.apply(call);
                return Optional.empty();
            } catch (RejectedCall rejection) {
                return Optional.of(
                        "the plainest calls are not answered: rejected: " + rejection.getMessage() + " (" + call + ")");
            } catch (NoSuchCall none) {
                // in another shape the operation may have one
            } catch (NotAsked outside) {
                return Optional.empty();
            } catch (UnsupportedCall cannot) {
                first = first.or(() -> Optional.of(
                        "what is declared is not answered: unsupported: " + cannot.getMessage() + " (" + call + ")"));
            } catch (ImplementationFault broken) {
                return Optional.of(broken.getMessage());
            }
        }
        return first;
    }
}
