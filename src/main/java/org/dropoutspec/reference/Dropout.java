package org.dropoutspec.reference;

import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/**
 * Inverted dropout and its backpropagation.
 *
 * <p>While a network is trained, each element x of a layer's output is dropped with probability p, the drop rate. A
 * kept element is scaled up, so that the expectation stays x:
 *
 * <pre>
 *   m ~ Bernoulli(1 - p)          the mask: 1 keeps, 0 drops
 *   y = m * x / (1 - p)           so E[y] = (1 - p) * x / (1 - p) + p * 0 = x
 * </pre>
 *
 * <p>Because y is linear in x, the gradient passes through the same mask with the same scale:
 *
 * <pre>
 *   dL/dx = dL/dy * dy/dx = dL/dy * m / (1 - p)
 * </pre>
 *
 * <p>In evaluation nothing is dropped or scaled: y = x, bit for bit, and dL/dx = dL/dy. This is what "inverted" means:
 * classic dropout leaves training unscaled and multiplies by 1 - p in evaluation instead.
 *
 * <p>Source: Srivastava, Hinton, Krizhevsky, Sutskever, Salakhutdinov, "Dropout: A Simple Way to Prevent Neural Networks
 * from Overfitting", JMLR 15 (2014): section 4 gives the forward pass, section 10 the scaling in training that is called
 * inverted dropout today.
 *
 * <p>An instance is a stream of masks: the n-th draw after seeding is a function of the seed, n, the shape and the rate
 * alone. Not safe for use by several threads.
 */
public final class Dropout {
    private long seed;
    private long draws;

    /** A stream of masks that begins at {@code seed}; all 64 bits count. */
    public Dropout(long seed) {
        reseed(seed);
    }

    /** Sets the generator: the next mask is the first one of {@code seed}. */
    public void reseed(long seed) {
        this.seed = seed;
        this.draws = 0;
    }

    /**
     * The state of a stream: the next mask is a function of it, the shape and the rate.
     *
     * @param seed the seed that the stream began with
     * @param draws how many masks were drawn since then
     */
    public record State(long seed, long draws) {}

    public State state() {
        return new State(seed, draws);
    }

    /** Continues from a saved state. */
    public void restore(State state) {
        seed = state.seed();
        draws = state.draws();
    }

    /**
     * Draws the next mask of the stream.
     *
     * @param shape of the mask: the input's own, or one that broadcasts to it
     * @param rate the probability of dropping, in [0, 1]
     * @return a bool tensor, 1 = kept
     */
    public Tensor drawMask(Shape shape, double rate) {
        Tensor mask = BernoulliMask.draw(shape, rate, seed, draws);
        draws++;
        return mask;
    }

    /** Draws standard normal numbers for Gaussian dropout; they count as the next draw of the stream. */
    double[] drawNormal(int size) {
        double[] normal = StandardNormal.draw(size, seed, draws);
        draws++;
        return normal;
    }

    /**
     * The forward pass of training: y = x / (1 - p) where the mask keeps, 0 where it drops.
     *
     * <p>A dropped element is +0 whatever it was, NaN and infinities included. The mask therefore selects; a
     * multiplication by 0 would let a NaN through.
     *
     * @param x the input, any floating type
     * @param mask a bool tensor, 1 = kept, in the shape of x or one that broadcasts to it
     * @param rate the drop rate p that the mask was drawn with, in [0, 1]
     * @return y, in the type and shape of x: x times 1/(1 - p), a scale computed in double precision
     */
    public static Tensor forward(Tensor x, Tensor mask, double rate) {
        return scaleKept(x, mask, rate);
    }

    /**
     * The backward pass of training: dx = dy / (1 - p) where the mask keeps, 0 where it drops.
     *
     * @param gradOutput the upstream gradient dy, in the type and shape of the output
     * @param mask the mask of the forward pass itself; the output does not show it where x is 0
     * @param rate the drop rate of the forward pass
     * @return dx, in the type and shape of dy
     */
    public static Tensor backward(Tensor gradOutput, Tensor mask, double rate) {
        return scaleKept(gradOutput, mask, rate);
    }

    private static Tensor scaleKept(Tensor x, Tensor mask, double rate) {
        double scale = 1 / (1 - BernoulliMask.requireRate(rate));
        Tensor kept = mask.broadcastTo(x.shape());
        Tensor.Builder y = Tensor.builder(x.dtype(), x.shape());
        // a branch on a random mask would be mispredicted; hence the bitwise select
        if (x.dtype() == DType.FLOAT32) {
            scaleKeptFloats(x, kept, (float) scale, y);
        } else {
            for (int i = 0; i < x.size(); i++) {
                y.setBits(i, x.dtype().round(x.value(i) * scale) & -(long) kept.bool(i));
            }
        }
        return y.build();
    }

    /** The same, computed in float32 throughout. */
    private static void scaleKeptFloats(Tensor x, Tensor kept, float scale, Tensor.Builder y) {
        for (int i = 0; i < x.size(); i++) {
            y.setFloatBits(i, Float.floatToRawIntBits(x.floatAt(i) * scale) & -kept.bool(i));
        }
    }
}
