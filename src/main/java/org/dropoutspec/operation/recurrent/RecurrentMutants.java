package org.dropoutspec.operation.recurrent;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dropoutspec.implementation.Choices.Scaling;
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

/** Broken recurrent dropout. */
final class RecurrentMutants {
    private static final List<String> MASKS = List.of("mask", "recurrent_mask");

    private RecurrentMutants() {}

    static List<Mutant> all() {
        return List.of(
                broken(
                        "rnn-input-mask-each-step",
                        "RNN-2",
                        "draws the input's mask anew at each step",
                        (call, dropout, sound) -> eachStep(call, dropout, sound, true, false)),
                broken(
                        "rnn-recurrent-mask-each-step",
                        "RNN-2",
                        "draws the recurrent mask anew at each step",
                        (call, dropout, sound) -> eachStep(call, dropout, sound, false, true)),
                new Mutant(
                        "rnn-masks-kept-between-sequences",
                        RecurrentDropout.NAME,
                        "MASK-3",
                        "keeps its masks for the next sequence of the same shape, as tensorflow#29391 tells",
                        seed -> new BrokenOperation(new RecurrentDropout(), seed, new Kept())),
                broken(
                        "rnn-one-mask-for-both",
                        "MASK-2",
                        "drops of the state what it drops of the input, where both have the same size",
                        RecurrentMutants::oneForBoth),
                broken(
                        "rnn-recurrent-rate-ignored",
                        "MASK-1",
                        "drops the recurrent connection at the input's rate",
                        (call, dropout, sound) -> rates(call, dropout, sound, call.rate(), call.rate())),
                broken(
                        "rnn-rates-exchanged",
                        "MASK-1",
                        "takes each of the two rates for the other",
                        (call, dropout, sound) ->
                                rates(call, dropout, sound, call.number("recurrent_rate"), call.rate())),
                broken(
                        "rnn-recurrent-dropout-without-effect",
                        "RATE-8",
                        "drops nothing of the state, as keras#19395 tells",
                        (call, dropout, sound) -> rates(call, dropout, sound, call.rate(), 0)),
                broken(
                        "rnn-output-masked",
                        "RNN-1",
                        "puts out the state as the recurrent mask leaves it",
                        RecurrentMutants::outputMasked),
                broken(
                        "rnn-not-rescaled",
                        "RNN-1",
                        "leaves what it keeps unscaled in training",
                        RecurrentMutants::notRescaled),
                broken(
                        "rnn-masks-shared-between-examples",
                        "MASK-2",
                        "drops the same in every example of a batch",
                        RecurrentMutants::shared),
                broken(
                        "rnn-input-gradient-unmasked",
                        "RNN-3",
                        "gives elements of the input that it dropped a gradient, by a pass without the mask",
                        (call, dropout, sound) -> inputUnmasked(call, dropout, sound, "grad_input")),
                broken(
                        "rnn-gradient-of-one-step",
                        "RNN-3",
                        "stops the gradient between steps",
                        RecurrentMutants::oneStep),
                broken(
                        "rnn-input-weight-gradient-unmasked",
                        "RNN-4",
                        "computes the gradient of W by a pass without the mask of the input",
                        (call, dropout, sound) -> inputUnmasked(call, dropout, sound, "grad_weight_input")),
                broken(
                        "rnn-recurrent-weight-gradient-unmasked",
                        "RNN-5",
                        "computes the gradient of U by a pass without the recurrent mask",
                        RecurrentMutants::recurrentUnmasked),
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

    private static boolean draws(OperationCall call) {
        return call.training() && !call.has("mask");
    }

    /** The state, unrolled with masks of its own for each step; the masks of the second step are reported. */
    private static OperationResult eachStep(
            OperationCall call, Dropout dropout, Operation sound, boolean input, boolean recurrent) {
        OperationResult result = sound.answer(call, dropout);
        SequenceExtents extents = SequenceExtents.of(call);
        if (!draws(call) || extents.steps() == 1 || call.rate() == 1 || call.number("recurrent_rate") == 1) {
            return result;
        }
        Tensor in = result.tensor("mask");
        Tensor back = result.tensor("recurrent_mask");
        Unrolled cell =
                new Unrolled(call, Tensor.full(call.tensor("input").dtype(), extents.output(), 0), Scaling.INVERTED);
        for (int step = 0; step < extents.steps(); step++) {
            if (step > 0 && input) {
                in = dropout.drawMask(extents.mask(), call.rate());
            }
            if (step > 1 && recurrent) {
                back = dropout.drawMask(extents.recurrentMask(), call.number("recurrent_rate"));
            }
            unroll(cell, step, in, back);
        }
        Tensor.Builder output = Tensor.builder(call.tensor("input").dtype(), extents.output());
        for (int i = 0; i < cell.h.length; i++) {
            output.setBits(i, call.tensor("input").dtype().round(cell.h[i]));
        }
        return result.with("output", output.build());
    }

    private static void unroll(Unrolled cell, int step, Tensor in, Tensor back) {
        SequenceExtents extents = cell.extents;
        for (int i = 0; i < cell.in.length; i++) {
            cell.in[i] = in.bool(i) != 0;
        }
        for (int i = 0; i < cell.back.length; i++) {
            cell.back[i] = back.bool(i) != 0;
        }
        for (int at = 0; at < extents.examples() * extents.states(); at++) {
            int example = at / extents.states();
            int state = at % extents.states();
            double a = cell.bias[state];
            for (int i = 0; i < extents.inputs(); i++) {
                a += cell.w[state * extents.inputs() + i] * cell.taken(step, example, i);
            }
            for (int j = 0; j < extents.states(); j++) {
                a += cell.u[state * extents.states() + j] * cell.takenBack(step, example, j);
            }
            cell.h[cell.index(step, example, state)] = Math.tanh(a);
        }
    }

    /** Masks by rates and shape, kept for as long as they fit. */
    private static final class Kept implements Defect {
        private final Map<String, OperationResult> before = new HashMap<>();

        @Override
        public OperationResult answer(OperationCall call, Dropout dropout, Operation sound) {
            if (!draws(call) || call.has("seed")) {
                return sound.answer(call, dropout);
            }
            String key = call.rate() + " " + call.number("recurrent_rate") + " " + SequenceExtents.of(call);
            OperationResult kept = before.computeIfAbsent(key, fresh -> sound.answer(call, dropout));
            return sound.answer(with(call, kept.tensor("mask"), kept.tensor("recurrent_mask")), dropout);
        }
    }

    private static OperationCall with(OperationCall call, Tensor mask, Tensor recurrent) {
        return call.with("mask", mask).with("recurrent_mask", recurrent);
    }

    private static OperationResult oneForBoth(OperationCall call, Dropout dropout, Operation sound) {
        SequenceExtents extents = SequenceExtents.of(call);
        if (!draws(call) || extents.inputs() != extents.states() || call.rate() != call.number("recurrent_rate")) {
            return sound.answer(call, dropout);
        }
        Tensor mask = dropout.drawMask(extents.mask(), call.rate());
        return sound.answer(with(call, mask, mask), dropout);
    }

    /** Where a rate is 1 or bad the reference sees to it. */
    private static OperationResult rates(
            OperationCall call, Dropout dropout, Operation sound, double rate, double recurrent) {
        return draws(call)
                ? sound.answer(call.with("rate", rate).with("recurrent_rate", recurrent), dropout)
                : sound.answer(call, dropout);
    }

    private static OperationResult outputMasked(OperationCall call, Dropout dropout, Operation sound) {
        OperationResult result = sound.answer(call, dropout);
        if (!call.training()) {
            return result;
        }
        Tensor mask = result.tensor("recurrent_mask");
        Tensor output = result.tensor("output");
        double[] h = output.values();
        for (int i = 0; i < h.length; i++) {
            h[i] = mask.bool(i % mask.size()) == 0 ? 0 : h[i];
        }
        return result.with("output", Tensor.of(output.dtype(), output.shape(), h));
    }

    private static OperationResult notRescaled(OperationCall call, Dropout dropout, Operation sound) {
        OperationResult result = sound.answer(call, dropout);
        if (!call.training() || call.rate() == 1 || call.number("recurrent_rate") == 1) {
            return result;
        }
        Tensor mask = result.tensor("mask");
        Tensor recurrent = result.tensor("recurrent_mask");
        return RecurrentDropout.answer(call, new ElmanCell.Masks(mask, 1, recurrent, 1))
                .with("mask", mask)
                .with("recurrent_mask", recurrent);
    }

    private static OperationResult shared(OperationCall call, Dropout dropout, Operation sound) {
        if (!draws(call)) {
            return sound.answer(call, dropout);
        }
        SequenceExtents extents = SequenceExtents.of(call);
        Tensor mask = dropout.drawMask(Shape.of(1, extents.inputs()), call.rate());
        Tensor recurrent = dropout.drawMask(Shape.of(1, extents.states()), call.number("recurrent_rate"));
        return sound.answer(
                with(call, mask.broadcastTo(extents.mask()), recurrent.broadcastTo(extents.recurrentMask())), dropout);
    }

    /** One gradient of a pass in which nothing is dropped or scaled of the input. */
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

    /** The gradient of U of a pass in which nothing is dropped or scaled of the state. */
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
