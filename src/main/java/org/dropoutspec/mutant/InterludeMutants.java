package org.dropoutspec.mutant;

import java.util.Arrays;
import java.util.List;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.implementation.RejectedCall;
import org.dropoutspec.reference.Dropout;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;

/** Rejections, states and ways to make a call that have an effect which they should not have. */
final class InterludeMutants {
    private static final int LAYERS = 16;

    private InterludeMutants() {}

    static List<Mutant> all() {
        return List.of(
                new Mutant(
                        "rejection-begins-other-layers-anew",
                        "STATE-7",
                        "answers a bad call of one layer by going back to the beginning of the others' streams",
                        seed -> new SoundLayers(seed) {
                            @Override
                            protected OperationResult called(OperationCall call) {
                                try {
                                    return super.called(call);
                                } catch (RejectedCall rejection) {
                                    int own = call.instance();
                                    for (int other = 0; other < LAYERS; other++) {
                                        if (other != own) {
                                            toTheBeginning(layer(other));
                                        }
                                    }
                                    throw rejection;
                                }
                            }
                        }),
                new Mutant(
                        "rejected-state-begins-anew",
                        "STATE-4",
                        "rejects what is no state after it has gone back to the beginning",
                        seed -> new SoundLayers(seed) {
                            @Override
                            protected void restore(String state) {
                                try {
                                    super.restore(state);
                                } catch (IllegalArgumentException rejection) {
                                    toTheBeginning(layer(0));
                                    throw rejection;
                                }
                            }
                        }),
                new Mutant(
                        "state-of-named-layers",
                        "STATE-5",
                        "saves the layers that there are, and begins one that comes later elsewhere each time",
                        seed -> new SoundLayers(seed) {
                            private int restored;

                            @Override
                            protected void restore(String state) {
                                super.restore(state);
                                restored++;
                            }

                            @Override
                            protected long first(int instance) {
                                return super.first(instance) + restored;
                            }
                        }),
                new Mutant(
                        "state-counts-in-16-bits",
                        "STATE-1",
                        "saves 16 bits of the number of words that were drawn",
                        seed -> new LossyState(seed, words -> words >= 1 << 16)),
                new Mutant(
                        "retaining-overwrites-the-input",
                        "FWD-9",
                        "keeps the output of a retained call where its input was",
                        seed -> new SoundLayers(seed) {
                            @Override
                            protected Tensor inputAfter(OperationCall call, OperationResult result) {
                                Tensor output = result.tensor("output");
                                return call.flag("retain") ? output : super.inputAfter(call, result);
                            }
                        }),
                new Mutant(
                        "retained-and-unscaled",
                        "BWD-10",
                        "scales the output of a call that is retained at its backward pass, which is too late",
                        seed -> new SoundLayers(seed) {
                            @Override
                            protected OperationResult called(OperationCall call) {
                                OperationResult result = super.called(call);
                                return call.flag("retain") && call.training()
                                        ? result.with("output", BufferMutants.unscaled(call, result))
                                        : result;
                            }
                        }),
                new Mutant("in-place-by-another-mask", "FWD-11", "has a generator of its own in place", InPlace::new),
                new Mutant(
                        "keeps-all-after-a-bad-noise-shape",
                        "MASK-1",
                        "rejects a noise shape with dropout switched off, and switches it on after the next call",
                        SwitchedOff::new),
                new Mutant(
                        "mask-of-the-large-call-before",
                        "MASK-10",
                        "finds its mask in the buffer, where the call before was large",
                        LargeBuffer::new));
    }

    private static void toTheBeginning(Dropout layer) {
        layer.restore(new Dropout.State(layer.state().seed(), 0));
    }

    private static final class InPlace extends SoundLayers {
        private boolean inPlace;

        InPlace(long seed) {
            super(seed);
        }

        @Override
        protected OperationResult called(OperationCall call) {
            inPlace = call.flag("in_place");
            return super.called(call);
        }

        @Override
        protected void seed(int instance, long seed) {
            super.seed(instance, inPlace ? seed ^ 1L << 55 : seed);
        }
    }

    private static final class SwitchedOff extends SoundMasks {
        private boolean off;

        SwitchedOff(long seed) {
            super(SoundDropout.EVERYTHING.withDtypes(DType.FLOAT32).withCapabilities(Capability.NOISE_SHAPE), seed);
        }

        @Override
        void checkNoiseShape(Call call) {
            off |= !call.maskShape().broadcastsTo(call.shape());
            super.checkNoiseShape(call);
        }

        @Override
        void fill(byte[] kept, Call call) {
            fillSoundly(kept, call.rate());
            if (off && call.rate() < 1) {
                Arrays.fill(kept, (byte) 1);
            }
            off = false;
        }
    }

    private static final class LargeBuffer extends SoundMasks {
        private static final int LARGE = 1 << 19;

        private byte[] buffer = {};

        LargeBuffer(long seed) {
            super(seed);
        }

        @Override
        void fill(byte[] kept, Call call) {
            fillSoundly(kept, call.rate());
            System.arraycopy(buffer, 0, kept, 0, Math.min(buffer.length, kept.length));
            buffer = kept.length >= LARGE ? kept : new byte[0];
        }
    }
}
