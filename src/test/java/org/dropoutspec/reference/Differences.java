package org.dropoutspec.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;

/** Central differences of a loss, which a gradient has to be. */
public final class Differences {
    private static final double STEP = 0x1p-17;

    /** Truncation, STEP^2 / 6 of a third derivative, and rounding, 2^-53 / STEP of a loss, of values below 100. */
    private static final double DIFFERENCE = 1e-8;

    private Differences() {}

    /** @param at by which the loss is derived, which changes for as long as it is asked */
    public static void require(double[][] gradient, double[][] at, DoubleSupplier loss) {
        assertThat(gradient).hasDimensions(at.length, at[0].length);
        for (int i = 0; i < at.length; i++) {
            require(gradient[i], at[i], loss);
        }
    }

    static void require(Tensor gradient, Tensor at, ToDoubleFunction<Tensor> loss) {
        assertThat(gradient.shape()).isEqualTo(at.shape());
        double[] values = at.values().clone();
        require(gradient.values(), values, () -> loss.applyAsDouble(Tensor.of(DType.FLOAT64, at.shape(), values)));
    }

    private static void require(double[] gradient, double[] at, DoubleSupplier loss) {
        for (int i = 0; i < at.length; i++) {
            double before = at[i];
            at[i] = before + STEP;
            double above = loss.getAsDouble();
            at[i] = before - STEP;
            double below = loss.getAsDouble();
            at[i] = before;
            assertThat(gradient[i]).as("element %d", i).isCloseTo((above - below) / (2 * STEP), within(DIFFERENCE));
        }
    }
}
