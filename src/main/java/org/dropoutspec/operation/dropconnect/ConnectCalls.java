package org.dropoutspec.operation.dropconnect;

import java.util.Arrays;
import java.util.List;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Choices.WeightMask;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.operation.OperationCalls;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/**
 * Calls of DropConnect. If the mask is neither given nor reported, some inputs are zero except for one element, so that
 * each weight shows by itself; others are not, so that sums of weights under the same mask show too.
 */
final class ConnectCalls {
    static final int MOST = 5;

    private static final int WIDE_EXAMPLES = 1;
    private static final int WIDE_INPUTS = 2;
    private static final int WIDE_OUTPUTS = 3;

    private ConnectCalls() {}

    static OperationCall make(OperationCalls calls, List<Integer> extents, Description description) {
        boolean each = description.declaration(DropConnect.NAME).choices().weightMask() == WeightMask.EXAMPLE;
        DType dtype = calls.dtype();
        OperationCall call = calls.begun();
        boolean given = calls.can(Capability.MASK_INPUT) && call.training() && calls.coin();
        boolean shown = given || calls.can(Capability.MASK_OUTPUT) || !call.training();
        // now and then wide along one axis or along all three, as far as the mask shows; calls shrink to narrow ones
        int wide = extents.get(3) >= MOST - 1 ? 1 + calls.number(4) : 0;
        int inputs = shown
                ? length(extents.get(1), wide, WIDE_INPUTS)
                : Math.min(extents.get(1), each ? 2 : WeightRecovery.FEW);
        int examples = length(extents.get(0), wide, WIDE_EXAMPLES) + (shown || each ? 0 : inputs - 1);
        int outputs = length(extents.get(2), wide, WIDE_OUTPUTS);
        Shape weight = Shape.of(outputs, inputs);
        double[] x = calls.moderate(dtype, Shape.of(examples, inputs)).values();
        for (int i = 0; i < inputs && !shown && !each; i++) {
            for (int b = 0; b < inputs; b++) {
                x[b * inputs + i] *= b == i ? 1 : 0;
            }
        }
        if (calls.number(3) == 0) {
            Arrays.fill(x, (examples - 1) * inputs, x.length, 0); // this shows the bias
        }
        call = call.with("input", Tensor.of(dtype, Shape.of(examples, inputs), x))
                .with("weight", weights(calls, dtype, weight, shown))
                .with("bias", calls.moderate(dtype, Shape.of(outputs)));
        if (calls.can(Capability.BACKWARD) && calls.coin()) {
            call = call.with("grad_output", calls.moderate(dtype, Shape.of(examples, outputs)));
        }
        if (given) {
            call = call.with("mask", calls.mask(each ? Shape.of(examples, outputs, inputs) : weight));
        }
        return DropConnect.expecting(call, description);
    }

    /** The length of an axis: 65 to 85 if it is the wide one, up to 35 if all are wide. */
    private static int length(int extent, int wide, int axis) {
        return wide == 0 ? extent : wide == axis ? 60 + 5 * extent : wide > WIDE_OUTPUTS ? 7 * extent : extent;
    }

    /** Weights, some of them 0 if the output need not show what was dropped; their gradient is masked all the same. */
    private static Tensor weights(OperationCalls calls, DType dtype, Shape shape, boolean shown) {
        double[] weights = calls.moderate(dtype, shape).values();
        for (int i = 0; i < weights.length && shown; i++) {
            weights[i] *= calls.number(8) == 0 ? 0 : 1;
        }
        return Tensor.of(dtype, shape, weights);
    }
}
