package org.dropoutspec.contract;

import java.util.SplittableRandom;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Ways to fill a tensor, the plainest first, so that a counterexample shrinks to it. */
enum Fill {
    /** 1, 2, 3, ... 100, 1, ...: exact in every type, never zero, neighbours differ. */
    COUNTING {
        @Override
        long bits(DType dtype, int index, SplittableRandom random) {
            return dtype.round(index % 100 + 1);
        }
    },
    /** All 1, as the gradient of a sum is. */
    ONES {
        @Override
        long bits(DType dtype, int index, SplittableRandom random) {
            return dtype.round(1);
        }
    },
    /** Numbers of both signs from 2^-6 to 2^6, every fraction bit in use. */
    MODERATE {
        @Override
        long bits(DType dtype, int index, SplittableRandom random) {
            double magnitude = Math.scalb(1 + random.nextDouble(), random.nextInt(12) - 6);
            return dtype.round(random.nextBoolean() ? magnitude : -magnitude);
        }
    },
    /** Normal numbers of both signs, of every magnitude that does not overflow when it is scaled. */
    NORMAL {
        @Override
        long bits(DType dtype, int index, SplittableRandom random) {
            // the largest scale of a rate that float32 and the type both hold is a power of two; one more for the
            // fraction
            int most = -dtype.minExponent() - Math.min(dtype.fractionBits(), DType.FLOAT32.fractionBits()) - 1;
            double magnitude = Math.scalb(
                    1 + random.nextDouble(), dtype.minExponent() + random.nextInt(most - dtype.minExponent()));
            return sign(dtype, random) | dtype.round(magnitude);
        }
    },
    /** Numbers near the largest of the type, of both signs: scaling may overflow. */
    LARGEST {
        @Override
        long bits(DType dtype, int index, SplittableRandom random) {
            long step = index == 0 ? 0 : random.nextInt(2 << dtype.fractionBits() / 2);
            return sign(dtype, random) | dtype.infinity() - 1 - step;
        }
    },
    /** Subnormal numbers of both signs, the smallest first. */
    SUBNORMAL {
        @Override
        long bits(DType dtype, int index, SplittableRandom random) {
            long magnitude = index == 0 ? 1 : random.nextLong(1, 1L << dtype.fractionBits());
            return sign(dtype, random) | magnitude;
        }
    },
    /** +0 and -0. */
    ZEROS {
        @Override
        long bits(DType dtype, int index, SplittableRandom random) {
            return sign(dtype, random);
        }
    },
    /** Infinities of both signs. */
    INFINITIES {
        @Override
        long bits(DType dtype, int index, SplittableRandom random) {
            return sign(dtype, random) | dtype.infinity();
        }
    },
    /** The NaN that arithmetic gives: positive and quiet, no payload. */
    NANS {
        @Override
        long bits(DType dtype, int index, SplittableRandom random) {
            return dtype.infinity() | 1L << dtype.fractionBits() - 1;
        }
    },
    /** Quiet NaNs of both signs with payloads. */
    PAYLOADS {
        @Override
        long bits(DType dtype, int index, SplittableRandom random) {
            return sign(dtype, random) | NANS.bits(dtype, index, random) | 1 + random.nextInt(3);
        }
    },
    /** NaNs of both signs, quiet and signalling, of any payload: the least one first, then one of all ones. */
    ANY_NANS {
        @Override
        long bits(DType dtype, int index, SplittableRandom random) {
            long most = (1L << dtype.fractionBits()) - 1;
            long payload = index < 2 ? index == 0 ? 1 : most : random.nextLong(1, most + 1);
            return sign(dtype, random) | dtype.infinity() | payload;
        }
    },
    /** Moderate numbers among infinities and NaNs, which must not spoil other elements; the first element is a NaN. */
    SPOILT {
        @Override
        long bits(DType dtype, int index, SplittableRandom random) {
            Fill[] kinds = {MODERATE, MODERATE, MODERATE, INFINITIES, NANS};
            return kinds[index == 0 ? kinds.length - 1 : random.nextInt(kinds.length)].bits(dtype, index, random);
        }
    },
    /** Some of everything. */
    ANYTHING {
        @Override
        long bits(DType dtype, int index, SplittableRandom random) {
            Fill[] kinds = {SUBNORMAL, ANY_NANS, MIXED, MIXED, MIXED, MIXED};
            return kinds[random.nextInt(kinds.length)].bits(dtype, index, random);
        }
    },
    /** Some of everything but subnormal numbers and payloads. */
    MIXED {
        @Override
        long bits(DType dtype, int index, SplittableRandom random) {
            Fill[] kinds = {COUNTING, MODERATE, LARGEST, ZEROS, INFINITIES, NANS};
            return kinds[random.nextInt(kinds.length)].bits(dtype, index, random);
        }
    };

    private static final int LARGE = 1 << 12;

    abstract long bits(DType dtype, int index, SplittableRandom random);

    /** A tensor of such values; the same {@code variety} gives the same ones. */
    Tensor fill(DType dtype, Shape shape, long variety) {
        SplittableRandom random = new SplittableRandom(variety);
        Tensor.Builder tensor = Tensor.builder(dtype, shape);
        for (int i = 0; i < shape.size(); i++) {
            tensor.setBits(i, bits(dtype, i, random));
        }
        return tensor.build();
    }

    /** The last of these ways for a large tensor, as these are few and the last has some of all; else the drawn one. */
    static Fill inLarge(Shape shape, Fill drawn, Fill... values) {
        return isLarge(shape) ? values[values.length - 1] : drawn;
    }

    static boolean isLarge(Shape shape) {
        return shape.size() >= LARGE;
    }

    private static long sign(DType dtype, SplittableRandom random) {
        return random.nextInt(3) == 0 ? dtype.signBit() : 0;
    }
}
