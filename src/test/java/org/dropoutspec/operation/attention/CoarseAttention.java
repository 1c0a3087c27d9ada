package org.dropoutspec.operation.attention;

import org.dropoutspec.implementation.Choices.Scaling;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.reference.BernoulliMask;
import org.dropoutspec.reference.Dropout;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;

/**
 * Sound attention that rounds after every operation, the rate included, and computes the softmax as the keys pass by: as
 * far off as an implementation may be that computes in its element type throughout.
 */
public final class CoarseAttention {
    private final OperationCall call;
    private final AttentionExtents extents;
    private final DType dtype;
    private final double factor;
    private final Tensor mask;

    private CoarseAttention(OperationCall call, Dropout dropout, Scaling scaling) {
        this.call = call;
        this.extents = AttentionExtents.of(call);
        this.dtype = call.tensor("query").dtype();
        double rate = BernoulliMask.requireRate(call.rate());
        this.mask = call.training()
                ? call.optionalTensor("mask").orElseGet(() -> dropout.drawMask(extents.mask(), rate))
                : Tensor.full(DType.BOOL, extents.mask(), 1);
        double keep = rounded(1 - rounded(rate));
        boolean inverted = scaling == Scaling.INVERTED;
        this.factor = call.training() && rate == 1
                ? 0
                : inverted && call.training() ? rounded(1 / keep) : inverted || call.training() ? 1 : keep;
    }

    public static OperationResult answer(OperationCall call, Dropout dropout, Scaling scaling) {
        return new CoarseAttention(call, dropout, scaling).answer();
    }

    private double rounded(double x) {
        return dtype.value(dtype.round(x));
    }

    /** Adds, each operation rounded. */
    private double plus(double sum, double a, double b) {
        return rounded(sum + rounded(a * b));
    }

    private OperationResult answer() {
        double[] query = call.tensor("query").values();
        double[] key = call.tensor("key").values();
        double[] value = call.tensor("value").values();
        double[] dy = call.optionalTensor("grad_output").map(Tensor::values).orElse(null);
        double root = rounded(Math.sqrt(rounded(call.number("scale"))));
        double[] output = new double[extents.output().size()];
        double[] dq = new double[query.length];
        double[] dk = new double[key.length];
        double[] dv = new double[value.length];
        int keys = extents.keys();
        int width = extents.width();
        int wide = extents.valueWidth();
        for (int row = 0; row < extents.examples() * extents.queries(); row++) {
            int first = row / extents.queries() * keys;
            double[] z = new double[keys];
            double largest = Double.NEGATIVE_INFINITY;
            double sum = 0;
            for (int s = 0; s < keys; s++) {
                for (int e = 0; e < width; e++) {
                    double q = rounded(query[row * width + e] * root);
                    z[s] = plus(z[s], q, rounded(key[(first + s) * width + e] * root));
                }
                if (z[s] > largest) {
                    sum = rounded(sum * rounded(Math.exp(rounded(largest - z[s]))));
                    largest = z[s];
                }
                sum = rounded(sum + rounded(Math.exp(rounded(z[s] - largest))));
            }
            double[] p = new double[keys];
            double[] weight = new double[keys];
            double[] dp = new double[keys];
            double r = 0;
            for (int s = 0; s < keys; s++) {
                p[s] = rounded(rounded(Math.exp(rounded(z[s] - largest))) / sum);
                boolean kept = mask.bool(row * keys + s) != 0;
                weight[s] = kept ? rounded(p[s] * factor) : 0;
                for (int v = 0; v < wide; v++) {
                    int at = row * wide + v;
                    output[at] = plus(output[at], weight[s], value[(first + s) * wide + v]);
                    if (dy != null) {
                        int to = (first + s) * wide + v;
                        dv[to] = plus(dv[to], weight[s], dy[at]);
                        dp[s] = plus(dp[s], dy[at], value[to]);
                    }
                }
                dp[s] = kept ? rounded(dp[s] * factor) : 0;
                r = plus(r, p[s], dp[s]);
            }
            for (int s = 0; dy != null && s < keys; s++) {
                double dz = rounded(rounded(call.number("scale")) * rounded(p[s] * rounded(dp[s] - r)));
                for (int e = 0; e < width; e++) {
                    int from = row * width + e;
                    int to = (first + s) * width + e;
                    dq[from] = plus(dq[from], dz, key[to]);
                    dk[to] = plus(dk[to], dz, query[from]);
                }
            }
        }
        OperationResult result = OperationResult.of("output", Tensor.of(dtype, extents.output(), output))
                .with("mask", mask);
        return dy == null
                ? result
                : result.with("grad_query", Tensor.of(dtype, extents.query(), dq))
                        .with("grad_key", Tensor.of(dtype, extents.key(), dk))
                        .with("grad_value", Tensor.of(dtype, extents.value(), dv));
    }
}
