package org.dropoutspec.contract;

import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.OperationCall;

/** Something that an implementation can be asked to do, in a list of such. What there is nothing to do it to is left out. */
sealed interface Step {
    /**
     * A training call or an evaluation that has to be answered.
     *
     * @param instance of the layer, 0 to 15
     * @param retained whether it is kept for a backward pass
     * @param recomputed whether its forward pass is computed again for its backward pass
     */
    record Asked(Call call, int instance, boolean retained, boolean recomputed) implements Step {
        static Asked of(Call call) {
            return new Asked(call, 0, false, false);
        }

        Asked at(int layer) {
            return new Asked(call, layer, retained, recomputed);
        }

        Asked keep() {
            return new Asked(call, instance, true, recomputed);
        }

        Asked recompute() {
            return new Asked(call, instance, retained, true);
        }
    }

    /**
     * A call of the operation under test as a whole, without masks, that has to be answered.
     *
     * @param instance of the layer, 0 to 15
     * @param retained whether it is kept for a backward pass
     * @param recomputed whether it is asked for its gradients too, its forward pass computed again for them
     */
    record Own(OperationCall call, int instance, boolean retained, boolean recomputed) implements Step {
        static Own of(OperationCall call) {
            return new Own(call, 0, false, false);
        }

        Own at(int layer) {
            return new Own(call, layer, retained, recomputed);
        }

        Own keep() {
            return new Own(call, instance, true, recomputed);
        }

        Own recompute() {
            return new Own(call, instance, retained, true);
        }
    }

    /** A call that has to be rejected. */
    record Wrong(Call call) implements Step {}

    /** The backward pass of one of the retained calls, counted round. */
    record Backward(int which) implements Step {}

    /** One of the retained calls is let go. */
    record Release(int which) implements Step {}

    /** The state is saved. */
    record Save() implements Step {}

    /** One of the saved states is restored, counted round; it can be again. */
    record Restore(int which) implements Step {}

    /** The same in a process started anew, which has no retained calls. */
    record Elsewhere(int which) implements Step {}
}
