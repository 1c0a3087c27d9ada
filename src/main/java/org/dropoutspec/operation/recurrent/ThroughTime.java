package org.dropoutspec.operation.recurrent;

import org.dropoutspec.oracle.Roundoff;

/**
 * The gradients of a sequence by backpropagation through time, each with a bound on its error that is carried along: a
 * running error analysis (Higham 2002, section 3.3) for any order of the additions.
 *
 * <p>1 - h^2, computed from the state in the output, is off by at most 4 u: u relative to 1 for the rounding of h,
 * twice, and for that of the square; and 1 - h^2 is itself at most 1, whichever way it is computed.
 */
final class ThroughTime {
    final Sums input;
    final Sums weightInput;
    final Sums weightRecurrent;
    final Sums bias;

    private final Unrolled cell;
    private final SequenceExtents extents;
    private final Roundoff roundoff;
    /** The gradient of the argument of tanh, [T, B, H], and how far it may be off. */
    private final double[] da;

    private final double[] error;

    /** Sums of products in which one factor of each has an error of its own. */
    static final class Sums {
        private final Roundoff roundoff;
        private final double[] sums;
        private final double[] sizes;
        private final double[] errors;
        private final int[] terms;
        private final double slack;

        private Sums(Unrolled cell, int size) {
            this.roundoff = cell.roundoff;
            this.sums = new double[size];
            this.sizes = new double[size];
            this.errors = new double[size];
            this.terms = new int[size];
            this.slack = roundoff.smallest() * Math.max(1, Math.max(cell.scale, cell.recurrentScale));
        }

        private void add(int index, double factor, double value, double error) {
            sums[index] += factor * value;
            sizes[index] += Math.abs(factor) * (Math.abs(value) + error);
            errors[index] += Math.abs(factor) * error;
            terms[index] += factor == 0 ? 0 : 1;
        }

        Roundoff roundoff() {
            return roundoff;
        }

        double value(int index) {
            return sums[index];
        }

        /**
         * The bound on the error of a sum, with the roundings of keep probability, reciprocal, two products, a state
         * and the additions. Infinite if the sum may overflow: an overflow stays infinite, or NaN, on its way back,
         * though the exact sum may be small again.
         */
        double tolerance(int index) {
            if (roundoff.mayOverflow(sizes[index])) {
                return Double.POSITIVE_INFINITY;
            }
            return errors[index] + roundoff.error(terms[index] + 5) * sizes[index] + (terms[index] + 1) * slack;
        }
    }

    ThroughTime(Unrolled cell, double[] dy) {
        this.cell = cell;
        this.extents = cell.extents;
        this.roundoff = cell.roundoff;
        this.da = new double[cell.h.length];
        this.error = new double[cell.h.length];
        this.input = new Sums(cell, cell.x.length);
        this.weightInput = new Sums(cell, cell.w.length);
        this.weightRecurrent = new Sums(cell, cell.u.length);
        this.bias = new Sums(cell, cell.bias.length);
        for (int step = extents.steps() - 1; step >= 0; step--) {
            for (int example = 0; example < extents.examples(); example++) {
                for (int state = 0; state < extents.states(); state++) {
                    arrive(step, example, state, dy);
                }
                for (int state = 0; state < extents.states(); state++) {
                    leave(step, example, state);
                }
            }
        }
    }

    /** Computes the gradient of the argument of a tanh, from that of its output and from the next step. */
    private void arrive(int step, int example, int state, double[] dy) {
        int at = cell.index(step, example, state);
        Sums dh = new Sums(cell, 1);
        dh.add(0, 1, dy[at], 0);
        boolean returns = step + 1 < extents.steps() && cell.back[example * extents.states() + state];
        for (int j = 0; j < extents.states() && returns; j++) {
            int next = cell.index(step + 1, example, j);
            dh.add(0, cell.u[j * extents.states() + state] * cell.recurrentScale, da[next], error[next]);
        }
        double slope = 1 - cell.h[at] * cell.h[at];
        double wrong = roundoff.error(4);
        double most = Math.abs(dh.value(0)) + dh.tolerance(0);
        da[at] = dh.value(0) * slope;
        error[at] = dh.tolerance(0) * Math.abs(slope)
                + most * (wrong + roundoff.error(1) * (Math.abs(slope) + wrong))
                + roundoff.smallest();
    }

    /** Passes this gradient on to everything that the argument was computed from. */
    private void leave(int step, int example, int state) {
        int at = cell.index(step, example, state);
        bias.add(state, 1, da[at], error[at]);
        for (int i = 0; i < extents.inputs(); i++) {
            int element = example * extents.inputs() + i;
            int weight = state * extents.inputs() + i;
            weightInput.add(weight, cell.taken(step, example, i), da[at], error[at]);
            input.add(
                    step * cell.in.length + element,
                    cell.in[element] ? cell.w[weight] * cell.scale : 0,
                    da[at],
                    error[at]);
        }
        for (int j = 0; j < extents.states(); j++) {
            weightRecurrent.add(state * extents.states() + j, cell.takenBack(step, example, j), da[at], error[at]);
        }
    }
}
