package org.dropoutspec.implementation;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/**
 * One call of dropout, as the wire protocol carries it.
 *
 * @param rate the probability of dropping an element; any double, since bad rates are asked for too
 * @param training whether elements are dropped; if not, the call is an evaluation
 * @param input the elements; the contiguous buffer when there is a permutation
 * @param gradOutput the upstream gradient, in the shape of the output
 * @param seed in [0, 2^53), below what the implementation declares, set before the draw
 * @param noiseShape the shape of the mask, broadcast to the input
 * @param mask true = kept, in the mask's own shape; applied instead of drawing one
 * @param permutation if present, the implementation's input is the transpose of {@code input} by it, a strided view
 */
public record Call(
        double rate,
        boolean training,
        Tensor input,
        Optional<Tensor> gradOutput,
        OptionalLong seed,
        Optional<Shape> noiseShape,
        Optional<Tensor> mask,
        Optional<int[]> permutation) {

    /** Every seed is below this limit, 2^53, so that every JSON parser reads it exactly. */
    public static final long SEED_LIMIT = 1L << 53;

    public Call {
        if (seed.isPresent() && (seed.getAsLong() < 0 || seed.getAsLong() >= SEED_LIMIT)) {
            throw new IllegalArgumentException("seed (" + seed.getAsLong() + ") must be in [0, 2^53)");
        }
    }

    /** A training call that continues the implementation's own stream. */
    public static Call training(double rate, Tensor input) {
        return of(rate, true, input);
    }

    /** An evaluation call. */
    public static Call evaluation(double rate, Tensor input) {
        return of(rate, false, input);
    }

    private static Call of(double rate, boolean training, Tensor input) {
        return new Call(
                rate,
                training,
                input,
                Optional.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public Call withRate(double other) {
        return new Call(other, training, input, gradOutput, seed, noiseShape, mask, permutation);
    }

    public Call withTraining(boolean other) {
        return new Call(rate, other, input, gradOutput, seed, noiseShape, mask, permutation);
    }

    public Call withInput(Tensor other) {
        return new Call(rate, training, other, gradOutput, seed, noiseShape, mask, permutation);
    }

    public Call withGradOutput(Tensor gradient) {
        return new Call(rate, training, input, Optional.of(gradient), seed, noiseShape, mask, permutation);
    }

    public Call withoutGradOutput() {
        return new Call(rate, training, input, Optional.empty(), seed, noiseShape, mask, permutation);
    }

    public Call withSeed(long value) {
        return new Call(rate, training, input, gradOutput, OptionalLong.of(value), noiseShape, mask, permutation);
    }

    public Call withoutSeed() {
        return new Call(rate, training, input, gradOutput, OptionalLong.empty(), noiseShape, mask, permutation);
    }

    public Call withNoiseShape(Shape shape) {
        return new Call(rate, training, input, gradOutput, seed, Optional.of(shape), mask, permutation);
    }

    public Call withMask(Tensor injected) {
        return new Call(rate, training, input, gradOutput, seed, noiseShape, Optional.of(injected), permutation);
    }

    public Call withPermutation(int... axes) {
        return new Call(rate, training, input, gradOutput, seed, noiseShape, mask, Optional.of(axes.clone()));
    }

    /** Whether 1/(1 - rate) is larger than the largest number of the element type, at a rate below 1. */
    public boolean scaleOverflows() {
        DType dtype = input.dtype();
        return rate < 1 && Double.isInfinite(dtype.value(dtype.round(1 / (1 - rate))));
    }

    /** The shape that the implementation sees, and that output and gradients have. */
    public Shape shape() {
        return permutation.map(axes -> input.shape().permuted(axes)).orElse(input.shape());
    }

    /** The input that the implementation sees, as a contiguous tensor. */
    public Tensor presented() {
        return permutation.map(axes -> input.permuted(axes)).orElse(input);
    }

    /** The shape in which a mask is drawn: the noise shape, or the shape of the input. */
    public Shape maskShape() {
        return noiseShape.orElseGet(this::shape);
    }

    /** The call in words, with all that is needed to replay it: {@code rate 0.2, float32 [4], seed 7}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder()
                .append(training ? "" : "evaluation, ")
                .append("rate ")
                .append(rate)
                .append(", ")
                .append(input);
        gradOutput.ifPresent(gradient -> text.append(", upstream gradient ").append(gradient));
        noiseShape.ifPresent(shape -> text.append(", noise shape ").append(shape));
        mask.ifPresent(tensor -> text.append(", mask ").append(tensor));
        permutation.ifPresent(axes -> text.append(", permutation ").append(Arrays.toString(axes)));
        seed.ifPresent(value -> text.append(", seed ").append(value));
        return text.toString();
    }
}
