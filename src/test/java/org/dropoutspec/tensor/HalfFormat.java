package org.dropoutspec.tensor;

import java.math.BigDecimal;
import java.math.BigInteger;

/** The two half formats, from the words of IEEE 754 alone: the oracle of {@link DType}, which it does not ask. */
enum HalfFormat {
    FLOAT16(DType.FLOAT16, 10, 15),
    BFLOAT16(DType.BFLOAT16, 7, 127);

    final DType dtype;
    private final int fractionBits;
    private final int bias;

    HalfFormat(DType dtype, int fractionBits, int bias) {
        this.dtype = dtype;
        this.fractionBits = fractionBits;
        this.bias = bias;
    }

    /** The pattern after the largest finite magnitude. */
    int infinity() {
        return (2 * bias + 1) << fractionBits;
    }

    /** The number of a magnitude; for infinity the power of two that would stand there, as rounding sees it. */
    BigDecimal magnitude(int pattern) {
        int field = pattern >> fractionBits;
        int fraction = pattern & (1 << fractionBits) - 1;
        int significand = field == 0 ? fraction : fraction | 1 << fractionBits;
        int exponent = Math.max(field, 1) - bias - fractionBits;
        BigInteger power = BigInteger.ONE.shiftLeft(Math.abs(exponent));
        return exponent < 0
                ? new BigDecimal(significand).divide(new BigDecimal(power))
                : new BigDecimal(BigInteger.valueOf(significand).multiply(power));
    }

    /** The magnitude nearest to {@code value}, ties to the even pattern, by comparing exact distances. */
    int nearest(BigDecimal value) {
        int below = 0;
        int above = infinity();
        if (value.compareTo(magnitude(above)) >= 0) {
            return above;
        }
        while (above - below > 1) {
            int middle = (below + above) / 2;
            if (magnitude(middle).compareTo(value) <= 0) {
                below = middle;
            } else {
                above = middle;
            }
        }
        int closer = value.subtract(magnitude(below)).compareTo(magnitude(above).subtract(value));
        return closer < 0 || closer == 0 && below % 2 == 0 ? below : above;
    }
}
