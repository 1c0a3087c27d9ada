package org.dropoutspec.operation.gaussian;

import java.util.List;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.operation.ElementSightings;
import org.dropoutspec.oracle.Sighting;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Compares one answer with the arithmetic of Gaussian dropout, element by element.
 *
 * <p>With u half an ulp of 1, the product x n of noise n = 1 + s is off by at most 4u |x| (1 + |n|), however it is
 * computed: as x times the rounded sum, or as x + x s, in which a rounding of x s may be larger than the sum. This
 * includes the rounding of the noise that is reported. A gradient is off by as much and, if the noise is known only
 * from the output, by as much again. The oracle's own roundings, which matter in float64, are two.
 */
final class GaussianOracle {
    private static final int PRODUCT = 6;
    private static final int RECOVERED = 10;
    /** Nothing overflows on the way below this part of the largest number. */
    private static final double HEADROOM = 0x1p-4;

    private final OperationCall call;
    private final OperationResult answer;
    private final Tensor x;
    private final DType dtype;
    private final double smallest;
    private final ElementSightings sightings;

    private GaussianOracle(OperationCall call, OperationResult answer) {
        this.call = call;
        this.answer = answer;
        this.sightings = new ElementSightings(call, answer);
        this.x = call.tensor("input");
        this.dtype = x.dtype();
        this.smallest = dtype.smallestNormal();
    }

    static List<Sighting> judge(OperationCall call, OperationResult answer) {
        GaussianOracle oracle = new GaussianOracle(call, answer);
        if (oracle.hasForm()) {
            oracle.judge();
        }
        return oracle.sightings.all();
    }

    private boolean hasForm() {
        return sightings.requireForm("GAUSS-5", "output")
                & sightings.requireForm("GAUSS-5", "grad_input")
                & (!call.training() || sightings.requireForm("GAUSS-5", "noise"));
    }

    private void judge() {
        double rate = call.rate();
        if (!call.training()) {
            sightings.requireEvaluated("GAUSS-4");
        } else if (rate == 1) {
            sightings.requireNothing("GAUSS-2");
        } else if (rate >= 0 && rate < 1) {
            trained();
        }
    }

    private void trained() {
        Tensor y = answer.tensor("output");
        Tensor given = call.optionalTensor("noise").orElse(null);
        Tensor reported = answer.optionalTensor("noise").orElse(null);
        Tensor dx = sightings.gradient().orElse(null);
        for (int i = 0; i < x.size(); i++) {
            double in = x.value(i);
            if (!Double.isFinite(in)) {
                continue;
            }
            if (in == 0 && y.value(i) != 0) {
                sightings.see("GAUSS-1", i, "", "0, which noise multiplies", y);
            }
            if (given != null) {
                requireProduct("GAUSS-1", i, given, y);
            }
            if (reported != null) {
                requireProduct("GAUSS-3", i, reported, y);
                if (given != null && given.value(i) != reported.value(i)) {
                    sightings.see("GAUSS-3", i, "noise ", dtype.text(given.bits(i)) + ", as given", reported);
                }
            }
            if (dx != null) {
                judge(dx, i, given != null ? given : reported, y);
            }
        }
    }

    private void requireProduct(String requirement, int i, Tensor noise, Tensor y) {
        double n = noise.value(i);
        if (!isOff(y.value(i), x.value(i), n, PRODUCT, smallest)) {
            return;
        }
        sightings.see(requirement, i, "", text(x.value(i) * n) + " with noise " + dtype.text(noise.bits(i)), y);
    }

    /** Requires the gradient to have the noise of the output, which is known best if it was given. */
    private void judge(Tensor dx, int i, @Nullable Tensor known, Tensor y) {
        double dy = call.tensor("grad_output").value(i);
        double in = x.value(i);
        boolean recovered = !call.has("noise") && Math.abs(in) >= 0x1p-8 && Double.isFinite(y.value(i));
        double n;
        if (recovered) {
            n = y.value(i) / in;
        } else if (known != null) {
            n = known.value(i);
        } else {
            return;
        }
        if (!Double.isFinite(dy)) {
            return;
        }
        double flushed = recovered ? smallest * (1 + Math.abs(dy / in)) : smallest;
        if (isOff(dx.value(i), dy, n, recovered ? RECOVERED : PRODUCT, flushed)) {
            sightings.see("GAUSS-2", i, "gradient ", text(dy * n) + " with noise " + text(n), dx);
        }
    }

    private boolean isOff(double got, double factor, double noise, int roundings, double flushed) {
        double magnitude = Math.abs(factor) * (1 + Math.abs(noise));
        if (!(magnitude <= HEADROOM * dtype.largest())) {
            return false;
        }
        double u = roundings * dtype.roundoff();
        return !(Math.abs(got - factor * noise) <= u / (1 - u) * magnitude + 2 * flushed);
    }

    private String text(double value) {
        return dtype.text(dtype.round(value));
    }
}
