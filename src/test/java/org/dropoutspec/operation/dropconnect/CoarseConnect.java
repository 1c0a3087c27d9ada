package org.dropoutspec.operation.dropconnect;

import org.dropoutspec.implementation.Choices.Scaling;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.reference.Dropout;
import org.dropoutspec.reference.DroppedWeights;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Sound DropConnect: every operation rounded to the element type, sums from the last term to the first. */
public final class CoarseConnect {
    private CoarseConnect() {}

    public static OperationResult answer(OperationCall call, Dropout dropout, DropConnect operation, Scaling scaling) {
        OperationResult reference = operation.answer(call, dropout);
        DType type = call.tensor("input").dtype();
        Shape shape = call.tensor("weight").shape();
        Tensor mask = call.training() && call.rate() < 1
                ? reference.tensor("mask")
                : Tensor.full(DType.BOOL, operation.maskShape(call), call.training() ? 0 : 1);
        double keep = rounded(type, 1 - rounded(type, call.rate()));
        double scale = call.training() == (scaling == Scaling.CLASSIC)
                ? 1
                : scaling == Scaling.CLASSIC ? keep : keep == 0 ? 1 : rounded(type, 1 / keep);
        double[] w = call.tensor("weight").values();
        double[] x = call.tensor("input").values();
        int inputs = shape.extent(1);
        double[] y = new double[reference.tensor("output").size()];
        for (int at = 0; at < y.length; at++) {
            int b = at / shape.extent(0);
            int o = at % shape.extent(0);
            for (int i = inputs - 1; i >= 0; i--) {
                int m = (mask.shape().rank() == 3 ? b * w.length : 0) + o * inputs + i;
                double taking = mask.bool(m) == 0 ? 0 : rounded(type, w[o * inputs + i] * scale);
                y[at] = rounded(type, y[at] + rounded(type, taking * x[b * inputs + i]));
            }
            y[at] = rounded(type, y[at] + call.tensor("bias").value(o));
        }
        OperationResult result = reference.with(
                "output", Tensor.of(type, reference.tensor("output").shape(), y));
        if (!call.has("grad_output")) {
            return result;
        }
        DroppedWeights.Gradients gradients = DroppedWeights.backward(
                call.tensor("grad_output"), call.tensor("input"), call.tensor("weight"), mask, scale);
        return result.with("grad_input", gradients.input())
                .with("grad_weight", gradients.weight())
                .with("grad_bias", gradients.bias());
    }

    private static double rounded(DType type, double value) {
        return type.value(type.round(value));
    }
}
