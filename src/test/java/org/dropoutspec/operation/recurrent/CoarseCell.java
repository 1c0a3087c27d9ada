package org.dropoutspec.operation.recurrent;

import java.util.Map;
import org.dropoutspec.implementation.Choices.Scaling;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.reference.Dropout;
import org.dropoutspec.reference.ElmanCell;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;

/** A sound recurrent cell: every operation rounded to the element type, sums from the last term to the first. */
public final class CoarseCell {
    private CoarseCell() {}

    public static OperationResult answer(OperationCall call, Dropout dropout, Scaling scaling) {
        OperationResult reference = new RecurrentDropout().answer(call, dropout);
        DType type = call.tensor("input").dtype();
        Unrolled cell =
                new Unrolled(call, Tensor.full(type, SequenceExtents.of(call).output(), 0), scaling);
        SequenceExtents extents = cell.extents;
        if (call.training()) {
            ElmanCell.Masks masks =
                    RecurrentDropout.masks(call, reference.tensor("mask"), reference.tensor("recurrent_mask"));
            for (int i = 0; i < cell.in.length; i++) {
                cell.in[i] = masks.input().bool(i) != 0;
            }
            for (int i = 0; i < cell.back.length; i++) {
                cell.back[i] = masks.recurrent().bool(i) != 0;
            }
        }
        for (int step = 0; step < extents.steps(); step++) {
            for (int example = 0; example < extents.examples(); example++) {
                for (int state = 0; state < extents.states(); state++) {
                    double a = 0;
                    for (int j = extents.states() - 1; j >= 0; j--) {
                        double term = rounded(type, cell.takenBack(step, example, j));
                        a = rounded(type, a + rounded(type, cell.u[state * extents.states() + j] * term));
                    }
                    for (int i = extents.inputs() - 1; i >= 0; i--) {
                        double term = rounded(type, cell.taken(step, example, i));
                        a = rounded(type, a + rounded(type, cell.w[state * extents.inputs() + i] * term));
                    }
                    double tanh = Math.tanh(rounded(type, a + cell.bias[state]));
                    long bits = type.round(tanh);
                    // a tanh that is 3 ulp too small
                    cell.h[cell.index(step, example, state)] = Math.abs(tanh) > 0.01 ? type.value(bits - 3) : tanh;
                }
            }
        }
        OperationResult result = reference.with(
                "output", Tensor.of(type, reference.tensor("output").shape(), cell.h));
        if (!call.has("grad_output")) {
            return result;
        }
        return backInItsType(cell, call.tensor("grad_output").values(), type).entrySet().stream()
                .reduce(
                        result,
                        (all, gradient) -> all.with(
                                gradient.getKey(),
                                Tensor.of(
                                        type,
                                        reference.tensor(gradient.getKey()).shape(),
                                        gradient.getValue())),
                        (one, other) -> other);
    }

    /** The same of the backward pass, from the states as they were put out. */
    private static Map<String, double[]> backInItsType(Unrolled cell, double[] dy, DType type) {
        int states = cell.extents.states();
        int inputs = cell.extents.inputs();
        double[] da = new double[cell.h.length];
        double[] dx = new double[cell.x.length];
        double[] dw = new double[cell.w.length];
        double[] du = new double[cell.u.length];
        double[] dbias = new double[states];
        for (int row = cell.h.length / states - 1; row >= 0; row--) {
            int step = row / cell.extents.examples();
            int example = row % cell.extents.examples();
            for (int k = 0; k < states; k++) {
                double back = 0;
                for (int j = states - 1; j >= 0 && step + 1 < cell.extents.steps(); j--) {
                    double term = cell.u[j * states + k] * da[cell.index(step + 1, example, j)];
                    back = rounded(type, back + rounded(type, term));
                }
                double scale = cell.back[example * states + k] ? rounded(type, cell.recurrentScale) : 0;
                double dh = rounded(type, dy[row * states + k] + rounded(type, back * scale));
                double h = cell.h[row * states + k];
                da[row * states + k] = rounded(type, dh * rounded(type, 1 - rounded(type, h * h)));
            }
            for (int k = 0; k < states; k++) {
                double a = da[row * states + k];
                dbias[k] = rounded(type, dbias[k] + a);
                for (int i = 0; i < inputs; i++) {
                    int w = k * inputs + i;
                    dw[w] = rounded(type, dw[w] + rounded(type, a * rounded(type, cell.taken(step, example, i))));
                    double scale = cell.in[example * inputs + i] ? rounded(type, cell.scale) : 0;
                    double term = rounded(type, rounded(type, cell.w[w] * a) * scale);
                    dx[row * inputs + i] = rounded(type, dx[row * inputs + i] + term);
                }
                for (int j = 0; j < states; j++) {
                    int u = k * states + j;
                    du[u] = rounded(type, du[u] + rounded(type, a * rounded(type, cell.takenBack(step, example, j))));
                }
            }
        }
        return Map.of("grad_input", dx, "grad_weight_input", dw, "grad_weight_recurrent", du, "grad_bias", dbias);
    }

    private static double rounded(DType type, double value) {
        return type.value(type.round(value));
    }
}
