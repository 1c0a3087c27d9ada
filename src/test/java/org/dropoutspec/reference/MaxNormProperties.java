package org.dropoutspec.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.MathContext;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;

class MaxNormProperties {
    private static final double U = 0x1p-53;

    /** 25 elements of at most .59 have a norm of at most 2.95. */
    @Property(tries = 200)
    void aShorterVectorIsLeftAlone(@ForAll("within") double[] vector, @ForAll @DoubleRange(min = 3, max = 4) double c) {
        assertThat(MaxNorm.project(vector, c)).containsExactly(vector);
    }

    @Example
    void aVectorOfThatLengthIsLeftAlone() {
        assertThat(MaxNorm.project(new double[] {0, -3}, 3)).containsExactly(0, -3);
        assertThat(MaxNorm.project(new double[] {2, 2, 1}, 3)).containsExactly(2, 2, 1);
        assertThat(MaxNorm.project(new double[] {6, -8}, 5)).containsExactly(3, -4);
    }

    @Property(tries = 200)
    void projectingTwiceIsProjectingOnce(
            @ForAll("vectors") double[] vector, @ForAll @DoubleRange(min = 3, max = 4) double c) {
        double[] once = MaxNorm.project(vector, c);
        assertThat(MaxNorm.project(once, c)).containsExactly(once);
    }

    @Property(tries = 200)
    void noElementGrowsOrTurns(@ForAll("vectors") double[] vector, @ForAll @DoubleRange(min = 3, max = 4) double c) {
        double[] projected = MaxNorm.project(vector, c);
        for (int i = 0; i < vector.length; i++) {
            assertThat(Math.abs(projected[i])).isLessThanOrEqualTo(Math.abs(vector[i]));
            assertThat(projected[i] * vector[i]).isNotNegative();
        }
    }

    /**
     * A computed norm is off by (n/2 + 2) u, relatively, and so is the factor, by u more; the elements are rounded once,
     * and one step down of the factor makes at most 2 u, and as much again in rounding.
     */
    @Property(tries = 200)
    void aLongerVectorKeepsItsDirectionAndGetsThatLength(
            @ForAll("vectors") double[] vector, @ForAll @DoubleRange(min = 3, max = 4) double c) {
        BigDecimal norm = norm(vector);
        double[] projected = MaxNorm.project(vector, c);
        double off = (vector.length / 2.0 + 8) * U;
        if (norm.doubleValue() > c * (1 + off)) {
            assertThat(norm(projected).doubleValue() / c).isBetween(1 - off, 1 + off);
            for (int i = 0; i < vector.length; i++) {
                double exact = vector[i] * (c / norm.doubleValue());
                assertThat(Math.abs(projected[i] - exact)).isLessThanOrEqualTo((off + 4 * U) * Math.abs(exact));
            }
        }
    }

    @Example
    void aLayerIsProjectedRowByRowAndKeepsItsBiases() {
        Network.Dense layer = new Network.Dense(new double[][] {{6, -8}, {1, 1}}, new double[] {9, -9});
        Network.Dense projected = MaxNorm.project(layer, 5);
        assertThat(projected.weight()).isDeepEqualTo(new double[][] {{3, -4}, {1, 1}});
        assertThat(projected.bias()).containsExactly(9, -9);
    }

    @Example
    void whatHasNoLengthOrNoLimitIsRejected() {
        assertThatThrownBy(() -> MaxNorm.project(new double[] {Double.NaN}, 3)).hasMessage("norm (NaN) must be finite");
        assertThatThrownBy(() -> MaxNorm.project(new double[] {1}, 0)).hasMessage("limit (0.0) must be positive");
    }

    @Provide
    Arbitrary<double[]> within() {
        return Arbitraries.doubles()
                .between(-0.59, 0.59)
                .ofScale(12)
                .array(double[].class)
                .ofMaxSize(25);
    }

    @Provide
    Arbitrary<double[]> vectors() {
        return Arbitraries.doubles()
                .between(-10, 10)
                .ofScale(12)
                .array(double[].class)
                .ofMaxSize(40);
    }

    private static BigDecimal norm(double[] vector) {
        BigDecimal sum = BigDecimal.ZERO;
        for (double each : vector) {
            sum = sum.add(new BigDecimal(each).pow(2));
        }
        return sum.sqrt(new MathContext(40));
    }
}
