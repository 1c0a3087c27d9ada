package org.dropoutspec.operation.recurrent;

import java.util.Arrays;
import org.dropoutspec.implementation.Choices.Scaling;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.oracle.Roundoff;
import org.dropoutspec.tensor.Tensor;

/**
 * A sequence as it was answered. Each step is compared with what the cell makes of the state in the output before it,
 * so that errors do not add up over time.
 *
 * <p>A sum of n terms passes n + 5 roundings at most: keep probability and reciprocal, the products with scale and
 * weight, the rounding of the state in the output, and n - 1 additions. For tanh, 4 ulp for its own error and one
 * rounding to the type are added.
 */
final class Unrolled {
    private static final int TANH_ROUNDINGS = 9;

    /** Twice the roundings that a state of two terms and its bias passes, and a margin as large. */
    private static final int LOST_ROUNDINGS = 64;

    final SequenceExtents extents;
    final double[] x;
    final double[] w;
    final double[] u;
    final double[] bias;
    /** The output. */
    final double[] h;

    final double scale;
    final double recurrentScale;
    final Roundoff roundoff;
    /** The masks, [B, I] and [B, H]; everything is kept at first. */
    final boolean[] in;

    final boolean[] back;
    private final boolean diagonal;
    private final double slack;
    private final double relative;
    private double sum;
    private double size;
    private int terms;
    private final Tanh tanh = new Tanh();

    Unrolled(OperationCall call, Tensor output, Scaling scaling) {
        this.extents = SequenceExtents.of(call);
        this.x = call.tensor("input").values();
        this.w = call.tensor("weight_input").values();
        this.u = call.tensor("weight_recurrent").values();
        this.bias = call.tensor("bias").values();
        this.h = output.values();
        this.scale = scale(call.training(), call.rate(), scaling);
        this.recurrentScale = scale(call.training(), call.number("recurrent_rate"), scaling);
        this.roundoff = new Roundoff(call.tensor("input").dtype());
        this.in = new boolean[extents.mask().size()];
        this.back = new boolean[extents.recurrentMask().size()];
        Arrays.fill(in, true);
        Arrays.fill(back, true);
        this.diagonal = hasDiagonalWeights();
        this.slack = roundoff.smallest() * Math.max(1, Math.max(scale, recurrentScale));
        this.relative = roundoff.error(TANH_ROUNDINGS) + roundoff.error(1);
    }

    private static double scale(boolean training, double rate, Scaling scaling) {
        if (training) {
            return scaling == Scaling.CLASSIC || rate == 1 ? 1 : 1 / (1 - rate);
        }
        return scaling == Scaling.CLASSIC ? 1 - rate : 1;
    }

    int index(int step, int example, int state) {
        return (step * extents.examples() + example) * extents.states() + state;
    }

    /** An input as it is used: 0 if it is dropped, scaled if it is kept. */
    double taken(int step, int example, int input) {
        int element = example * extents.inputs() + input;
        return in[element] ? x[step * in.length + element] * scale : 0;
    }

    /** A state of the step before as it is used: 0 if it is dropped, scaled if it is kept. */
    double takenBack(int step, int example, int state) {
        int element = example * extents.states() + state;
        return step > 0 && back[element] ? h[(step - 1) * back.length + element] * recurrentScale : 0;
    }

    private void add(double term) {
        if (term != 0) {
            sum += term;
            size += Math.abs(term);
            terms++;
        }
    }

    /** How far the output is off under the present masks, in tolerances; at most 1 is within the bound. */
    double misfit(int step, int example, int state) {
        sum = 0;
        size = 0;
        terms = 0;
        add(bias[state]);
        // all other weights of a diagonal cell are zero
        int first = diagonal ? state : 0;
        for (int i = first; i < (diagonal ? state + 1 : extents.inputs()); i++) {
            double weight = w[state * extents.inputs() + i];
            add(weight == 0 ? 0 : weight * taken(step, example, i));
        }
        for (int j = first; j < (diagonal ? state + 1 : extents.states()) && step > 0; j++) {
            double weight = u[state * extents.states() + j];
            add(weight == 0 ? 0 : weight * takenBack(step, example, j));
        }
        double got = h[index(step, example, state)];
        double exact = tanh.of(sum);
        if (Math.abs(got - exact) <= relative * Math.abs(exact)) {
            return 0;
        }
        double high = bound(1);
        double low = bound(-1);
        double off = Math.abs(got - (high + low) / 2) / ((high - low) / 2);
        return Double.isNaN(off) ? Double.POSITIVE_INFINITY : off;
    }

    private double bound(int sign) {
        double end = tanh.of(sum + sign * (roundoff.error(terms + 5) * size + terms * slack));
        return end + sign * (relative * Math.abs(end) + roundoff.smallest());
    }

    /** The middle of the range that the last {@link #misfit} accepted. */
    double middle() {
        return (bound(1) + bound(-1)) / 2;
    }

    /** Half of the width of that range, to either side of {@link #middle}. */
    double tolerance() {
        return (bound(1) - bound(-1)) / 2;
    }

    /** Whether every state depends on no other state and every input feeds a single state. */
    boolean isDiagonal() {
        return diagonal;
    }

    private boolean hasDiagonalWeights() {
        int states = extents.states();
        if (extents.inputs() != states) {
            return false;
        }
        for (int k = 0; k < states * states; k++) {
            if (k % (states + 1) != 0 && (w[k] != 0 || u[k] != 0)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether a state shows if a term is in it: whether the term, unscaled, moves the state further than roundings do.
     */
    boolean shows(double rest, double term) {
        double without = tanh.of(rest);
        double lost = roundoff.error(LOST_ROUNDINGS) * (Math.abs(rest) + Math.abs(without));
        return Math.abs(tanh.of(rest + term) - without) > lost + 4 * roundoff.smallest();
    }

    /** Whether a state is nearer to that of one argument than to that of the other. */
    boolean isNearer(double got, double one, double other) {
        return Math.abs(got - tanh.of(one)) < Math.abs(got - tanh.of(other));
    }

    /**
     * Whether a state of a diagonal cell shows a term as kept. With the term, the state is at least as far from the
     * state without it as with the unscaled term; half of this distance separates the two.
     *
     * @param rest the argument of tanh without the term
     * @param term the term, unscaled
     */
    boolean showsKept(double got, double rest, double term) {
        double without = tanh.of(rest);
        return !(Math.abs(got - without) < Math.abs(tanh.of(rest + term) - without) / 2);
    }
}
