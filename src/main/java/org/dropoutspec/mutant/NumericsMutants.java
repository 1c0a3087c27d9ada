package org.dropoutspec.mutant;

import static org.dropoutspec.mutant.SoundDropout.EVERYTHING;

import java.util.List;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.tensor.DType;

/** Scaling that rounds or overflows wrongly, or stops before the last elements. */
final class NumericsMutants {
    private NumericsMutants() {}

    static List<Mutant> all() {
        return List.of(
                new Mutant(
                        "overflow-saturates",
                        "NUM-1",
                        "saturates at the largest finite number",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            long scaled(Call call, long x) {
                                long y = super.scaled(call, x);
                                return Double.isInfinite(value(call, y)) && Double.isFinite(value(call, x))
                                        ? (y & dtype(call).signBit())
                                                | (dtype(call).infinity() - 1)
                                        : y;
                            }
                        }),
                new Mutant(
                        "overflow-through-the-square",
                        "NUM-1",
                        "scales by the square root twice through a larger intermediate that overflows",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            long scaled(Call call, long x) {
                                DType t = dtype(call);
                                double twice = t.value(t.round(value(call, x) * 2));
                                return Double.isInfinite(twice) ? t.round(twice) : super.scaled(call, x);
                            }
                        }),
                new Mutant(
                        "half-scale-rounded-twice",
                        "NUM-2",
                        "rounds the scale to the half type before it multiplies",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            long scaled(Call call, long x) {
                                DType t = dtype(call);
                                return t.bytes() == 2
                                        ? t.round(value(call, x)
                                                * t.value(t.round(1 / (1 - t.value(t.round(call.rate()))))))
                                        : super.scaled(call, x);
                            }
                        }),
                new Mutant(
                        "subnormals-flushed",
                        "NUM-3",
                        "flushes subnormal numbers to 0",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            long scaled(Call call, long x) {
                                return Math.abs(value(call, x))
                                                < Math.scalb(1.0, dtype(call).minExponent())
                                        ? 0
                                        : super.scaled(call, x);
                            }
                        }),
                new Mutant(
                        "rate-rounded-to-float32",
                        "NUM-4",
                        "keeps the rate in float32, for float64 elements too",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            long scaled(Call call, long x) {
                                return super.scaled(
                                        call.rate() < 1 - 0x1p-20 ? call.withRate((float) call.rate()) : call, x);
                            }
                        }),
                new Mutant(
                        "index-of-16-bits",
                        "NUM-5",
                        "counts elements in 16 bits and leaves the rest as they were",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            long forward(Call call, long x, boolean kept, int index) {
                                return index < 1 << 16 ? super.forward(call, x, kept, index) : x;
                            }
                        }),
                new Mutant(
                        "gradient-tail-forgotten",
                        "NUM-5",
                        "does whole blocks of 4,096 once there is more than one, and forgets the rest of the gradient",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            long backward(Call call, long dy, boolean kept, int index) {
                                int size = call.input().size();
                                return size > 1 << 16 && index >= size / 4096 * 4096
                                        ? 0
                                        : super.backward(call, dy, kept, index);
                            }
                        }),
                new Mutant(
                        "scale-from-a-rate-of-8-bits",
                        "NUM-7",
                        "keeps the rate in 8 bits, which near 1 is far off",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            long scaled(Call call, long x) {
                                return super.scaled(
                                        call.rate() > 0.93
                                                ? call.withRate(Math.rint(call.rate() * 128) / 128 - 0x1p-9)
                                                : call,
                                        x);
                            }
                        }));
    }
}
