package org.dropoutspec.demo;

import java.util.Random;

/**
 * Two interlocking half circles, blurred by noise. With t uniform on [0, pi], an example is
 *
 * <pre>
 *   of class 0:   (cos t, sin t) + noise          of class 1:   (1 - cos t, 1/2 - sin t) + noise
 * </pre>
 *
 * <p>The classes alternate, and the noise is normal with standard deviation {@value #NOISE} in each coordinate. With so
 * much noise the classes overlap, and a network that learns the examples by heart does worse on others.
 *
 * @param x a row of two coordinates for each example
 * @param target its class, 0 or 1
 */
record Moons(double[][] x, int[] target) {
    static final double NOISE = 0.35;
    /** The middle of both half circles, about which the two are point-symmetric. */
    static final double[] CENTRE = {0.5, 0.25};

    static Moons draw(int examples, Random random) {
        double[][] x = new double[examples][];
        int[] target = new int[examples];
        for (int i = 0; i < examples; i++) {
            double t = Math.PI * random.nextDouble();
            target[i] = i % 2;
            double across = target[i] == 0 ? StrictMath.cos(t) : 1 - StrictMath.cos(t);
            double up = target[i] == 0 ? StrictMath.sin(t) : 0.5 - StrictMath.sin(t);
            x[i] = new double[] {across + NOISE * random.nextGaussian(), up + NOISE * random.nextGaussian()};
        }
        return new Moons(x, target);
    }
}
