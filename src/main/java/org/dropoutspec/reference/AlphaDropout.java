package org.dropoutspec.reference;

import org.dropoutspec.tensor.Tensor;

/**
 * Alpha dropout and its backpropagation, for networks of scaled exponential linear units.
 *
 * <p>Those units keep their activations near mean 0 and variance 1, and dropout must not disturb that. A dropped
 * element is set to the value at which the unit saturates, and the whole output is shifted and scaled back:
 *
 * <pre>
 *   m ~ Bernoulli(1 - p)
 *   y = a * (m * x + (1 - m) * alpha') + b
 *   a = ((1 - p) * (1 + p * alpha'^2))^(-1/2)     b = -a * p * alpha'
 * </pre>
 *
 * <p>With x of mean 0 and variance 1, m * x + (1 - m) * alpha' has mean p * alpha' and variance
 * (1 - p) + p * alpha'^2 - p^2 * alpha'^2 = (1 - p) * (1 + p * alpha'^2) = 1/a^2, so y has mean 0 and variance 1 again.
 *
 * <p>Source: Klambauer, Unterthiner, Mayr, Hochreiter, "Self-Normalizing Neural Networks", NIPS 2017, section 3 "New
 * dropout technique" and appendix A1; alpha' = -lambda * alpha with the constants of its equation 14.
 */
public final class AlphaDropout {
    /** -lambda * alpha, the value that a scaled exponential linear unit approaches from above as its argument falls. */
    public static final double ALPHA = -1.7580993408473766;

    private AlphaDropout() {}

    /** The factor a, which scales kept and dropped elements alike. */
    public static double scale(double rate) {
        return 1 / Math.sqrt((1 - rate) * (1 + rate * ALPHA * ALPHA));
    }

    /**
     * The forward pass of training. At rate 1, where a is infinite, the output is all zeros.
     *
     * @param x the input, any floating type
     * @param mask a bool tensor, 1 = kept, in the shape of x or one that broadcasts to it
     * @param rate the drop rate p that the mask was drawn with, in [0, 1]
     * @return y, in the type and shape of x, computed in double precision
     */
    public static Tensor forward(Tensor x, Tensor mask, double rate) {
        double a = scale(BernoulliMask.requireRate(rate));
        double b = -a * rate * ALPHA;
        Tensor kept = mask.broadcastTo(x.shape());
        Tensor.Builder y = Tensor.builder(x.dtype(), x.shape());
        for (int i = 0; i < x.size() && rate < 1; i++) {
            y.setBits(i, x.dtype().round(a * (kept.bool(i) == 0 ? ALPHA : x.value(i)) + b));
        }
        return y.build();
    }

    /**
     * The backward pass of training: dx = a * dy where the mask keeps, 0 where it drops, since alpha' is a constant.
     *
     * @param gradOutput the upstream gradient dy, in the type and shape of the output
     * @param mask the mask of the forward pass
     * @param rate the drop rate of the forward pass
     * @return dx, in the type and shape of dy
     */
    public static Tensor backward(Tensor gradOutput, Tensor mask, double rate) {
        double a = scale(BernoulliMask.requireRate(rate));
        Tensor kept = mask.broadcastTo(gradOutput.shape());
        Tensor.Builder dx = Tensor.builder(gradOutput.dtype(), gradOutput.shape());
        for (int i = 0; i < gradOutput.size() && rate < 1; i++) {
            dx.setBits(i, kept.bool(i) == 0 ? 0 : gradOutput.dtype().round(a * gradOutput.value(i)));
        }
        return dx.build();
    }
}
