package org.dropoutspec.operation.network;

import java.util.Optional;
import org.dropoutspec.operation.Enclosure;
import org.dropoutspec.oracle.Roundoff;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;

/**
 * The exact output of a layer for its input, forwards and backwards, and how far each element may be off. The input of
 * a layer is the output that the implementation reports for the layer before, which may have been rounded for the
 * answer. Backwards, the input is the gradient that follows from all layers after it, with its error.
 */
final class ExactNetwork {
    /** The error of an exponential or a logarithm, in units of the exponent: 4 ulp. */
    private static final int TRANSCENDENTAL = 8;

    private final Roundoff rounding;

    ExactNetwork(DType dtype) {
        this.rounding = new Roundoff(dtype);
    }

    /** The factor of plain dropout, and its possible error in units of the exponent. */
    record Scale(double factor, double units) {
        /** Whether rounding leaves anything of the factor. */
        boolean isKnown() {
            return units < Double.POSITIVE_INFINITY;
        }
    }

    Enclosure dense(Tensor weight, Tensor bias, Tensor taken) {
        double[] w = weight.values();
        double[] x = taken.values();
        int in = weight.shape().extent(1);
        int out = weight.shape().extent(0);
        double error = rounding.error(in + 3);
        Enclosure given = Enclosure.ofSize(taken.shape().extent(0) * out);
        for (int at = 0; at < given.values().length; at++) {
            double sum = bias.value(at % out);
            double magnitude = Math.abs(sum);
            int row = at % out * in;
            int example = at / out * in;
            for (int i = 0; i < in; i++) {
                double product = w[row + i] * x[example + i];
                sum += product;
                magnitude += Math.abs(product);
            }
            given.add(at, sum, bound(magnitude, error, in + 1));
        }
        return given;
    }

    /** The error of a sum, from the sum of the magnitudes of its terms; infinite if it may overflow. */
    private double bound(double magnitude, double error, double operations) {
        if (magnitude == 0) {
            return 0;
        }
        return rounding.mayOverflow(magnitude)
                ? Double.POSITIVE_INFINITY
                : magnitude * error + operations * rounding.smallest();
    }

    Enclosure relu(Tensor taken) {
        double error = rounding.error(1);
        Enclosure given = Enclosure.ofSize(taken.size());
        for (int i = 0; i < taken.size(); i++) {
            double y = Math.max(taken.value(i), 0);
            given.add(i, y, bound(y, error, 1));
        }
        return given;
    }

    /** @param kept the units that were kept; if empty, nothing is dropped */
    Enclosure dropout(Tensor taken, Optional<ShownUnits> kept, Scale scale) {
        double[] x = taken.values();
        Enclosure given = Enclosure.ofSize(x.length);
        double error = scale.isKnown() ? rounding.error(scale.units() + 2) : Double.POSITIVE_INFINITY;
        boolean open = !scale.isKnown() || rounding.mayOverflow(scale.factor());
        for (int i = 0; i < x.length; i++) {
            if (open || !(Math.abs(x[i]) < Double.POSITIVE_INFINITY)) {
                given.add(i, 0, Double.POSITIVE_INFINITY);
            } else if (kept.isEmpty() || kept.get().isKept(i)) {
                double y = x[i] * scale.factor();
                given.add(i, y, scale.factor() == 1 ? 0 : bound(Math.abs(y), error, 1));
            }
        }
        return given;
    }

    /** The mean loss, with the errors of exponentials, logarithm and differences in each example, and of the sum. */
    Enclosure loss(Tensor logits, int[] target) {
        int classes = logits.shape().extent(1);
        double sum = 0;
        double off = 0;
        for (int b = 0; b < target.length; b++) {
            Row row = new Row(logits, b);
            double p = row.p[target[b]];
            sum -= Math.log(p);
            off += row.overflows || rounding.smallest() > p / 4
                    ? Double.POSITIVE_INFINITY
                    : rounding.error(row.units() + 4)
                            + 2 * rounding.smallest() / p
                            + rounding.error(TRANSCENDENTAL) * (row.reach + Math.log(classes));
        }
        Enclosure loss = Enclosure.ofSize(1);
        double all = sum + off;
        loss.add(
                0,
                sum / target.length,
                off / target.length + bound(all, rounding.error(target.length + 3), 2) / target.length);
        return loss;
    }

    /** The softmax of one example. */
    private final class Row {
        private final double[] p;
        /** The spread of the logits plus the largest magnitude of any. */
        private final double reach;

        private final boolean overflows;

        Row(Tensor logits, int example) {
            this.p = new double[logits.shape().extent(1)];
            double largest = Double.NEGATIVE_INFINITY;
            double smallest = Double.POSITIVE_INFINITY;
            for (int c = 0; c < p.length; c++) {
                p[c] = logits.value(example * p.length + c);
                largest = Math.max(largest, p[c]);
                smallest = Math.min(smallest, p[c]);
            }
            this.reach = largest - smallest + Math.max(Math.abs(largest), Math.abs(smallest));
            this.overflows = rounding.mayOverflow(reach);
            double sum = 0;
            for (int c = 0; c < p.length; c++) {
                p[c] = Math.exp(p[c] - largest);
                sum += p[c];
            }
            for (int c = 0; c < p.length; c++) {
                p[c] /= sum;
            }
        }

        /** The error that a probability may have, in units of the exponent. */
        double units() {
            return 2 * TRANSCENDENTAL * (reach + Math.log(p.length) + 1) + p.length + 4;
        }
    }

    /** The gradient of the logits. */
    Enclosure lossGradient(Tensor logits, int[] target) {
        Enclosure gradient = Enclosure.ofSize(logits.size());
        for (int b = 0; b < target.length; b++) {
            Row row = new Row(logits, b);
            for (int c = 0; c < row.p.length; c++) {
                double dz = (row.p[c] - (c == target[b] ? 1 : 0)) / target.length;
                double off = row.p[c] / target.length * rounding.error(row.units())
                        + Math.abs(dz) * rounding.error(4)
                        + 2 * rounding.smallest();
                gradient.add(b * row.p.length + c, dz, row.overflows ? Double.POSITIVE_INFINITY : off);
            }
        }
        return gradient;
    }

    /** The gradient of the weight: dW = dy^T x. */
    Enclosure weightGradient(Tensor weight, Tensor taken, Enclosure dy) {
        int in = weight.shape().extent(1);
        int out = weight.shape().extent(0);
        int examples = taken.shape().extent(0);
        double[] x = taken.values();
        Enclosure gradient = Enclosure.ofSize(weight.size());
        double error = rounding.error(examples + 3);
        for (int b = 0; b < examples; b++) {
            for (int o = 0; o < out; o++) {
                term(gradient, o * in, dy, b * out + o, x, b * in, in, error);
            }
        }
        return bounded(gradient);
    }

    /** The gradient of the bias: db, the column sums of dy. */
    Enclosure biasGradient(Tensor bias, Enclosure dy) {
        int out = bias.size();
        int examples = dy.values().length / Math.max(1, out);
        Enclosure gradient = Enclosure.ofSize(out);
        double error = rounding.error(examples + 1);
        for (int at = 0; at < dy.values().length; at++) {
            double off = dy.bounds()[at];
            gradient.add(at % out, dy.values()[at], off + (Math.abs(dy.values()[at]) + off) * error);
        }
        return bounded(gradient);
    }

    /** The gradient of the input of a dense layer: dx = dy W. */
    Enclosure denseBackward(Tensor weight, Enclosure dy) {
        int in = weight.shape().extent(1);
        int out = weight.shape().extent(0);
        double[] w = weight.values();
        int examples = dy.values().length / Math.max(1, out);
        Enclosure dx = Enclosure.ofSize(examples * in);
        double error = rounding.error(out + 2);
        for (int at = 0; at < dy.values().length; at++) {
            term(dx, at / out * in, dy, at, w, at % out * in, in, error);
        }
        return bounded(dx);
    }

    /** Adds one element of a gradient times a row of factors. */
    private void term(
            Enclosure sum, int to, Enclosure dy, int at, double[] factors, int from, int count, double error) {
        double value = dy.values()[at];
        double off = dy.bounds()[at];
        if (value == 0 && off == 0) {
            return;
        }
        double each = off + (Math.abs(value) + off) * error;
        for (int i = 0; i < count; i++) {
            double factor = factors[from + i];
            if (factor != 0) {
                sum.add(to + i, value * factor, Math.abs(factor) * each + rounding.smallest());
            }
        }
    }

    /** The gradient with no requirement on elements at which the arithmetic may overflow. */
    private Enclosure bounded(Enclosure gradient) {
        for (int i = 0; i < gradient.values().length; i++) {
            if (rounding.mayOverflow(Math.abs(gradient.values()[i]) + gradient.bounds()[i])) {
                gradient.bounds()[i] = Double.POSITIVE_INFINITY;
            }
        }
        return gradient;
    }

    /** The gradient of the input of a ReLU: dy where x is positive; dy or 0 if x may have been 0 before rounding. */
    Enclosure reluBackward(Tensor taken, Enclosure dy) {
        Enclosure dx = Enclosure.ofSize(taken.size());
        for (int i = 0; i < taken.size(); i++) {
            double x = taken.value(i);
            if (Math.abs(x) < rounding.smallest() || Double.isNaN(x)) {
                dx.add(i, 0, Math.abs(dy.values()[i]) + dy.bounds()[i]);
            } else if (x > 0) {
                dx.add(i, dy.values()[i], dy.bounds()[i]);
            }
        }
        return dx;
    }

    /**
     * The gradient of the input of a dropout layer: dx = f dy.
     *
     * @param kept the units that were kept; if empty, nothing is dropped
     */
    Enclosure dropoutBackward(Optional<ShownUnits> kept, Scale scale, Enclosure dy) {
        Enclosure dx = Enclosure.ofSize(dy.values().length);
        double error = scale.factor() == 1 ? 0 : rounding.error(scale.units() + 1);
        for (int i = 0; i < dy.values().length; i++) {
            double value = scale.factor() * dy.values()[i];
            double off = scale.factor() * dy.bounds()[i];
            double whole = off + (Math.abs(value) + off) * error + (error == 0 || value == 0 ? 0 : rounding.smallest());
            int at = i;
            if (kept.filter(units -> !units.isKnown(at)).isPresent()) {
                dx.add(i, 0, Math.abs(value) + whole);
            } else if (kept.isEmpty() || kept.get().isKept(i)) {
                dx.add(i, value, scale.isKnown() ? whole : Double.POSITIVE_INFINITY);
            }
        }
        return bounded(dx);
    }
}
