package org.dropoutspec.operation.dropconnect;

import java.util.List;
import org.dropoutspec.implementation.Choices.WeightMask;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.mutant.Mutant;
import org.dropoutspec.operation.BrokenOperation;
import org.dropoutspec.operation.BrokenOperation.Defect;
import org.dropoutspec.operation.Operation;
import org.dropoutspec.reference.Dropout;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Broken DropConnect. */
final class ConnectMutants {
    private ConnectMutants() {}

    static List<Mutant> all() {
        return List.of(
                broken(
                        "dropconnect-on-activations",
                        "CONN-1",
                        "drops what the layer puts out and not its weights",
                        ConnectMutants::onActivations),
                broken(
                        "dropconnect-not-rescaled",
                        "CONN-1",
                        "leaves the weights that it keeps unscaled in training",
                        (call, dropout, sound) ->
                                call.training() ? scaled(call, dropout, sound, 1) : sound.answer(call, dropout)),
                broken(
                        "dropconnect-mask-an-example-undeclared",
                        "CONN-1",
                        "draws a mask for each example where it declares one a call",
                        ConnectMutants::anExample),
                broken(
                        "dropconnect-bias-masked",
                        "CONN-2",
                        "drops elements of the bias too",
                        ConnectMutants::biasMasked),
                broken(
                        "dropconnect-bias-scaled",
                        "CONN-2",
                        "scales the bias like the weights",
                        ConnectMutants::biasScaled),
                broken(
                        "dropconnect-one-mask-for-all-rows",
                        "MASK-2",
                        "drops the same weights in every row of the matrix",
                        (call, dropout, sound) -> drawn(call, dropout, sound, ConnectMutants::oneRow)),
                BrokenOperation.mutant(
                        new DropConnect(WeightMask.EXAMPLE),
                        "dropconnect-one-mask-for-all-examples",
                        "MASK-2",
                        "declares a mask for each example and draws one for all",
                        (call, dropout, sound) -> drawn(call, dropout, sound, ConnectMutants::oneExample)),
                broken(
                        "dropconnect-mask-of-32-inputs",
                        "MASK-2",
                        "repeats the mask of the first 32 inputs, as one word of random bits for a row does",
                        (call, dropout, sound) -> drawn(call, dropout, sound, ConnectMutants::of32Inputs)),
                broken(
                        "dropconnect-weight-gradient-unmasked",
                        "CONN-3",
                        "gives weights that it dropped a gradient",
                        (call, dropout, sound) -> unmasked(call, dropout, sound, "grad_weight")),
                broken(
                        "dropconnect-input-gradient-unmasked",
                        "CONN-4",
                        "sends the gradient of the input through weights that it dropped",
                        (call, dropout, sound) -> unmasked(call, dropout, sound, "grad_input")),
                broken(
                        "dropconnect-bias-gradient-scaled",
                        "CONN-5",
                        "scales the gradient of the bias like that of the weights",
                        (call, dropout, sound) -> {
                            OperationResult result = sound.answer(call, dropout);
                            return call.training() && call.has("grad_output")
                                    ? result.with("grad_bias", times(result.tensor("grad_bias"), 1 / (1 - call.rate())))
                                    : result;
                        }),
                broken(
                        "dropconnect-mask-transposed",
                        "CONN-6",
                        "reports the mask as [I, O]",
                        (call, dropout, sound) -> {
                            OperationResult result = sound.answer(call, dropout);
                            return result.has("mask")
                                    ? result.with("mask", result.tensor("mask").permuted(1, 0))
                                    : result;
                        }),
                broken(
                        "dropconnect-evaluation-gradient-scaled",
                        "CONN-7",
                        "scales the gradients in evaluation as in training",
                        (call, dropout, sound) -> {
                            OperationResult result = sound.answer(call, dropout);
                            return call.training() || !call.has("grad_output")
                                    ? result
                                    : result.with(
                                            "grad_weight", times(result.tensor("grad_weight"), 1 / (1 - call.rate())));
                        }),
                broken(
                        "dropconnect-dropped-in-evaluation",
                        "EVAL-1",
                        "drops weights in evaluation too",
                        (call, dropout, sound) -> sound.answer(call.with("training", true), dropout)));
    }

    private static Mutant broken(String name, String requirement, String what, Defect defect) {
        return BrokenOperation.mutant(new DropConnect(), name, requirement, what, defect);
    }

    private static boolean draws(OperationCall call) {
        return call.training() && !call.has("mask");
    }

    /** Drops elements of the output, and reports the mask of the weights that the first examples show. */
    private static OperationResult onActivations(OperationCall call, Dropout dropout, Operation sound) {
        if (!draws(call)) {
            return sound.answer(call, dropout);
        }
        Shape weight = call.tensor("weight").shape();
        int examples = call.tensor("input").shape().extent(0);
        int outputs = weight.extent(0);
        Tensor whole = Tensor.full(DType.BOOL, weight, 1);
        OperationCall unbiased =
                call.with("bias", Tensor.full(call.tensor("bias").dtype(), Shape.of(outputs), 0));
        Tensor dense =
                DropConnect.answer(unbiased.without("grad_output"), whole, 1).tensor("output");
        Tensor mask = dropout.drawMask(dense.shape(), call.rate());
        Tensor dropped = Dropout.forward(dense, mask, call.rate());
        double[] y = dropped.values();
        for (int i = 0; i < y.length; i++) {
            y[i] += call.tensor("bias").value(i % outputs);
        }
        boolean[] shown = new boolean[weight.size()];
        for (int i = 0; i < shown.length; i++) {
            int example = i % weight.extent(1) % examples;
            shown[i] = mask.bool(example * outputs + i / weight.extent(1)) != 0;
        }
        return sound.answer(call, dropout)
                .with("output", Tensor.of(dense.dtype(), dense.shape(), y))
                .with("mask", Tensor.ofBooleans(weight, shown));
    }

    private static OperationResult scaled(OperationCall call, Dropout dropout, Operation sound, double scale) {
        Tensor mask = sound.answer(call, dropout).tensor("mask");
        return DropConnect.answer(call, mask, scale).with("mask", mask);
    }

    /** Draws a mask for each example and, like {@link #onActivations}, reports the mask of the weights that shows. */
    private static OperationResult anExample(OperationCall call, Dropout dropout, Operation sound) {
        if (!draws(call) || call.rate() == 1) {
            return sound.answer(call, dropout);
        }
        Shape weight = call.tensor("weight").shape();
        int examples = call.tensor("input").shape().extent(0);
        Tensor masks = dropout.drawMask(Shape.of(examples, weight.extent(0), weight.extent(1)), call.rate());
        boolean[] shown = new boolean[weight.size()];
        for (int i = 0; i < shown.length; i++) {
            shown[i] = masks.bool(i % weight.extent(1) % examples * shown.length + i) != 0;
        }
        return DropConnect.answer(call, masks, 1 / (1 - call.rate())).with("mask", Tensor.ofBooleans(weight, shown));
    }

    private static OperationResult biasMasked(OperationCall call, Dropout dropout, Operation sound) {
        if (!call.training()) {
            return sound.answer(call, dropout);
        }
        Tensor bias = call.tensor("bias");
        OperationResult result = sound.answer(call, dropout);
        OperationCall dropped =
                call.with("bias", Dropout.forward(bias, dropout.drawMask(bias.shape(), call.rate()), call.rate()));
        return result.with(
                "output",
                sound.answer(dropped.with("mask", result.tensor("mask")), dropout)
                        .tensor("output"));
    }

    private static OperationResult biasScaled(OperationCall call, Dropout dropout, Operation sound) {
        return call.training() && call.rate() < 1
                ? sound.answer(call.with("bias", times(call.tensor("bias"), 1 / (1 - call.rate()))), dropout)
                : sound.answer(call, dropout);
    }

    private static OperationResult unmasked(OperationCall call, Dropout dropout, Operation sound, String gradient) {
        OperationResult result = sound.answer(call, dropout);
        if (!call.training() || !call.has("grad_output")) {
            return result;
        }
        Tensor whole = Tensor.full(DType.BOOL, call.tensor("weight").shape(), 1);
        return result.with(
                gradient, DropConnect.answer(call, whole, 1 / (1 - call.rate())).tensor(gradient));
    }

    private static Tensor times(Tensor tensor, double factor) {
        double[] values = tensor.values();
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
        return Tensor.of(tensor.dtype(), tensor.shape(), values);
    }

    /** Changes a drawn mask. */
    private interface Change {
        Tensor of(Tensor mask);
    }

    private static OperationResult drawn(OperationCall call, Dropout dropout, Operation sound, Change change) {
        if (!draws(call)) {
            return sound.answer(call, dropout);
        }
        Tensor mask = dropout.drawMask(((DropConnect) sound).maskShape(call), call.rate());
        return sound.answer(call.with("mask", change.of(mask)), dropout);
    }

    private static Tensor oneRow(Tensor mask) {
        return repeated(mask, mask.shape().extent(1));
    }

    private static Tensor of32Inputs(Tensor mask) {
        int inputs = mask.shape().extent(1);
        boolean[] kept = new boolean[mask.size()];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = mask.bool(i - i % inputs + i % inputs % 32) != 0;
        }
        return Tensor.ofBooleans(mask.shape(), kept);
    }

    private static Tensor oneExample(Tensor mask) {
        return repeated(mask, mask.shape().extent(1) * mask.shape().extent(2));
    }

    private static Tensor repeated(Tensor mask, int period) {
        boolean[] kept = new boolean[mask.size()];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = mask.bool(i % period) != 0;
        }
        return Tensor.ofBooleans(mask.shape(), kept);
    }
}
