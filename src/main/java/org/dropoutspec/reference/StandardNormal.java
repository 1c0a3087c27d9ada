package org.dropoutspec.reference;

import java.util.Arrays;

/**
 * Standard normal numbers, two from each pair of uniform ones:
 *
 * <pre>
 *   z0 = sqrt(-2 ln u) cos(2 pi v)     z1 = sqrt(-2 ln u) sin(2 pi v)
 * </pre>
 *
 * <p>The generator gives words w, uniform on 0 to 2^32 - 1; u and v are (w + 1/2) / 2^32. They are never 0 or 1, so no
 * normal number exceeds 6.8 in magnitude, and the distribution function is off by 2^-32 at most.
 *
 * <p>Source: Box, Muller, "A Note on the Generation of Random Normal Deviates", Annals of Mathematical Statistics 29
 * (1958). {@link StrictMath} gives the same bits on every machine.
 */
final class StandardNormal {
    private StandardNormal() {}

    /**
     * Draws normal numbers.
     *
     * @param size how many
     * @param seed of the generator, all 64 bits
     * @param draw how many draws there were since seeding
     */
    static double[] draw(int size, long seed, long draw) {
        double[] normal = new double[size + 3 & ~3];
        for (int i = 0; i < size; i += 4) {
            int[] words = Philox4x32.words(seed, draw, i / 4);
            for (int j = 0; j < 4; j += 2) {
                double radius = Math.sqrt(-2 * StrictMath.log(uniform(words[j])));
                double angle = 2 * Math.PI * uniform(words[j + 1]);
                normal[i + j] = radius * StrictMath.cos(angle);
                normal[i + j + 1] = radius * StrictMath.sin(angle);
            }
        }
        return Arrays.copyOf(normal, size);
    }

    private static double uniform(int word) {
        return ((word & 0xFFFF_FFFFL) + 0.5) * 0x1p-32;
    }
}
