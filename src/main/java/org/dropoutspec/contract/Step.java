package org.dropoutspec.contract;

import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.OperationCall;

/**
 * One of a list of things that an implementation is asked to do in turn. A step is left out if what it needs, such as a
 * retained call, is not there.
 */
sealed interface Step {
    /**
     * How a call is put.
     *
     * @param instance the number of the layer, 0 to 15
     * @param retained whether the call is kept for a backward pass
     * @param recomputed whether its forward pass is computed again for its gradients
     * @param inPlace whether its output goes into the buffer of its input
     */
    record How(int instance, boolean retained, boolean recomputed, boolean inPlace) {
        static final How PLAIN = new How(0, false, false, false);

        /** The call with the fields that say so, except for {@code retain}. */
        OperationCall of(OperationCall plain) {
            OperationCall call = instance > 0 ? plain.with("instance", (long) instance) : plain;
            call = recomputed ? call.with("recompute", true) : call;
            return inPlace ? call.with("in_place", true) : call;
        }

        How at(int layer) {
            return new How(layer, retained, recomputed, inPlace);
        }

        How keep() {
            return new How(instance, true, recomputed, inPlace);
        }

        /** The same, recomputed or not; a recomputed call is not in place, since it needs its input again. */
        How recompute(boolean again) {
            return new How(instance, retained, again, inPlace && !again);
        }

        How writeOver() {
            return new How(instance, retained, false, true);
        }
    }

    /** Whether the step is an evaluation, which draws nothing. */
    default boolean isEvaluation() {
        return false;
    }

    /** A call that has to be answered. */
    sealed interface Put<P extends Put<P>> extends Step {
        How how();

        /** The same call, put in another way. */
        P how(How other);

        default P at(int layer) {
            return how(how().at(layer));
        }

        default P keep() {
            return how(how().keep());
        }

        default P recompute(boolean again) {
            return how(how().recompute(again));
        }

        default P writeOver() {
            return how(how().writeOver());
        }
    }

    /** A training call or an evaluation. */
    record Asked(Call call, How how) implements Put<Asked> {
        static Asked of(Call call) {
            return new Asked(call, How.PLAIN);
        }

        @Override
        public boolean isEvaluation() {
            return !call.training();
        }

        Asked with(Call other) {
            return new Asked(other, how);
        }

        @Override
        public Asked how(How other) {
            return new Asked(call, other);
        }
    }

    /** A call of the operation under test as a whole, without masks; where it is recomputed, with its gradients. */
    record Own(OperationCall call, How how) implements Put<Own> {
        static Own of(OperationCall call) {
            return new Own(call, How.PLAIN);
        }

        @Override
        public boolean isEvaluation() {
            return !call.training();
        }

        Own with(OperationCall other) {
            return new Own(other, how);
        }

        @Override
        public Own how(How other) {
            return new Own(call, other);
        }
    }

    /** A call of this layer that has to be rejected. */
    record Wrong(Call call, int instance) implements Step {}

    /** The backward pass of one of the retained calls, counted modulo their number. */
    record Backward(int which) implements Step {}

    /** One of the retained calls, counted so too, is released. */
    record Release(int which) implements Step {}

    /** The state is saved. */
    record Save() implements Step {}

    /** One of the saved states, counted modulo their number, is restored; it can be restored again. */
    record Restore(int which) implements Step {}

    /** The same in a process started anew, which has no retained calls. */
    record Elsewhere(int which) implements Step {}
}
