package org.dropoutspec.operation.recurrent;

import java.util.List;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.mutant.Mutant;
import org.dropoutspec.operation.BrokenOperation;
import org.dropoutspec.operation.BrokenOperation.Defect;
import org.dropoutspec.operation.Operation;
import org.dropoutspec.reference.Dropout;
import org.dropoutspec.reference.ElmanCell;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Recurrent dropout with wrong gradients, a wrong evaluation or wrongly reported masks. */
final class RecurrentGradientMutants {
    private static final List<String> MASKS = List.of("mask", "recurrent_mask");

    private RecurrentGradientMutants() {}

    static List<Mutant> all() {
        return List.of(
                broken(
                        "rnn-input-gradient-unmasked",
                        "RNN-3",
                        "gives elements of the input that it dropped a gradient, by a pass without the mask",
                        (call, dropout, sound) -> inputUnmasked(call, dropout, sound, "grad_input")),
                broken(
                        "rnn-gradient-of-one-step",
                        "RNN-3",
                        "stops the gradient between steps",
                        RecurrentGradientMutants::oneStep),
                broken(
                        "rnn-input-weight-gradient-unmasked",
                        "RNN-4",
                        "computes the gradient of W by a pass without the mask of the input",
                        (call, dropout, sound) -> inputUnmasked(call, dropout, sound, "grad_weight_input")),
                broken(
                        "rnn-recurrent-weight-gradient-unmasked",
                        "RNN-5",
                        "computes the gradient of U by a pass without the recurrent mask",
                        RecurrentGradientMutants::recurrentUnmasked),
                broken(
                        "rnn-bias-gradient-of-the-last-step",
                        "RNN-6",
                        "gives the bias the gradient of one step alone",
                        (call, dropout, sound) -> {
                            OperationResult result = sound.answer(call, dropout);
                            return call.has("grad_output") ? result.with("grad_bias", lastStep(call, result)) : result;
                        }),
                broken(
                        "rnn-evaluation-gradient-scaled",
                        "RNN-7",
                        "scales the gradient of U in evaluation as in training",
                        (call, dropout, sound) -> {
                            OperationResult result = sound.answer(call, dropout);
                            return call.training() || !call.has("grad_output")
                                    ? result
                                    : result.with(
                                            "grad_weight_recurrent",
                                            times(
                                                    result.tensor("grad_weight_recurrent"),
                                                    1 / (1 - call.number("recurrent_rate"))));
                        }),
                broken(
                        "rnn-dropped-in-evaluation",
                        "EVAL-1",
                        "drops in evaluation too",
                        (call, dropout, sound) -> sound.answer(call.with("training", true), dropout)),
                broken(
                        "rnn-masks-transposed",
                        "RNN-8",
                        "reports its masks as [I, B] and [H, B]",
                        (call, dropout, sound) -> {
                            OperationResult result = sound.answer(call, dropout);
                            for (String mask : call.training() ? MASKS : List.<String>of()) {
                                result = result.with(mask, result.tensor(mask).permuted(1, 0));
                            }
                            return result;
                        }));
    }

    private static Mutant broken(String name, String requirement, String what, Defect defect) {
        return BrokenOperation.mutant(new RecurrentDropout(), name, requirement, what, defect);
    }

    /** Takes one gradient from a pass in which nothing of the input is dropped or scaled. */
    private static OperationResult inputUnmasked(
            OperationCall call, Dropout dropout, Operation sound, String gradient) {
        OperationResult result = sound.answer(call, dropout);
        if (!call.training() || !call.has("grad_output")) {
            return result;
        }
        Tensor mask = result.tensor("mask");
        Tensor recurrent = result.tensor("recurrent_mask");
        ElmanCell.Masks sounds = RecurrentDropout.masks(call, mask, recurrent);
        ElmanCell.Masks whole = new ElmanCell.Masks(
                Tensor.full(DType.BOOL, mask.shape(), 1), 1, sounds.recurrent(), sounds.recurrentScale());
        return result.with(gradient, RecurrentDropout.answer(call, whole).tensor(gradient));
    }

    /** Takes the gradient of U from a pass in which nothing of the state is dropped or scaled. */
    private static OperationResult recurrentUnmasked(OperationCall call, Dropout dropout, Operation sound) {
        OperationResult result = sound.answer(call, dropout);
        if (!call.training() || !call.has("grad_output")) {
            return result;
        }
        Tensor mask = result.tensor("mask");
        Tensor recurrent = result.tensor("recurrent_mask");
        ElmanCell.Masks sounds = RecurrentDropout.masks(call, mask, recurrent);
        ElmanCell.Masks whole = new ElmanCell.Masks(
                sounds.input(), sounds.inputScale(), Tensor.full(DType.BOOL, recurrent.shape(), 1), 1);
        return result.with(
                "grad_weight_recurrent", RecurrentDropout.answer(call, whole).tensor("grad_weight_recurrent"));
    }

    /** The gradient of the input as if no state had come back. */
    private static OperationResult oneStep(OperationCall call, Dropout dropout, Operation sound) {
        OperationResult result = sound.answer(call, dropout);
        if (!call.has("grad_output")) {
            return result;
        }
        SequenceExtents extents = SequenceExtents.of(call);
        Tensor mask = call.training() ? result.tensor("mask") : Tensor.full(DType.BOOL, extents.mask(), 1);
        double scale = call.training() && call.rate() < 1 ? 1 / (1 - call.rate()) : 1;
        double[] w = call.tensor("weight_input").values();
        double[] h = result.tensor("output").values();
        double[] dy = call.tensor("grad_output").values();
        double[] dx = new double[call.tensor("input").size()];
        for (int at = 0; at < dx.length; at++) {
            int row = at / extents.inputs();
            boolean kept = mask.bool(at % mask.size()) != 0 && !(call.training() && call.rate() == 1);
            for (int k = 0; k < extents.states() && kept; k++) {
                int state = row * extents.states() + k;
                dx[at] +=
                        w[k * extents.inputs() + at % extents.inputs()] * scale * dy[state] * (1 - h[state] * h[state]);
            }
        }
        Tensor x = call.tensor("input");
        return result.with("grad_input", Tensor.of(x.dtype(), x.shape(), dx));
    }

    private static Tensor lastStep(OperationCall call, OperationResult result) {
        SequenceExtents extents = SequenceExtents.of(call);
        double[] h = result.tensor("output").values();
        double[] dy = call.tensor("grad_output").values();
        double[] bias = new double[extents.states()];
        int last = (extents.steps() - 1) * extents.examples() * extents.states();
        for (int at = last; at < h.length; at++) {
            bias[at % bias.length] += dy[at] * (1 - h[at] * h[at]);
        }
        DType dtype = call.tensor("input").dtype();
        return Tensor.of(dtype, Shape.of(bias.length), bias);
    }

    private static Tensor times(Tensor tensor, double factor) {
        double[] values = tensor.values();
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
        return Tensor.of(tensor.dtype(), tensor.shape(), values);
    }
}
