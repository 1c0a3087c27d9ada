package org.dropoutspec.mutant;

import java.util.List;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.tensor.DType;

/** Masks whose elements are dropped at another rate than the requested one. */
final class RateStatisticsMutants {
    private RateStatisticsMutants() {}

    static List<Mutant> all() {
        return List.of(
                new Mutant(
                        "rate-a-hundredth-too-high",
                        "MASK-1",
                        "drops with probability rate + .01",
                        seed -> new AtAnotherRate(seed) {
                            @Override
                            double effective(double rate) {
                                return moved(rate, 1e-2);
                            }
                        }),
                new Mutant(
                        "rate-a-thousandth-too-high",
                        "MASK-1",
                        "drops with probability rate + .001",
                        seed -> new AtAnotherRate(seed) {
                            @Override
                            double effective(double rate) {
                                return moved(rate, 1e-3);
                            }
                        }),
                new Mutant(
                        "rate-taken-for-the-probability-of-keeping",
                        "MASK-1",
                        "drops with probability 1 - rate, and scales as for the rate",
                        seed -> new AtAnotherRate(seed) {
                            @Override
                            double effective(double rate) {
                                return rate == 0 || rate == 1 ? rate : 1 - rate;
                            }
                        }),
                new Mutant(
                        "rate-to-the-power-of-1.1",
                        "MASK-1",
                        "drops with probability rate^1.1",
                        seed -> new AtAnotherRate(seed) {
                            @Override
                            double effective(double rate) {
                                return Math.pow(rate, 1.1);
                            }
                        }),
                new Mutant(
                        "rate-floored-to-8-bits",
                        "MASK-13",
                        "compares a byte: the rate is rounded down to a multiple of 1/256 (flash attention keeps 8 bits, and rounds up)",
                        seed -> new AtAnotherRate(seed) {
                            @Override
                            double effective(double rate) {
                                return Math.floor(rate * 256) / 256;
                            }
                        }),
                new Mutant(
                        "rate-in-16-bits",
                        "RATE-11",
                        "compares 16 bits: neighbouring rates drop the same elements",
                        seed -> new AtAnotherRate(seed) {
                            @Override
                            double effective(double rate) {
                                return Math.scalb(Math.rint(Math.scalb(rate, 16)), -16);
                            }
                        }),
                new Mutant(
                        "uniform-in-float16",
                        "MASK-13",
                        "draws the uniform in float16, in 10 bits: rate 1e-4 becomes 1e-3 (TensorFlow 2.21)",
                        seed -> new CoarseUniform(DType.FLOAT16, seed)),
                new Mutant(
                        "uniform-in-bfloat16",
                        "MASK-13",
                        "draws the uniform in bfloat16, in 7 bits: rate 1e-4 becomes 7.8e-3 (TensorFlow 2.21)",
                        seed -> new CoarseUniform(DType.BFLOAT16, seed)));
    }

    private abstract static class AtAnotherRate extends SoundMasks {
        AtAnotherRate(long seed) {
            super(seed);
        }

        AtAnotherRate(Description description, long seed) {
            super(description, seed);
        }

        abstract double effective(double rate);

        @Override
        void fill(byte[] kept, Call call) {
            fillSoundly(kept, effective(call.rate()));
        }
    }

    /** Drops an element where u is below the rate, both rounded to the type; u is a multiple of its epsilon. */
    private static final class CoarseUniform extends AtAnotherRate {
        private final DType dtype;

        CoarseUniform(DType dtype, long seed) {
            super(MASKS.withDtypes(dtype), seed);
            this.dtype = dtype;
        }

        @Override
        double effective(double rate) {
            double rounded = dtype.value(dtype.round(rate));
            return Math.scalb(Math.ceil(Math.scalb(rounded, dtype.fractionBits())), -dtype.fractionBits());
        }
    }
}
