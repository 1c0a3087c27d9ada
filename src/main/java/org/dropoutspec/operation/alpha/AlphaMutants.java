package org.dropoutspec.operation.alpha;

import java.util.List;
import java.util.function.DoubleBinaryOperator;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.mutant.Mutant;
import org.dropoutspec.operation.BrokenOperation;
import org.dropoutspec.operation.BrokenOperation.Defect;
import org.dropoutspec.operation.Operation;
import org.dropoutspec.reference.AlphaDropout;
import org.dropoutspec.reference.Dropout;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Broken alpha dropout. */
final class AlphaMutants {
    private static final double ALPHA = AlphaDropout.ALPHA;

    private AlphaMutants() {}

    static List<Mutant> all() {
        return List.of(
                broken(
                        "alpha-dropped-to-the-other-sign",
                        "ALPHA-2",
                        "drops to -alpha' with the right shift, as alphaDropout of tfjs: the mean of standard normal"
                                + " input becomes 0.32 at rate 0.1",
                        computed((x, rate) -> map(x, rate), rate -> map(-ALPHA, rate))),
                broken(
                        "alpha-of-the-other-sign",
                        "ALPHA-1",
                        "takes alpha' positive throughout",
                        computed((x, rate) -> 2 * a(rate) * x - map(x, rate), rate -> -map(ALPHA, rate))),
                broken(
                        "alpha-without-affine-map",
                        "ALPHA-1",
                        "sets what is dropped to alpha' and leaves it at that",
                        computed((x, rate) -> x, rate -> ALPHA)),
                broken(
                        "alpha-drops-to-zero",
                        "ALPHA-2",
                        "drops to zero before the affine map, as plain dropout does",
                        computed((x, rate) -> map(x, rate), rate -> map(0, rate))),
                broken(
                        "alpha-map-of-the-keep-probability",
                        "ALPHA-1",
                        "takes the keep probability for the rate in a and b",
                        computed((x, rate) -> map(x, 1 - rate), rate -> map(ALPHA, 1 - rate))),
                broken(
                        "alpha-drops-nothing-with-a-gradient",
                        "MASK-1",
                        "drops nothing where it is asked for a gradient",
                        (call, dropout, sound) -> sound.answer(
                                isMapped(call) && call.has("grad_output") && !call.has("noise_shape")
                                        ? keeping(call)
                                        : call,
                                dropout)),
                broken(
                        "alpha-gradient-without-a",
                        "ALPHA-3",
                        "masks the gradient and does not scale it",
                        gradient((dy, kept, rate) -> kept ? dy : 0)),
                broken(
                        "alpha-gradient-unmasked",
                        "ALPHA-3",
                        "scales the gradient by a and does not mask it",
                        gradient((dy, kept, rate) -> a(rate) * dy)),
                broken(
                        "alpha-gradient-scaled-in-evaluation",
                        "ALPHA-4",
                        "scales the gradient in evaluation too",
                        (call, dropout, sound) -> {
                            OperationResult result = sound.answer(call, dropout);
                            return call.training() || !call.has("grad_output")
                                    ? result
                                    : result.with(
                                            "grad_input",
                                            mapped(call.tensor("grad_output"), dy -> a(call.rate()) * dy));
                        }),
                broken(
                        "alpha-in-float64",
                        "ALPHA-5",
                        "answers in float64 whatever the type of the input",
                        (call, dropout, sound) -> {
                            OperationResult result = sound.answer(call, dropout);
                            Tensor y = result.tensor("output");
                            return result.with("output", Tensor.of(DType.FLOAT64, y.shape(), y.values()));
                        }),
                broken(
                        "alpha-one-mask-for-the-batch",
                        "MASK-2",
                        "draws one mask and uses it for every example",
                        AlphaMutants::shared),
                broken("alpha-in-evaluation", "EVAL-1", "drops in evaluation too", AlphaMutants::evaluated));
    }

    private static Mutant broken(String name, String requirement, String what, Defect defect) {
        return BrokenOperation.mutant(new Alpha(), name, requirement, what, defect);
    }

    private static double a(double rate) {
        return AlphaDropout.scale(rate);
    }

    /** The output for v by the right map. */
    private static double map(double v, double rate) {
        return a(rate) * (v - rate * ALPHA);
    }

    private interface Dropped {
        double at(double rate);
    }

    private interface Gradient {
        double of(double dy, boolean kept, double rate);
    }

    private interface Function {
        double of(double value);
    }

    private static boolean isMapped(OperationCall call) {
        return call.training() && call.rate() > 0 && call.rate() < 1;
    }

    private static OperationCall keeping(OperationCall call) {
        return call.has("mask")
                ? call
                : call.with("mask", Tensor.full(DType.BOOL, call.tensor("input").shape(), 1));
    }

    /** A defect that puts out other values for kept and for dropped elements. */
    private static Defect computed(DoubleBinaryOperator kept, Dropped dropped) {
        return (call, dropout, sound) -> {
            OperationResult result = sound.answer(call, dropout);
            if (!isMapped(call)) {
                return result;
            }
            Tensor x = call.tensor("input");
            Tensor mask = result.tensor("mask").broadcastTo(x.shape());
            Tensor.Builder y = Tensor.builder(x.dtype(), x.shape());
            for (int i = 0; i < x.size(); i++) {
                double value =
                        mask.bool(i) != 0 ? kept.applyAsDouble(x.value(i), call.rate()) : dropped.at(call.rate());
                y.setBits(i, x.dtype().round(value));
            }
            return result.with("output", y.build());
        };
    }

    private static Defect gradient(Gradient gradient) {
        return (call, dropout, sound) -> {
            OperationResult result = sound.answer(call, dropout);
            if (!isMapped(call) || !call.has("grad_output")) {
                return result;
            }
            Tensor dy = call.tensor("grad_output");
            Tensor mask = result.tensor("mask").broadcastTo(dy.shape());
            Tensor.Builder dx = Tensor.builder(dy.dtype(), dy.shape());
            for (int i = 0; i < dy.size(); i++) {
                dx.setBits(i, dy.dtype().round(gradient.of(dy.value(i), mask.bool(i) != 0, call.rate())));
            }
            return result.with("grad_input", dx.build());
        };
    }

    private static Tensor mapped(Tensor tensor, Function function) {
        Tensor.Builder mapped = Tensor.builder(tensor.dtype(), tensor.shape());
        for (int i = 0; i < tensor.size(); i++) {
            mapped.setBits(i, tensor.dtype().round(function.of(tensor.value(i))));
        }
        return mapped.build();
    }

    private static OperationResult shared(OperationCall call, Dropout dropout, Operation sound) {
        Shape shape = call.tensor("input").shape();
        if (!call.training() || call.has("mask") || call.has("noise_shape") || shape.rank() < 2) {
            return sound.answer(call, dropout);
        }
        int[] one = shape.extents();
        one[0] = 1;
        Tensor mask = dropout.drawMask(Shape.of(one), call.rate()).broadcastTo(shape);
        return sound.answer(call.with("mask", mask), dropout);
    }

    private static OperationResult evaluated(OperationCall call, Dropout dropout, Operation sound) {
        return call.rate() < 1 ? sound.answer(call.with("training", true), dropout) : sound.answer(call, dropout);
    }
}
