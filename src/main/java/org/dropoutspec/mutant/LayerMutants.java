package org.dropoutspec.mutant;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.implementation.RejectedCall;
import org.dropoutspec.reference.Dropout;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Layers, processes and retained calls that go wrong only after many calls, large calls or calls of other layers. */
final class LayerMutants {
    private static final int LARGE = 1 << 15;
    private static final int RING = 200;

    private LayerMutants() {}

    static List<Mutant> all() {
        return List.of(
                new Mutant(
                        "backward-of-the-last-200-calls",
                        "BWD-11",
                        "has room for the masks of the last 200 calls, retained or not",
                        LastMasks::new),
                new Mutant(
                        "backward-of-large-calls-draws-anew",
                        "BWD-11",
                        "draws the mask of a retained call again from 2^15 elements on",
                        LargeDrawnAgain::new),
                new Mutant(
                        "rejected-call-lets-go-of-another",
                        "BWD-11",
                        "lets go of the call that was retained last when a call that is to be retained is rejected",
                        LetsGo::new),
                new Mutant(
                        "recompute-leaves-other-layers-behind",
                        "BWD-12",
                        "sets the stream of any layer but the first back to where it was before the call",
                        SetBack::new),
                new Mutant(
                        "recompute-of-large-calls-advances",
                        "BWD-12",
                        "draws once more when it computes a pass of 2^15 elements or more again",
                        LargeAdvances::new),
                new Mutant(
                        "backward-of-evaluation-draws",
                        "BWD-13",
                        "draws in the backward pass of an evaluation",
                        EvaluationDraws::new),
                new Mutant(
                        "twelve-streams-for-sixteen-layers",
                        "STATE-6",
                        "has twelve streams, and begins the thirteenth layer as the first",
                        seed -> new SoundLayers(seed) {
                            @Override
                            protected long first(int instance) {
                                return super.first(instance % 12);
                            }
                        }),
                new Mutant(
                        "processes-seeded-by-the-second",
                        "STATE-8",
                        "declares unseeded_stream fresh, and begins two processes alike that begin at the same time",
                        BySecond::new));
    }

    private static boolean isLarge(OperationCall call) {
        return call.has("input") && call.tensor("input").size() >= LARGE;
    }

    private static final class LastMasks extends SoundLayers {
        private final Map<Long, Integer> drawn = new HashMap<>();
        private final List<Tensor> masks = new ArrayList<>();

        LastMasks(long seed) {
            super(seed);
        }

        @Override
        protected OperationResult called(OperationCall call) {
            OperationResult result = super.called(call);
            result.optionalTensor("mask").ifPresent(masks::add);
            return result;
        }

        @Override
        protected void retain(long id, OperationCall call) {
            super.retain(id, call);
            drawn.put(id, masks.size()); // the call's own mask is added later
        }

        @Override
        protected OperationCall take(long id) {
            OperationCall call = super.take(id);
            int own = drawn.getOrDefault(id, masks.size());
            if (!call.has("mask") || masks.size() - own <= RING) {
                return call;
            }
            Tensor last = masks.get(own + (masks.size() - own - 1) / RING * RING);
            return last.shape().equals(call.tensor("mask").shape()) ? call.with("mask", last) : call;
        }
    }

    private static final class LargeDrawnAgain extends SoundLayers {
        LargeDrawnAgain(long seed) {
            super(seed);
        }

        @Override
        protected OperationCall take(long id) {
            OperationCall call = super.take(id);
            return isLarge(call) && call.training() ? call.without("mask") : call;
        }
    }

    private static final class LetsGo extends SoundLayers {
        private Optional<Long> last = Optional.empty();

        LetsGo(long seed) {
            super(seed);
        }

        @Override
        protected void retain(long id, OperationCall call) {
            super.retain(id, call);
            last = Optional.of(id);
        }

        @Override
        protected OperationCall take(long id) {
            last = last.filter(other -> other != id);
            return super.take(id);
        }

        @Override
        protected OperationResult called(OperationCall call) {
            try {
                return super.called(call);
            } catch (RejectedCall | IllegalArgumentException rejection) {
                if (call.flag("retain")) {
                    last.ifPresent(this::take);
                }
                throw rejection;
            }
        }
    }

    private static final class SetBack extends SoundLayers {
        SetBack(long seed) {
            super(seed);
        }

        @Override
        protected OperationResult called(OperationCall call) {
            Dropout layer = layer(call.instance());
            call.seed().ifPresent(seed -> seed(call.instance(), seed));
            Dropout.State before = layer.state();
            OperationResult result = super.called(call);
            if (call.flag("recompute") && call.instance() > 0) {
                layer.restore(before);
            }
            return result;
        }
    }

    private static final class LargeAdvances extends SoundLayers {
        LargeAdvances(long seed) {
            super(seed);
        }

        @Override
        protected OperationResult called(OperationCall call) {
            OperationResult result = super.called(call);
            if (call.flag("recompute") && isLarge(call)) {
                layer(call.instance()).drawMask(Shape.of(1), 0.5);
            }
            return result;
        }
    }

    private static final class EvaluationDraws extends SoundLayers {
        EvaluationDraws(long seed) {
            super(seed);
        }

        @Override
        protected OperationCall take(long id) {
            OperationCall call = super.take(id);
            if (!call.training()) {
                layer(call.instance()).drawMask(Shape.of(1), 0.5);
            }
            return call;
        }
    }

    private static final class BySecond extends SoundLayers {
        private final long seed;
        private int started;

        BySecond(long seed) {
            super(seed);
            this.seed = seed;
        }

        @Override
        protected long begun(long before) {
            return seed + ++started;
        }

        @Override
        public Optional<Implementation> another() {
            return Optional.of(new SoundLayers(seed + started));
        }
    }
}
