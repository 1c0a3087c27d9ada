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
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Recurrent dropout with wrong masks, or with wrong computations under its masks. */
final class RecurrentMaskMutants {
    private RecurrentMaskMutants() {}

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
                        RecurrentMaskMutants::oneForBoth),
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
                        RecurrentMaskMutants::outputMasked),
                broken(
                        "rnn-not-rescaled",
                        "RNN-1",
                        "leaves what it keeps unscaled in training",
                        RecurrentMaskMutants::notRescaled),
                broken(
                        "rnn-masks-shared-between-examples",
                        "MASK-2",
                        "drops the same in every example of a batch",
                        RecurrentMaskMutants::shared));
    }

    private static Mutant broken(String name, String requirement, String what, Defect defect) {
        return BrokenOperation.mutant(new RecurrentDropout(), name, requirement, what, defect);
    }

    private static boolean draws(OperationCall call) {
        return call.training() && !call.has("mask");
    }

    /** Unrolls the cell with masks of its own for each step; reports the first input mask and first recurrent mask. */
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

    /** Keeps masks by rates and shape, for as long as they fit. */
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

    /** Draws at other rates; the reference deals with a rate that is 1 or bad. */
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
}
