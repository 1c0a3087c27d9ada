package org.dropoutspec.defect;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.dropoutspec.condition.Age;
import org.dropoutspec.condition.Before;
import org.dropoutspec.condition.Condition;
import org.dropoutspec.condition.Layout;
import org.dropoutspec.condition.Level;
import org.dropoutspec.condition.MaskShape;
import org.dropoutspec.condition.RateKind;
import org.dropoutspec.condition.SeedKind;
import org.dropoutspec.condition.ValueKind;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/**
 * A call as a defect sees it: its kind, without tensors.
 *
 * @param shape of the input as the implementation sees it
 * @param maskShape the noise shape, or that of the input
 * @param given whether it carries a mask
 * @param draw how many masks were drawn in this process before
 * @param number how many calls were answered in this process before
 * @param levels the index of each factor's level, by factor
 */
record Asked(
        DType dtype,
        double rate,
        boolean training,
        Shape shape,
        Shape maskShape,
        boolean strided,
        boolean gradient,
        boolean given,
        OptionalLong seed,
        int draw,
        int number,
        int[] levels) {
    private static final int VALUES_LOOKED_AT = 48;

    static Asked of(Call call, History history) {
        return new Asked(
                call.input().dtype(),
                call.rate(),
                call.training(),
                call.shape(),
                call.maskShape(),
                call.permutation().isPresent(),
                call.gradOutput().isPresent(),
                call.mask().isPresent(),
                call.seed(),
                history.draws(),
                history.calls(),
                levels(call, history.draws()));
    }

    private static int[] levels(Call call, int draws) {
        if (call.shape().size() == 0) {
            return new int[0];
        }
        SeedKind seed = call.seed().isEmpty()
                ? SeedKind.STREAM
                : call.seed().getAsLong() < 1 << 16 ? SeedKind.SMALL : SeedKind.LARGE;
        return new Condition(
                        call.input().dtype(),
                        call.rate(),
                        RateKind.of(call.rate()),
                        call.shape(),
                        layout(call),
                        maskShape(call),
                        call.noiseShape(),
                        call.gradOutput().isPresent(),
                        seed,
                        Before.SAME_RATE,
                        draws < Age.FIRST_DRAWS ? Age.FIRST : Age.LATER,
                        values(call.input()))
                .levels();
    }

    /** Whether the call has this level; for what came before it, see {@link History#cameBefore}. */
    boolean is(Level level) {
        return levels.length > 0 && levels[level.factor().ordinal()] == level.index();
    }

    boolean draws() {
        return training && !given;
    }

    /** Whether the call has a mask that chance decides. */
    boolean isRandom() {
        return draws() && rate > 0 && rate < 1 && maskSize() > 0;
    }

    int size() {
        return shape.size();
    }

    int maskSize() {
        return maskShape.size();
    }

    /** The extent of the mask's last axis. */
    int row() {
        return maskShape.rank() == 0 ? 1 : maskShape.extent(maskShape.rank() - 1);
    }

    private static Layout layout(Call call) {
        Optional<int[]> axes = call.permutation();
        if (axes.isPresent()) {
            for (Layout layout : Layout.values()) {
                if (layout.permutation(call.shape().rank())
                        .filter(own -> Arrays.equals(own, axes.get()))
                        .isPresent()) {
                    return layout;
                }
            }
        }
        return axes.isPresent() ? Layout.SWAPPED : Layout.CONTIGUOUS;
    }

    private static MaskShape maskShape(Call call) {
        Shape mask = call.maskShape();
        Shape shape = call.shape();
        int rank = shape.rank();
        if (call.noiseShape().isEmpty() || mask.equals(shape)) {
            return MaskShape.OWN;
        }
        int longer = 0;
        int kept = 0;
        for (int axis = 0; axis < mask.rank(); axis++) {
            longer += shape.extent(rank - mask.rank() + axis) > 1 ? 1 : 0;
            kept += mask.extent(axis) > 1 ? 1 : 0;
        }
        if (mask.size() == 1) {
            return MaskShape.SINGLE;
        } else if (kept == 1 && longer > 2) {
            return MaskShape.ALONG_ONE_AXIS;
        } else if (mask.extent(mask.rank() - 1) == 1 && shape.extent(rank - 1) > 1) {
            return MaskShape.LAST_SHARED;
        }
        return mask.extent(0) == 1 && shape.extent(0) > 1 ? MaskShape.FIRST_SHARED : MaskShape.MIDDLE_SHARED;
    }

    private static ValueKind values(Tensor input) {
        boolean constant = input.size() > 1;
        double largest = 0;
        for (int i = 0; i < Math.min(input.size(), VALUES_LOOKED_AT); i++) {
            double x = input.value(i);
            if (x == 0) {
                return ValueKind.WITH_ZEROS;
            }
            constant &= input.bits(i) == input.bits(0);
            largest = Math.max(largest, Math.abs(x));
        }
        if (constant) {
            return ValueKind.CONSTANT;
        } else if (largest < 0x1p-7) {
            return ValueKind.TINY;
        }
        return largest > 0x1p7 ? ValueKind.HUGE : ValueKind.MODERATE;
    }

    @Override
    public String toString() {
        return (training ? "" : "evaluation, ") + dtype + " " + shape + ", rate " + rate;
    }
}
