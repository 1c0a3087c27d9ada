package org.dropoutspec.operation.gaussian;

import java.util.SplittableRandom;

/** Normal numbers by the ziggurat of Marsaglia and Tsang (2000), of 128 layers. */
final class Ziggurat {
    private static final int LAYERS = 128;
    private static final double BASE = 3.442619855899;

    private final SplittableRandom random;
    private final boolean wedges;
    /** Where the layers end, from the lowest; that one as if its tail were as high as the rest. */
    private final double[] ends = new double[LAYERS + 1];

    /** @param wedges whether points above the curve are thrown away */
    Ziggurat(SplittableRandom random, boolean wedges) {
        this.random = random;
        this.wedges = wedges;
        double area = BASE * bell(BASE) + Math.sqrt(2 * Math.PI) * NoiseShape.below(-BASE);
        ends[0] = area / bell(BASE);
        ends[1] = BASE;
        for (int layer = 2; layer < LAYERS; layer++) {
            ends[layer] = Math.sqrt(-2 * Math.log(area / ends[layer - 1] + bell(ends[layer - 1])));
        }
    }

    private static double bell(double z) {
        return Math.exp(-z * z / 2);
    }

    double next() {
        while (true) {
            int layer = random.nextInt(LAYERS);
            double z = (2 * random.nextDouble() - 1) * ends[layer];
            double size = Math.abs(z);
            if (layer == 0 && size > BASE) {
                return Math.copySign(tail(), z);
            }
            double low = bell(ends[layer]);
            double height = low + (bell(ends[layer + 1]) - low) * random.nextDouble();
            if (layer == 0 || !wedges || size < ends[layer + 1] || height < bell(size)) {
                return z;
            }
        }
    }

    private double tail() {
        while (true) {
            double beyond = -Math.log(1 - random.nextDouble()) / BASE;
            if (-2 * Math.log(1 - random.nextDouble()) > beyond * beyond) {
                return BASE + beyond;
            }
        }
    }
}
