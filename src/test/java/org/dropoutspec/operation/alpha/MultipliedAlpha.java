package org.dropoutspec.operation.alpha;

import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.operation.Operation;
import org.dropoutspec.reference.AlphaDropout;
import org.dropoutspec.reference.Dropout;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;

/** Sound alpha dropout in the way of PyTorch: noise times a, (noise - 1) times a alpha' less its mean, all rounded to the type. */
public final class MultipliedAlpha {
    private MultipliedAlpha() {}

    public static OperationResult answer(OperationCall call, Dropout dropout, Operation sound) {
        OperationResult result = sound.answer(call, dropout);
        double rate = call.rate();
        if (!call.training() || rate == 0 || rate == 1) {
            return result;
        }
        Tensor x = call.tensor("input");
        DType dtype = x.dtype();
        double a = 1 / Math.sqrt((1 - rate) * (1 + rate * AlphaDropout.ALPHA * AlphaDropout.ALPHA));
        double scaled = round(dtype, -AlphaDropout.ALPHA * a);
        double shift = round(dtype, -AlphaDropout.ALPHA * a * rate);
        Tensor mask = result.tensor("mask").broadcastTo(x.shape());
        Tensor.Builder y = Tensor.builder(dtype, x.shape());
        for (int i = 0; i < x.size(); i++) {
            int m = mask.bool(i);
            double b = round(dtype, (m - 1) * scaled + shift);
            double product = round(dtype, x.value(i) * (m * round(dtype, a)));
            y.setBits(i, dtype.round(product + b));
        }
        return result.with("output", y.build());
    }

    private static double round(DType dtype, double value) {
        return dtype.value(dtype.round(value));
    }
}
