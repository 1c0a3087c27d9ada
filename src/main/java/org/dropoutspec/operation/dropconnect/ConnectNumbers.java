package org.dropoutspec.operation.dropconnect;

import org.dropoutspec.implementation.Choices;
import org.dropoutspec.implementation.Choices.Scaling;
import org.dropoutspec.implementation.Choices.WeightMask;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.oracle.Roundoff;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/**
 * The numbers of one call of DropConnect.
 *
 * @param scale the factor of kept weights
 * @param eachExample whether each example has a mask of its own
 * @param x [B, I]
 * @param weight [O, I]
 * @param bias [O]
 */
record ConnectNumbers(
        Roundoff roundoff,
        double scale,
        boolean eachExample,
        int examples,
        int inputs,
        int outputs,
        double[] x,
        double[] weight,
        double[] bias) {

    static ConnectNumbers of(OperationCall call, Choices choices) {
        Tensor input = call.tensor("input");
        Shape shape = call.tensor("weight").shape();
        return new ConnectNumbers(
                new Roundoff(input.dtype()),
                scale(call, choices.scaling()),
                choices.weightMask() == WeightMask.EXAMPLE,
                input.shape().extent(0),
                shape.extent(1),
                shape.extent(0),
                input.values(),
                call.tensor("weight").values(),
                call.tensor("bias").values());
    }

    private static double scale(OperationCall call, Scaling scaling) {
        if (call.training()) {
            return scaling == Scaling.CLASSIC || call.rate() == 1 ? 1 : 1 / (1 - call.rate());
        }
        return scaling == Scaling.CLASSIC ? 1 - call.rate() : 1;
    }

    /** The index at which the mask of an example begins. */
    int first(int example) {
        return eachExample ? example * outputs * inputs : 0;
    }

    /** @param size the sum of the magnitudes of the terms */
    double tolerance(int terms, double size) {
        return roundoff.error(terms + 4) * size + (terms + 1) * roundoff.smallest() * Math.max(1, scale);
    }
}
