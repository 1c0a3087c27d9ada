package org.dropoutspec.trial;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoublePredicate;
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

    private static final List<DoublePredicate> TESTS =
            List.of(x -> x < 0, x -> Math.abs(x) < 0x1p-4, x -> Math.abs(x) >= 0x1p4, x -> Math.abs(x) >= 60.16);

    /** The same seed gives the same input. */
    static Stimulus of(DType dtype, Shape shape, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Tensor.Builder tensor = Tensor.builder(dtype, shape);
        boolean[][] known = new boolean[FEATURES.size()][shape.size()];
        for (int i = 0; i < shape.size(); i++) {
            double magnitude = Math.scalb(1 + random.nextDouble(), random.nextInt(12) - 6);
            double x = random.nextBoolean() ? magnitude : -magnitude;
            tensor.setBits(i, dtype.round(x));
            for (int f = 0; f < known.length; f++) {
                known[f][i] = TESTS.get(f).test(x);
            }
        }
        PackedMask[] features = new PackedMask[known.length];
        for (int f = 0; f < known.length; f++) {
            features[f] = PackedMask.of(known[f]);
        }
        return new Stimulus(tensor.build(), features);
    }
}
