package org.dropoutspec.mutant;

import java.util.List;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.tensor.Shape;

/** Backward passes that draw, that recompute the forward pass wrongly, or that are never released. */
final class RetainMutants {
    private RetainMutants() {}

    static List<Mutant> all() {
        return List.of(
                new Mutant(
                        "recompute-draws-anew",
                        "BWD-12",
                        "draws another mask when it computes the forward pass again",
                        seed -> new Recomputing(seed, true)),
                new Mutant(
                        "recompute-advances-the-stream",
                        "BWD-12",
                        "computes the forward pass again with the same mask, and leaves the stream after it one draw on",
                        seed -> new Recomputing(seed, false)),
                new Mutant(
                        "backward-draws",
                        "BWD-13",
                        "draws a mask in the backward pass and does not use it",
                        BackwardDraws::new),
                new Mutant(
                        "backward-twice",
                        "BWD-14",
                        "answers the backward pass of a call as often as it is asked",
                        BackwardTwice::new),
                new Mutant(
                        "retained-never-freed",
                        "BWD-15",
                        "has room for 64 calls, and never lets go of one",
                        NeverFreed::new));
    }

    private static final class Recomputing extends SoundLayers {
        private final boolean anew;

        Recomputing(long seed, boolean anew) {
            super(seed);
            this.anew = anew;
        }

        @Override
        protected OperationResult called(OperationCall call) {
            OperationResult result = super.called(call);
            if (!call.flag("recompute")) {
                return result;
            }
            int instance = call.instance();
            OperationResult again = sound(call, layer(instance));
            return anew ? result.with("grad_input", again.tensor("grad_input")) : result;
        }
    }

    private static final class BackwardDraws extends SoundLayers {
        BackwardDraws(long seed) {
            super(seed);
        }

        @Override
        protected OperationResult backward(OperationCall asked) {
            layer(0).drawMask(Shape.of(1), 0.5);
            return super.backward(asked);
        }
    }

    private static final class BackwardTwice extends SoundLayers {
        BackwardTwice(long seed) {
            super(seed);
        }

        @Override
        protected OperationCall take(long id) {
            OperationCall call = super.take(id);
            retain(id, call);
            return call;
        }

        @Override
        protected void release(long id) {
            super.take(id);
        }
    }

    private static final class NeverFreed extends SoundLayers {
        private int room = 64;

        NeverFreed(long seed) {
            super(seed);
        }

        @Override
        protected void retain(long id, OperationCall call) {
            if (room-- == 0) {
                throw new IllegalArgumentException("retain (true) must be of no more than 64 calls");
            }
            super.retain(id, call);
        }
    }
}
