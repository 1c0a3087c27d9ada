package org.dropoutspec.operation.recurrent;

import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.operation.VisibleValues;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/**
 * The mask of the recurrent connection. After the first step there is no input, so that each state is tanh of the bias
 * alone, or of the bias and the state before it.
 */
final class RecurrentSite extends HeldSite {
    @Override
    public String name() {
        return "recurrent_mask";
    }

    @Override
    boolean[] shown(boolean[] in, boolean[] back, int size) {
        return back;
    }

    @Override
    public Shape layout(Call plain, Description description) {
        int size = plain.input().size();
        int row = VisibleValues.row(size);
        return Shape.of(size / row, row);
    }

    @Override
    public OperationCall call(Call plain, Description description) {
        int size = plain.input().size();
        int row = VisibleValues.row(size);
        Shape shape = Shape.of(size / row, row);
        Tensor x = sequence(magnitudes(plain.input(), shape, 0.5, 0), steps(plain, 2), false);
        OperationCall call = call(plain, otherRate(plain), plain.rate(), x, BIAS, RECURRENT)
                .with("mask", plain.mask().map(mask -> Tensor.full(DType.BOOL, shape, 1)))
                .with("recurrent_mask", plain.mask().map(mask -> mask.reshaped(shape)));
        return RecurrentDropout.expecting(call, description);
    }

    /** Values that are visible at this rate, with the sign of the bias and at least {@code least} large. */
    static Tensor magnitudes(Tensor input, Shape shape, double rate, double least) {
        double[] x = VisibleValues.of(input, shape, rate).values();
        for (int i = 0; i < x.length; i++) {
            x[i] = Math.abs(x[i]);
            x[i] += x[i] < least ? least : 0;
        }
        return Tensor.of(input.dtype(), shape, x);
    }
}
