package org.dropoutspec.sampling;

import java.util.List;
import java.util.SplittableRandom;
import org.dropoutspec.statistics.PackedMask;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/**
 * An input and what is known of its elements: of both signs, from 2^-6 to 2^6, nowhere zero.
 *
 * @param features packed, in the order of {@link #FEATURES}
 */
record Stimulus(Tensor input, PackedMask... features) {
    static final List<String> FEATURES = List.of(
            "the input is negative",
            "the input is below 2^-4 in magnitude",
            "the input is at least 2^4 in magnitude",
            "the input is among the largest hundredth in magnitude");

    /** 2^6 less a hundredth of the twelve powers of two that the magnitudes cover. */
    private static final double LARGEST_HUNDREDTH = 60.16;

    /** The same seed gives the same input. */
    static Stimulus of(DType dtype, Shape shape, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Tensor.Builder tensor = Tensor.builder(dtype, shape);
        boolean[][] known = new boolean[FEATURES.size()][shape.size()];
        for (int i = 0; i < shape.size(); i++) {
            long bits = random.nextLong();
            // a sign, eleven bits for the exponent, the rest for the fraction
            long exponent = ((bits >>> 52 & 0x7FF) * 12 >>> 11) - 6;
            double magnitude = Double.longBitsToDouble(1023 + exponent << 52 | bits & (1L << 52) - 1);
            tensor.setBits(i, dtype.round(bits < 0 ? -magnitude : magnitude));
            known[0][i] = bits < 0;
            known[1][i] = exponent < -4;
            known[2][i] = exponent >= 4;
            known[3][i] = magnitude >= LARGEST_HUNDREDTH;
        }
        PackedMask[] features = new PackedMask[known.length];
        for (int f = 0; f < known.length; f++) {
            features[f] = PackedMask.of(known[f]);
        }
        return new Stimulus(tensor.build(), features);
    }
}
