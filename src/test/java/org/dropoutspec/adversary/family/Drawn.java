package org.dropoutspec.adversary.family;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.operation.BrokenOperation.Defect;
import org.dropoutspec.reference.Dropout;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/**
 * A mask, or noise, that a sound implementation drew for a call.
 *
 * @param name of the field that it is reported in
 * @param number of the mask where there are several of a name, else 0
 */
record Drawn(OperationCall call, String name, int number, Tensor mask, Dropout dropout) {
    /** What takes its place. */
    interface Change {
        Tensor of(Drawn drawn);
    }

    /** An implementation whose masks are other than a sound one's, and which is sound given these. */
    static Defect changed(Change change) {
        return (call, dropout, sound) -> {
            OperationResult result = sound.answer(call, dropout);
            if (!call.training() || given(call)) {
                return result;
            }
            OperationCall again = call;
            for (String name : List.of("mask", "recurrent_mask", "noise")) {
                if (result.has(name)) {
                    again = again.with(name, changed(change, new Drawn(call, name, 0, result.tensor(name), dropout)));
                }
            }
            if (result.has("masks")) {
                List<Tensor> masks = new ArrayList<>();
                List<Tensor> drawn = result.tensors("masks");
                for (int i = 0; i < drawn.size(); i++) {
                    masks.add(changed(change, new Drawn(call, "masks", i, drawn.get(i), dropout)));
                }
                again = again.with("masks", masks);
            }
            return sound.answer(again, dropout);
        };
    }

    /** At rate 1 nothing is drawn that could be another. */
    private static Tensor changed(Change change, Drawn drawn) {
        return drawn.rate() == 1 || drawn.size() == 0 ? drawn.mask() : change.of(drawn);
    }

    static boolean given(OperationCall call) {
        return call.has("mask") || call.has("recurrent_mask") || call.has("noise") || call.has("masks");
    }

    int size() {
        return mask.size();
    }

    boolean kept(int index) {
        return mask.bool(index) != 0;
    }

    /** The extent of the last axis. */
    int columns() {
        int rank = mask.shape().rank();
        return rank == 0 ? 1 : mask.shape().extent(rank - 1);
    }

    /** The extent of the last axis but one. */
    int rows() {
        int rank = mask.shape().rank();
        return rank < 2 ? 1 : mask.shape().extent(rank - 2);
    }

    Tensor with(IntPredicate kept) {
        boolean[] all = new boolean[size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = kept.test(i);
        }
        return Tensor.ofBooleans(mask.shape(), all);
    }

    /** Another mask of a shape, at the rate of the call. */
    Tensor another(Shape shape) {
        return dropout.drawMask(shape, rate());
    }

    double rate() {
        if (call.has("rate")) {
            return name.equals("recurrent_mask") ? call.number("recurrent_rate") : call.rate();
        }
        int drops = 0;
        for (Object layer : (List<?>) call.required("layers")) {
            Object drop = ((java.util.Map<?, ?>) layer).get("dropout");
            if (drop != null && drops++ == number) {
                return (Double) ((java.util.Map<?, ?>) drop).get("rate");
            }
        }
        throw new IllegalStateException("no layer " + number);
    }
}
