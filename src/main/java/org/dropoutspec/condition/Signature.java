package org.dropoutspec.condition;

import java.util.Optional;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;

/**
 * All of a call for which a compiled implementation compiles again: not rate, seed, or values in tensors.
 *
 * @param shape of the input as the implementation sees it
 * @param training or evaluation
 * @param gradient whether the call carries an upstream gradient
 * @param seeded whether it carries a seed
 * @param masked whether it carries a mask
 */
public record Signature(
        DType dtype,
        Shape shape,
        Layout layout,
        Optional<Shape> noiseShape,
        boolean training,
        boolean gradient,
        boolean seeded,
        boolean masked) {

    /** The signature of a call; empty where no {@link Layout} describes how its input lies in memory. */
    public static Optional<Signature> of(Call call) {
        return Layout.of(call.permutation())
                .map(layout -> new Signature(
                        call.input().dtype(),
                        call.shape(),
                        layout,
                        call.noiseShape(),
                        call.training(),
                        call.gradOutput().isPresent(),
                        call.seed().isPresent(),
                        call.mask().isPresent()));
    }

    static Signature training(DType dtype, Shape shape) {
        return new Signature(dtype, shape, Layout.CONTIGUOUS, Optional.empty(), true, false, false, false);
    }

    Signature evaluation() {
        return new Signature(dtype, shape, layout, Optional.empty(), false, false, false, false);
    }

    Signature withDtype(DType other) {
        return new Signature(other, shape, layout, noiseShape, training, gradient, seeded, masked);
    }

    Signature withGradient() {
        return new Signature(dtype, shape, layout, noiseShape, training, true, seeded, masked);
    }

    Signature withSeed() {
        return new Signature(dtype, shape, layout, noiseShape, training, gradient, true, masked);
    }

    Signature withMask() {
        return new Signature(dtype, shape, layout, noiseShape, training, gradient, seeded, true);
    }

    Signature with(Layout other) {
        return new Signature(dtype, shape, other, noiseShape, training, gradient, seeded, masked);
    }

    Signature withNoiseShape(Shape mask) {
        return new Signature(dtype, shape, layout, Optional.of(mask), training, gradient, seeded, masked);
    }

    /** How much this has in common with another signature. Shape and type count more than the rest. */
    int likeness(Signature other) {
        return (shape.equals(other.shape) ? 16 : 0)
                + (dtype == other.dtype ? 8 : 0)
                + (noiseShape.equals(other.noiseShape) ? 4 : 0)
                + (layout == other.layout ? 2 : 0)
                + (gradient == other.gradient ? 1 : 0)
                + (seeded == other.seeded ? 1 : 0);
    }
}
