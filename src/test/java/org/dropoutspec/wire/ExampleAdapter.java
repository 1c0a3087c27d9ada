package org.dropoutspec.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.RejectedCall;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.tensor.Bits;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** What every adapter that is an example does. */
final class ExampleAdapter {
    static final Tensor INPUT = Tensor.ofFloats(Shape.of(2, 3), 1, -2, 3, -4, -0f, 6);

    private ExampleAdapter() {}

    /** Holds one to dropping and scaling, to seeds, gradients and masks, to every length of base64, and to rejecting. */
    static void requireDropout(AdapterProcess adapter) {
        assertThat(adapter.dropout(Call.evaluation(0.5, INPUT))).isEqualTo(Result.of(INPUT));
        Call call = Call.training(0.5, INPUT).withSeed((1L << 53) - 1).withGradOutput(INPUT);
        Result result = adapter.dropout(call);
        assertThat(adapter.dropout(call)).isEqualTo(result);
        Tensor mask = result.mask().orElseThrow();
        assertThat(result.output()).isEqualTo(doubled(mask));
        assertThat(result.gradInput()).contains(result.output());
        Tensor some = Tensor.ofBooleans(INPUT.shape(), true, false, true, true, false, true);
        assertThat(adapter.dropout(Call.training(0.5, INPUT).withMask(some)))
                .isEqualTo(Result.of(doubled(some)).withMask(some));
        // of one, two, four and five elements, so that base64 ends in every way
        for (int size : new int[] {0, 1, 2, 4, 5}) {
            Tensor ones = Tensor.full(DType.FLOAT64, Shape.of(size), 1.1);
            assertThat(adapter.dropout(Call.training(0, ones)).output()).isEqualTo(ones);
        }
        requireTilesAndBits(adapter);
        assertThat(adapter.dropout(Call.training(1, INPUT)).output())
                .isEqualTo(Tensor.full(DType.FLOAT32, INPUT.shape(), 0));
        for (double rate : new double[] {-0.1, 1.5, Double.NaN, Double.NEGATIVE_INFINITY}) {
            assertThatThrownBy(() -> adapter.dropout(Call.evaluation(rate, INPUT)))
                    .isInstanceOf(RejectedCall.class)
                    .hasMessageContaining("must be in [0, 1]");
        }
    }

    /** Tiles that end in the middle of a shape, that are longer than it, and for nothing; bits to the last of a byte. */
    private static void requireTilesAndBits(AdapterProcess adapter) {
        assertThat(adapter.description().can(Capability.TILED_INPUT)).isTrue();
        assertThat(adapter.description().can(Capability.KEPT_BITS)).isTrue();
        byte[] tile = new byte[3 * Double.BYTES];
        Tensor.of(DType.FLOAT64, Shape.of(3), 1, -2, 3).data().get(tile);
        for (int size : new int[] {0, 1, 2, 3, 4, 7, 8, 9, 16, 30}) {
            Tensor tiled = Tensor.tiled(DType.FLOAT64, Shape.of(size), tile);
            assertThat(tiled.tile()).isPresent();
            assertThat(adapter.dropout(Call.training(0, tiled)).output()).isEqualTo(tiled);
            Call call = Call.training(0.5, tiled).withSeed(size);
            assertThat(adapter.kept(call))
                    .isEqualTo(Bits.ofNonzero(adapter.dropout(call).output()));
        }
    }

    /** The input at rate 1/2 under a mask. */
    private static Tensor doubled(Tensor mask) {
        double[] values = INPUT.values();
        for (int i = 0; i < values.length; i++) {
            values[i] = mask.bits(i) == 1 ? 2 * values[i] : 0;
        }
        return Tensor.of(DType.FLOAT32, INPUT.shape(), values);
    }
}
