package org.dropoutspec.mutant;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Backward passes that come later than their calls, and use what another call left behind. */
final class RetainedCallMutants {
    private RetainedCallMutants() {}

    static List<Mutant> all() {
        return List.of(
                new Mutant(
                        "backward-of-the-last-forward",
                        "BWD-11",
                        "keeps one mask, that of the last call",
                        LastMask::new),
                new Mutant(
                        "backward-mask-by-shape",
                        "BWD-11",
                        "keeps a mask for each shape, that of the last call that had it",
                        MaskByShape::new),
                new Mutant(
                        "backward-rate-of-the-last-call",
                        "BWD-11",
                        "keeps the mask and reads the rate when the backward pass comes",
                        LastRate::new),
                new Mutant(
                        "release-of-the-last-call",
                        "BWD-11",
                        "lets go of the call that was retained last, whichever is named",
                        WrongRelease::new),
                new Mutant(
                        "backward-unmasked-after-evaluation",
                        "BWD-11",
                        "forgets its masks in evaluation",
                        ForgottenInEvaluation::new),
                new Mutant(
                        "backward-of-eight-calls",
                        "BWD-11",
                        "has room for the masks of eight calls, and takes the eighth last for the ninth",
                        EightMasks::new),
                new Mutant(
                        "backward-of-the-restored-state",
                        "BWD-11",
                        "draws the mask again for the backward pass from where its stream stood, which a restored state moves",
                        DrawnAgain::new));
    }

    private static final class LastMask extends SoundLayers {
        private @Nullable OperationCall last;

        LastMask(long seed) {
            super(seed);
        }

        @Override
        protected void retain(long id, OperationCall call) {
            super.retain(id, call);
            last = call;
        }

        @Override
        protected OperationCall take(long id) {
            OperationCall call = super.take(id);
            return last != null
                            && last.has("mask")
                            && call.has("mask")
                            && last.tensor("mask")
                                    .shape()
                                    .equals(call.tensor("mask").shape())
                    ? call.with("mask", last.tensor("mask"))
                    : call;
        }
    }

    private static final class MaskByShape extends SoundLayers {
        private final Map<Shape, Tensor> masks = new HashMap<>();

        MaskByShape(long seed) {
            super(seed);
        }

        @Override
        protected OperationResult called(OperationCall call) {
            OperationResult result = super.called(call);
            result.optionalTensor("mask").ifPresent(mask -> masks.put(mask.shape(), mask));
            return result;
        }

        @Override
        protected OperationCall take(long id) {
            OperationCall call = super.take(id);
            return call.has("mask")
                    ? call.with(
                            "mask",
                            Optional.ofNullable(masks.get(call.tensor("mask").shape())))
                    : call;
        }
    }

    private static final class EightMasks extends SoundLayers {
        private final Map<Long, Tensor> ring = new HashMap<>();

        EightMasks(long seed) {
            super(seed);
        }

        @Override
        protected void retain(long id, OperationCall call) {
            super.retain(id, call);
            call.optionalTensor("mask").ifPresent(mask -> ring.put(id % 8, mask));
        }

        @Override
        protected OperationCall take(long id) {
            OperationCall call = super.take(id);
            Tensor mask = ring.get(id % 8);
            return mask != null
                            && call.has("mask")
                            && mask.shape().equals(call.tensor("mask").shape())
                    ? call.with("mask", mask)
                    : call;
        }
    }

    private static final class DrawnAgain extends SoundLayers {
        private long last;
        private long moved;

        DrawnAgain(long seed) {
            super(seed);
        }

        @Override
        protected void retain(long id, OperationCall call) {
            super.retain(id, call);
            last = id;
        }

        @Override
        protected void restore(String state) {
            super.restore(state);
            moved = last;
        }

        @Override
        protected OperationCall take(long id) {
            OperationCall call = super.take(id);
            return id <= moved && call.has("mask") ? call.without("mask") : call;
        }
    }

    private static final class LastRate extends SoundLayers {
        private double rate;

        LastRate(long seed) {
            super(seed);
        }

        @Override
        protected OperationResult called(OperationCall call) {
            OperationResult result = super.called(call);
            rate = call.rate();
            return result;
        }

        @Override
        protected OperationCall take(long id) {
            return super.take(id).with("rate", rate);
        }
    }

    private static final class WrongRelease extends SoundLayers {
        private long last;

        WrongRelease(long seed) {
            super(seed);
        }

        @Override
        protected void retain(long id, OperationCall call) {
            super.retain(id, call);
            last = id;
        }

        @Override
        protected void release(long id) {
            super.release(last);
        }
    }

    private static final class ForgottenInEvaluation extends SoundLayers {
        private boolean forgotten;

        ForgottenInEvaluation(long seed) {
            super(seed);
        }

        @Override
        protected OperationResult called(OperationCall call) {
            forgotten = !call.training();
            return super.called(call);
        }

        @Override
        protected OperationCall take(long id) {
            OperationCall call = super.take(id);
            return forgotten && call.has("mask")
                    ? call.with(
                            "mask", Tensor.full(DType.BOOL, call.tensor("mask").shape(), 1))
                    : call;
        }
    }
}
