package org.dropoutspec.mutant;

import java.util.List;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.implementation.RejectedCall;
import org.dropoutspec.reference.Dropout;
import org.dropoutspec.tensor.Tensor;

/** What a rejection, a state, or the way in which a call is put does that it should not. */
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
                                    int own = call.has("instance") ? (int) call.integer("instance") : 0;
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
                        CountedInSixteenBits::new),
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
                new Mutant("in-place-by-another-mask", "FWD-11", "has a generator of its own in place", InPlace::new));
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

    /** As if a stream that is so far on went on from its beginning: it goes on elsewhere. */
    private static final class CountedInSixteenBits extends SoundLayers {
        private long words;
        private boolean wrapped;

        CountedInSixteenBits(long seed) {
            super(seed);
        }

        @Override
        protected OperationResult called(OperationCall call) {
            if (call.training()) {
                words = (call.has("seed") ? 0 : words) + call.tensor("input").size();
            }
            return super.called(call);
        }

        @Override
        protected String state() {
            wrapped = words >= 1 << 16;
            return super.state();
        }

        @Override
        protected void restore(String state) {
            super.restore(state);
            if (wrapped) {
                Dropout.State now = layer(0).state();
                layer(0).restore(new Dropout.State(now.seed() ^ 1L << 60, now.draws()));
            }
        }
    }
}
