package org.dropoutspec.operation.alpha;

import java.util.List;
import java.util.Optional;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.operation.ElementSightings;
import org.dropoutspec.oracle.Sighting;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Compares one answer with the arithmetic of alpha dropout, element by element. */
final class AlphaOracle {
    private final OperationCall call;
    private final OperationResult answer;
    private final Tensor x;
    private final DType dtype;
    private final ElementSightings sightings;

    private AlphaOracle(OperationCall call, OperationResult answer) {
        this.call = call;
        this.answer = answer;
        this.sightings = new ElementSightings(call, answer);
        this.x = call.tensor("input");
        this.dtype = x.dtype();
    }

    static List<Sighting> judge(OperationCall call, OperationResult answer) {
        AlphaOracle oracle = new AlphaOracle(call, answer);
        if (!oracle.noiseShape().broadcastsTo(oracle.x.shape())) {
            return List.of(); // the only right answer is to reject the call, which SHAPE-5 asks
        }
        if (oracle.hasForm()) {
            oracle.judge();
        }
        return oracle.sightings.all();
    }

    private boolean hasForm() {
        return sightings.requireForm("ALPHA-5", "output") & sightings.requireForm("ALPHA-5", "grad_input");
    }

    private void judge() {
        double rate = call.rate();
        if (!call.training()) {
            sightings.requireEvaluated("ALPHA-4");
        } else if (rate == 1) {
            sightings.requireNothing("ALPHA-3");
        } else if (rate >= 0 && rate < 1 && (float) rate == rate && dtype.value(dtype.round(rate)) == rate) {
            trained(Affine.at(rate));
        }
    }

    private Shape noiseShape() {
        return call.has("noise_shape") ? (Shape) call.required("noise_shape") : x.shape();
    }

    private void trained(Affine map) {
        Tensor y = answer.tensor("output");
        Optional<Tensor> dx = sightings.gradient();
        Tensor given = mask(call.optionalTensor("mask"));
        Tensor reported = mask(answer.optionalTensor("mask"));
        for (int i = 0; i < x.size(); i++) {
            double in = x.value(i);
            double out = y.value(i);
            if (!Double.isFinite(in) || !map.fits(dtype, in)) {
                continue;
            }
            boolean asKept = map.yields(dtype, in, out);
            boolean asDropped = map.yields(dtype, Affine.ALPHA, out);
            boolean unclear = asKept == asDropped;
            boolean kept = asKept;
            if (given != null) {
                kept = given.bool(i) != 0;
                if (!unclear && kept != asKept) {
                    sightings.see("MASK-6", i, "", value(map, kept, in), y);
                }
            } else if (!asKept && !asDropped) {
                kept = reported != null
                        ? reported.bool(i) != 0
                        : !hidesItsInput(map, i, y, dx)
                                && Math.abs(out - map.of(in)) <= Math.abs(out - map.of(Affine.ALPHA));
            }
            if (!asKept && !asDropped) {
                sightings.see(kept ? "ALPHA-1" : "ALPHA-2", i, "", value(map, kept, in), y);
            }
            if (dx.isPresent() && (given != null || !unclear)) {
                judge(map, kept, i, dx.get());
            }
        }
    }

    /**
     * Whether an output that is right neither way looks like that of a dropped element: its gradient is 0 or, where no
     * gradient tells, it is a number that does not depend on the input: 0, b or alpha'.
     */
    private boolean hidesItsInput(Affine map, int i, Tensor y, Optional<Tensor> dx) {
        if (dx.isPresent() && call.tensor("grad_output").value(i) != 0) {
            return dx.get().value(i) == 0;
        }
        double out = y.value(i);
        return out == 0 || map.yields(dtype, 0, out) || y.bits(i) == dtype.round(Affine.ALPHA);
    }

    private void judge(Affine map, boolean kept, int i, Tensor dx) {
        double dy = call.tensor("grad_output").value(i);
        if (!Double.isFinite(dy) || !map.fits(dtype, dy)) {
            return;
        }
        boolean right = kept ? map.passes(dtype, dy, dx.value(i)) : dx.value(i) == 0;
        if (!right) {
            String expected = kept ? text(map.a() * dy) + " (kept)" : "0 (dropped)";
            sightings.see("ALPHA-3", i, "gradient ", expected, dx);
        }
    }

    private String value(Affine map, boolean kept, double in) {
        return kept ? text(map.of(in)) + " (kept)" : text(map.of(Affine.ALPHA)) + " (dropped)";
    }

    private String text(double value) {
        return dtype.text(dtype.round(value));
    }

    /** The mask in the shape of the input; null if there is none, or if it has another form than it should. */
    private @Nullable Tensor mask(Optional<Tensor> mask) {
        Shape shape = noiseShape();
        return mask.filter(
                        tensor -> tensor.dtype() == DType.BOOL && tensor.shape().equals(shape))
                .map(tensor -> tensor.broadcastTo(x.shape()))
                .orElse(null);
    }
}
