package org.dropoutspec.mutant;

import static org.dropoutspec.mutant.SoundDropout.EVERYTHING;

import java.util.List;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Choices;
import org.dropoutspec.implementation.Choices.RateOne;
import org.dropoutspec.implementation.RejectedCall;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.tensor.Tensor;

/** Implementations that accept, reject or use drop rates wrongly. */
final class RateMutants {
    private RateMutants() {}

    static List<Mutant> all() {
        return List.of(
                new Mutant(
                        "rate-above-three-quarters-rejected",
                        "RATE-1",
                        "rejects rates that it finds unreasonable",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            void checkRate(Call call) {
                                super.checkRate(call);
                                if (call.rate() > 0.9999) {
                                    throw new RejectedCall("rate too large");
                                }
                            }
                        }),
                new Mutant(
                        "rate-zero-rejected",
                        "RATE-1",
                        "takes (0, 1) for the domain",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            void checkRate(Call call) {
                                super.checkRate(call);
                                if (call.rate() == 0) {
                                    throw new RejectedCall("rate must be positive");
                                }
                            }
                        }),
                new Mutant(
                        "rate-negative-clamped",
                        "RATE-2",
                        "clamps a negative rate to 0, as a tfjs 4.22 layer does",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            public Result dropout(Call call) {
                                return super.dropout(call.rate() < 0 ? call.withRate(0) : call);
                            }
                        }),
                new Mutant(
                        "rate-above-one-clamped",
                        "RATE-3",
                        "clamps a rate above 1 to 1",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            public Result dropout(Call call) {
                                return super.dropout(call.rate() > 1 ? call.withRate(1) : call);
                            }
                        }),
                new Mutant(
                        "rate-nan-as-zero",
                        "RATE-4",
                        "compares with < and >, which a NaN passes",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            public Result dropout(Call call) {
                                return super.dropout(Double.isNaN(call.rate()) ? call.withRate(0) : call);
                            }
                        }),
                new Mutant(
                        "rate-infinity-clamped",
                        "RATE-5",
                        "clamps an infinite rate",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            public Result dropout(Call call) {
                                return super.dropout(
                                        Double.isInfinite(call.rate()) ? call.withRate(call.rate() > 0 ? 1 : 0) : call);
                            }
                        }),
                new Mutant(
                        "rate-unchecked-in-evaluation",
                        "RATE-6",
                        "checks the rate only where it uses it",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            void checkRate(Call call) {
                                if (call.training()) {
                                    super.checkRate(call);
                                }
                            }
                        }),
                new Mutant(
                        "rate-zero-drops-word-zero",
                        "RATE-7",
                        "drops when u <= rate with u in [0, 1), so that now and then something is dropped at rate 0 (mxnet#9816); here with words of 4 bits",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            Tensor draw(Call call) {
                                Tensor mask = super.draw(call);
                                Tensor zero = nextMask(call.maskShape(), 0x1p-4);
                                return call.rate() == 0 ? zero : mask;
                            }
                        }),
                new Mutant(
                        "rate-zero-loses-negative-zero",
                        "RATE-7",
                        "adds 0 to what it keeps",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            long forward(Call call, long x, boolean kept, int index) {
                                long y = super.forward(call, x, kept, index);
                                return y == dtype(call).signBit() && kept && call.rate() == 0 ? 0 : y;
                            }
                        }),
                new Mutant(
                        "rate-one-keeps-everything",
                        "RATE-8",
                        "takes rate 1 for no dropout, as a tfjs 4.22 layer does",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            public Result dropout(Call call) {
                                return super.dropout(call.rate() == 1 ? call.withRate(0) : call);
                            }
                        }),
                new Mutant(
                        "rate-one-not-a-number",
                        "RATE-8",
                        "multiplies by 1/(1 - rate) = infinity before it multiplies by the mask",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            long forward(Call call, long x, boolean kept, int index) {
                                return call.rate() == 1
                                        ? dtype(call).round(Double.NaN)
                                        : super.forward(call, x, kept, index);
                            }
                        }),
                new Mutant(
                        "rate-one-gradient-not-a-number",
                        "RATE-8",
                        "the same in the backward pass alone (Equinox)",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            long backward(Call call, long dy, boolean kept, int index) {
                                return call.rate() == 1
                                        ? dtype(call).round(Double.NaN)
                                        : super.backward(call, dy, kept, index);
                            }
                        }),
                new Mutant(
                        "rate-one-accepted-though-declared-rejected",
                        "RATE-9",
                        "declares that it rejects rate 1, and returns zeros",
                        seed -> new SoundDropout(
                                EVERYTHING.with(Choices.defaults().with(RateOne.REJECT)), seed) {
                            @Override
                            void checkRate(Call call) {
                                if (call.rate() != 1) {
                                    super.checkRate(call);
                                }
                            }
                        }),
                new Mutant(
                        "rate-next-to-one-rejected",
                        "RATE-10",
                        "rounds the rate to float32 and rejects the 1 that it gets",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            void checkRate(Call call) {
                                super.checkRate(call);
                                if (call.rate() < 1 && (float) call.rate() == 1) {
                                    throw new RejectedCall("rate must be below 1");
                                }
                            }
                        }));
    }
}
