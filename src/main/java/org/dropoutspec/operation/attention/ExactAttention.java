package org.dropoutspec.operation.attention;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.operation.Enclosure;
import org.dropoutspec.oracle.Roundoff;
import org.dropoutspec.tensor.Tensor;

/**
 * The exact answer given the mask, and how far each element may be off. Every term of every sum carries the number of
 * roundings that it has passed (the specification counts them at ATTN-1 to ATTN-3) and the amount that may have been
 * lost by underflow.
 */
final class ExactAttention {
    /** The error of an exponential, in units: 4 ulp. */
    private static final int EXPONENTIAL = 8;

    private final AttentionExtents extents;
    private final Roundoff rounding;
    private final double[] query;
    private final double[] key;
    private final double[] value;
    private final double scale;
    private final double[] p;
    /** The error that each row of probabilities may have, in units of the exponent. */
    private final double[] units;
    /** The largest magnitude that a sum of the forward pass may reach. */
    private double reach;

    ExactAttention(OperationCall call) {
        this.extents = AttentionExtents.of(call);
        this.rounding = new Roundoff(call.tensor("query").dtype());
        this.query = call.tensor("query").values();
        this.key = call.tensor("key").values();
        this.value = call.tensor("value").values();
        this.scale = call.number("scale");
        this.p = new double[extents.mask().size()];
        this.units = new double[extents.examples() * extents.queries()];
        for (int row = 0; row < units.length; row++) {
            soften(row);
        }
    }

    /** The probabilities [B, L, S], one row after the other. */
    double[] probabilities() {
        return p;
    }

    /** Computes the softmax of one row of scores, and its error. */
    private void soften(int row) {
        int keys = extents.keys();
        int width = extents.width();
        int b = row / extents.queries();
        double off = 0;
        double largest = Double.NEGATIVE_INFINITY;
        double smallest = Double.POSITIVE_INFINITY;
        for (int s = 0; s < keys; s++) {
            double sum = 0;
            double magnitude = 0;
            for (int e = 0; e < width; e++) {
                double product = query[row * width + e] * key[(b * keys + s) * width + e];
                sum += product;
                magnitude += Math.abs(product);
            }
            double z = scale * sum;
            p[row * keys + s] = z;
            largest = Math.max(largest, z);
            smallest = Math.min(smallest, z);
            double lost = magnitude == 0 ? 0 : rounding.smallest() * (width + 2) * (1 + Math.abs(scale));
            off = Math.max(off, Math.abs(scale) * magnitude * rounding.error(width + 5) + lost);
            reach = Math.max(reach, magnitude * Math.max(1, Math.abs(scale)));
        }
        double sum = 0;
        for (int s = 0; s < keys; s++) {
            p[row * keys + s] = Math.exp(p[row * keys + s] - largest);
            sum += p[row * keys + s];
        }
        for (int s = 0; s < keys; s++) {
            p[row * keys + s] /= sum;
        }
        boolean flat = largest == smallest && off == 0;
        double exponent = largest - smallest + Math.max(Math.abs(largest), Math.abs(smallest)) + 2 * off;
        units[row] = 2 * (off / rounding.unit() + EXPONENTIAL * exponent)
                + 2 * EXPONENTIAL
                + keys
                + 4
                + (flat ? 0 : (EXPONENTIAL + 1) * (keys - 1));
    }

    /**
     * The mask that the output shows. An element is kept if the output is at least half of what a kept element gives.
     * Empty if the value does not show each probability by itself, or if rounding may hide it.
     *
     * @param factor the factor of a kept probability
     */
    Optional<boolean[]> mask(Tensor output, Tensor shown, double factor, double factorUnits) {
        Optional<double[]> by = extents.showing(shown);
        if (by.isEmpty()) {
            return Optional.empty();
        }
        boolean[] kept = new boolean[p.length];
        int keys = extents.keys();
        for (int row = 0; row < units.length; row++) {
            double error = rounding.error(units[row] + factorUnits + keys + 1);
            for (int s = 0; s < keys; s++) {
                double element = Math.abs(by.get()[row / extents.queries() * keys + s]);
                double whole = factor * p[row * keys + s] * element;
                double lost = whole * error + lostInWeight(factor) * element + keys * rounding.smallest();
                if (!(lost < whole / 4) || rounding.mayOverflow(Math.max(whole, factor))) {
                    return Optional.empty();
                }
                double got = output.value(row * extents.valueWidth() + s);
                kept[row * keys + s] = !(Math.abs(got) < whole / 2);
            }
        }
        return Optional.of(kept);
    }

    /**
     * The output and the gradients.
     *
     * @param kept the mask
     * @param factor the factor of a kept probability
     * @param factorUnits the error that the factor may have, in units of the exponent
     * @param upstream the gradient of the output, if there is one
     */
    Map<String, Enclosure> answers(boolean[] kept, double factor, double factorUnits, Optional<Tensor> upstream) {
        Map<String, Enclosure> answers = new LinkedHashMap<>();
        answers.put("output", output(kept, factor, factorUnits));
        upstream.ifPresent(dy -> answers.putAll(gradients(dy.values(), kept, factor, factorUnits)));
        if (rounding.mayOverflow(Math.max(reach, factor))) {
            answers.replaceAll((field, exact) -> {
                double[] bounds = exact.bounds().clone();
                java.util.Arrays.fill(bounds, Double.POSITIVE_INFINITY);
                return new Enclosure(exact.values(), bounds);
            });
        }
        return answers;
    }

    private double lostInWeight(double factor) {
        return rounding.smallest() * (1 + 2 * factor);
    }

    private Enclosure output(boolean[] kept, double factor, double factorUnits) {
        Enclosure output = Enclosure.ofSize(extents.output().size());
        int keys = extents.keys();
        int width = extents.valueWidth();
        for (int row = 0; row < units.length; row++) {
            double relative = rounding.error(units[row] + factorUnits + keys + 1);
            for (int s = 0; s < keys; s++) {
                if (!kept[row * keys + s]) {
                    continue;
                }
                int from = (row / extents.queries() * keys + s) * width;
                double weight = factor * p[row * keys + s];
                double error = weight * relative + lostInWeight(factor);
                for (int v = 0; v < width; v++) {
                    double element = value[from + v];
                    if (element != 0) {
                        output.add(row * width + v, weight * element, error * Math.abs(element) + rounding.smallest());
                        reach = Math.max(reach, keys * weight * Math.abs(element));
                    }
                }
            }
        }
        return output;
    }

    private Map<String, Enclosure> gradients(double[] dy, boolean[] kept, double factor, double factorUnits) {
        Enclosure dq = Enclosure.ofSize(extents.query().size());
        Enclosure dk = Enclosure.ofSize(extents.key().size());
        Enclosure dv = Enclosure.ofSize(extents.value().size());
        int keys = extents.keys();
        int width = extents.valueWidth();
        double tiny = rounding.smallest();
        for (int row = 0; row < units.length; row++) {
            int b = row / extents.queries();
            double[] dp = new double[keys];
            double[] magnitude = new double[keys];
            double r = 0;
            double rMagnitude = 0;
            double rLost = 0;
            double lost = factor * width * tiny + (1 + factor) * tiny;
            for (int s = 0; s < keys; s++) {
                double weight = p[row * keys + s] * factor;
                double error = weight * rounding.error(units[row] + factorUnits + extents.queries() + 1)
                        + lostInWeight(factor);
                for (int v = 0; kept[row * keys + s] && v < width; v++) {
                    double up = dy[row * width + v];
                    double element = value[(b * keys + s) * width + v];
                    dp[s] += factor * up * element;
                    magnitude[s] += factor * Math.abs(up * element);
                    if (up != 0) {
                        dv.add((b * keys + s) * width + v, weight * up, error * Math.abs(up) + tiny);
                        reach = Math.max(reach, extents.queries() * weight * Math.abs(up));
                    }
                }
                r += p[row * keys + s] * dp[s];
                rMagnitude += p[row * keys + s] * magnitude[s];
                rLost += p[row * keys + s] * lost + tiny * magnitude[s] + tiny;
                reach = Math.max(reach, magnitude[s]);
            }
            double passed = 2 * units[row] + factorUnits + width + keys + 8;
            for (int s = 0; s < keys; s++) {
                double dz = p[row * keys + s] * (dp[s] - r);
                double dzMagnitude = p[row * keys + s] * (magnitude[s] + rMagnitude);
                double dzLost = dzMagnitude == 0
                        ? 0
                        : p[row * keys + s] * (lost + rLost) + tiny * (magnitude[s] + rMagnitude) + tiny;
                through(dq, row, key, b * keys + s, dz, dzMagnitude * rounding.error(passed + keys + 4) + dzLost);
                through(
                        dk,
                        b * keys + s,
                        query,
                        row,
                        dz,
                        dzMagnitude * rounding.error(passed + extents.queries() + 4) + dzLost);
                reach = Math.max(reach, dzMagnitude);
            }
        }
        return Map.of("grad_query", dq, "grad_key", dk, "grad_value", dv);
    }

    /** Adds scale times dz times a row of the query, or of the key, to a row of the other's gradient. */
    private void through(Enclosure gradient, int to, double[] rows, int from, double dz, double error) {
        int width = extents.width();
        for (int e = 0; e < width; e++) {
            double element = rows[from * width + e];
            if (element != 0 && error != 0) {
                gradient.add(
                        to * width + e,
                        scale * dz * element,
                        Math.abs(scale * element) * error + rounding.smallest() * (1 + Math.abs(scale)));
                double terms = Math.max(extents.queries(), extents.keys());
                reach = Math.max(reach, terms * Math.max(1, Math.abs(scale)) * Math.abs(dz * element));
            }
        }
    }
}
