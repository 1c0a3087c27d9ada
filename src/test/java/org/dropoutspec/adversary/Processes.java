package org.dropoutspec.adversary;

import static org.dropoutspec.adversary.Layer.PLAIN;
import static org.dropoutspec.adversary.Layer.SEEDED;

import java.util.Arrays;
import java.util.List;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.RejectedCall;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.reference.Dropout;
import org.dropoutspec.tensor.Tensor;

/** What a call leaves behind that spoils the next one, and how a process begins. */
final class Processes {
    private Processes() {}

    static List<Broken> all() {
        return List.of(
                Broken.of(
                        "drops nothing in the first call of a process",
                        seed -> new Aware(PLAIN, seed) {
                            @Override
                            boolean spoils() {
                                return draws == 1;
                            }
                        },
                        "MASK-1",
                        "MASK-8",
                        "MASK-9"),
                Broken.of(
                        "draws the first 8 masks of a process from one seed",
                        seed -> new Layer(PLAIN, seed) {
                            private int draws;
                            private int starts;

                            @Override
                            public boolean restart() {
                                draws = 0;
                                starts++;
                                return super.restart();
                            }

                            @Override
                            void draw(byte[] kept, Call call) {
                                if (++draws <= 9) {
                                    seed(seed + starts * 31L + draws / 9);
                                }
                                super.draw(kept, call);
                            }
                        },
                        "MASK-3",
                        "MASK-10"),
                Broken.of(
                        "begins its stream anew after an empty input",
                        seed -> new Aware(PLAIN, seed) {
                            @Override
                            void after(Call call) {
                                if (size(call) == 0) {
                                    seed(7);
                                }
                            }
                        },
                        "MASK-3",
                        "MASK-10"),
                Broken.of(
                        "drops nothing right after an empty input",
                        seed -> new Aware(PLAIN, seed) {
                            @Override
                            boolean spoils() {
                                return before != null && size(before) == 0;
                            }
                        },
                        "MASK-1",
                        "MASK-8"),
                Broken.of(
                        "drops nothing right after a call that it rejected",
                        seed -> new Aware(PLAIN, seed) {
                            @Override
                            boolean spoils() {
                                return rejected;
                            }
                        },
                        "MASK-1",
                        "MASK-8"),
                Broken.of(
                        "drops at the rate that it rejected, clamped, in the next call",
                        seed -> new Aware(PLAIN, seed) {
                            @Override
                            void draw(byte[] kept, Call call) {
                                super.draw(kept, call);
                                if (rejected && call.rate() > 0) {
                                    Arrays.fill(kept, (byte) 0);
                                }
                            }
                        },
                        "MASK-1",
                        "MASK-8",
                        "MASK-9"),
                Broken.of(
                        "drops nothing right after an evaluation",
                        seed -> new Aware(PLAIN, seed) {
                            @Override
                            boolean spoils() {
                                return before != null && !before.training();
                            }
                        },
                        "MASK-1",
                        "MASK-8"),
                Broken.of(
                        "draws the mask of before an evaluation again after it",
                        seed -> new Aware(PLAIN, seed) {
                            private byte[] last = {};

                            @Override
                            void draw(byte[] kept, Call call) {
                                super.draw(kept, call);
                                boolean edge = call.rate() == 0 || call.rate() == 1;
                                if (!edge && before != null && !before.training() && last.length == kept.length) {
                                    System.arraycopy(last, 0, kept, 0, kept.length);
                                }
                                last = edge ? last : kept.clone();
                            }
                        },
                        "MASK-3",
                        "MASK-10",
                        "MASK-1"),
                Broken.of(
                        "evaluates once more after an evaluation",
                        seed -> new Aware(PLAIN, seed) {
                            @Override
                            Result train(Call call) {
                                return before != null && !before.training() && size(before) == size(call)
                                        ? super.evaluate(call)
                                        : super.train(call);
                            }
                        },
                        "FWD-1",
                        "MASK-1"),
                Broken.of(
                        "trains once more after training, from 1,000 elements on",
                        seed -> new Aware(PLAIN, seed) {
                            @Override
                            Result evaluate(Call call) {
                                boolean late = before != null && before.training() && size(call) >= 1000;
                                return late && before.rate() == call.rate() && call.rate() < 1
                                        ? train(call)
                                        : super.evaluate(call);
                            }
                        },
                        "EVAL-1",
                        "EVAL-4"),
                Broken.of(
                        "applies a given mask to the next call of the same shape too",
                        seed -> new Aware(PLAIN.withCapabilities(Capability.MASK_INPUT), seed) {
                            @Override
                            Tensor mask(Call call) {
                                Tensor fresh = super.mask(call);
                                boolean edge = call.rate() == 0 || call.rate() == 1;
                                return before == null || edge
                                        ? fresh
                                        : before.mask()
                                                .filter(given -> given.shape().equals(call.maskShape()))
                                                .orElse(fresh);
                            }
                        },
                        "MASK-3",
                        "MASK-1",
                        "MASK-6"),
                Broken.of(
                        "keeps setting the seed that it was given last, in calls of more than 100 elements",
                        seed -> new Layer(SEEDED, seed) {
                            private long given = -1;

                            @Override
                            void draw(byte[] kept, Call call) {
                                given = call.seed().orElse(given);
                                if (given >= 0 && kept.length > 100) {
                                    seed(given);
                                }
                                super.draw(kept, call);
                            }
                        },
                        "SEED-3",
                        "MASK-3",
                        "MASK-10"),
                Broken.of(
                        "scales by the rate of the call before",
                        seed -> new Aware(PLAIN, seed) {
                            @Override
                            Tensor forward(Call call, Tensor x, Tensor mask) {
                                boolean stale = before != null
                                        && before.training()
                                        && before.rate() < 1
                                        && before.shape().equals(call.shape())
                                        && call.rate() < 1;
                                return Dropout.forward(x, mask, stale && size(call) > 16 ? before.rate() : call.rate());
                            }
                        },
                        "FWD-1",
                        "RATE-7"),
                Broken.of(
                        "draws at the rate of the call before, where the shape is the same",
                        seed -> new Aware(PLAIN, seed) {
                            @Override
                            void draw(byte[] kept, Call call) {
                                boolean stale = before != null
                                        && before.training()
                                        && before.rate() > 0
                                        && before.rate() < 1
                                        && before.shape().equals(call.shape())
                                        && call.rate() > 0
                                        && call.rate() < 1;
                                fill(kept, 0, kept.length, stale ? before.rate() : call.rate());
                            }
                        },
                        "MASK-1"),
                Broken.of(
                        "drops nothing in every 32nd call",
                        seed -> new Aware(PLAIN, seed) {
                            @Override
                            boolean spoils() {
                                return draws % 32 == 0;
                            }
                        },
                        "MASK-1",
                        "MASK-9"),
                Broken.of(
                        "draws a mask for two calls at a time and splits it wrongly: the second gets the first's start",
                        seed -> new Layer(PLAIN, seed) {
                            private byte[] first = {};

                            @Override
                            void draw(byte[] kept, Call call) {
                                super.draw(kept, call);
                                boolean second = first.length > 0;
                                if (second) {
                                    System.arraycopy(first, 0, kept, 0, Math.min(first.length, kept.length));
                                }
                                first = second ? new byte[0] : Arrays.copyOf(kept, Math.min(kept.length, 64));
                            }
                        },
                        "MASK-3",
                        "MASK-1",
                        "MASK-10"));
    }

    /** Knows the call before, and whether one was rejected in between; drops nothing where it is spoilt. */
    private static class Aware extends Layer {
        Call before;
        boolean rejected;
        int draws;

        Aware(org.dropoutspec.implementation.Description description, long seed) {
            super(description, seed);
        }

        boolean spoils() {
            return false;
        }

        void after(Call call) {}

        @Override
        public boolean restart() {
            before = null;
            rejected = false;
            draws = 0;
            return super.restart();
        }

        @Override
        public Result dropout(Call call) {
            Result result;
            try {
                result = super.dropout(call);
            } catch (RejectedCall rejection) {
                rejected = true;
                throw rejection;
            }
            before = call;
            rejected = false;
            after(call);
            return result;
        }

        @Override
        void draw(byte[] kept, Call call) {
            draws++;
            super.draw(kept, call);
            if (spoils() && call.rate() < 1) {
                Arrays.fill(kept, (byte) 1);
            }
        }
    }
}
