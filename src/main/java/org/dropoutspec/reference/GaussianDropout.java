package org.dropoutspec.reference;

import org.dropoutspec.tensor.Tensor;

/**
 * Gaussian dropout and its backpropagation.
 *
 * <p>Inverted dropout multiplies by m / (1 - p), which has mean 1 and variance p / (1 - p). Gaussian dropout multiplies by
 * a normal number of the same mean and variance:
 *
 * <pre>
 *   n ~ N(1, p / (1 - p))
 *   y = n * x
 *   dL/dx = n * dL/dy
 * </pre>
 *
 * <p>In evaluation y = x. At rate 1 the variance is infinite, and output and gradient are zero.
 *
 * <p>Source: Srivastava, Hinton, Krizhevsky, Sutskever, Salakhutdinov, "Dropout: A Simple Way to Prevent Neural Networks
 * from Overfitting", JMLR 15 (2014), section 10; the rate as Keras takes it.
 */
public final class GaussianDropout {
    private GaussianDropout() {}

    /** The standard deviation of the noise. */
    public static double deviation(double rate) {
        return Math.sqrt(rate / (1 - BernoulliMask.requireRate(rate)));
    }

    /**
     * The noise, rounded to the type; zeros at rate 1.
     *
     * @param like a tensor whose type and shape the noise gets
     * @param dropout the stream that the noise is drawn from
     */
    public static Tensor noise(Tensor like, double rate, Dropout dropout) {
        double deviation = deviation(rate);
        double[] normal = dropout.drawNormal(like.size());
        Tensor.Builder noise = Tensor.builder(like.dtype(), like.shape());
        for (int i = 0; i < normal.length && rate < 1; i++) {
            noise.setBits(i, like.dtype().round(1 + deviation * normal[i]));
        }
        return noise.build();
    }

    /**
     * Noise times x: the forward pass of training, or the backward pass with the upstream gradient in the place of x.
     *
     * @param noise the noise of the forward pass, in the type and shape of x
     */
    public static Tensor multiply(Tensor x, Tensor noise) {
        Tensor.Builder y = Tensor.builder(x.dtype(), x.shape());
        for (int i = 0; i < x.size(); i++) {
            y.setBits(i, x.dtype().round(noise.value(i) * x.value(i)));
        }
        return y.build();
    }
}
