package org.dropoutspec.operation.recurrent;

import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.operation.VisibleValues;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** The mask of the input. Nothing comes back, so that every state is tanh of one input, kept and scaled or dropped. */
final class InputSite extends HeldSite {
    @Override
    public String name() {
        return "mask";
    }

    @Override
    boolean[] shown(boolean[] in, boolean[] back, int size) {
        return in;
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
        Tensor x = sequence(VisibleValues.of(plain.input(), shape, plain.rate()), steps(plain, 1), true);
        OperationCall call = call(plain, plain.rate(), otherRate(plain), x, 0, 0)
                .with("mask", plain.mask().map(mask -> mask.reshaped(shape)))
                .with("recurrent_mask", plain.mask().map(mask -> Tensor.full(DType.BOOL, shape, 1)));
        return RecurrentDropout.expecting(call, description);
    }
}
