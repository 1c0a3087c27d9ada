package org.dropoutspec.condition;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;

/**
 * A row of the design: a level of each factor, and the training call that was chosen to show these levels.
 *
 * @param rate a rate that both float32 and the type hold exactly
 * @param rateKind the level that the rate stands for
 * @param shape of the input as the implementation sees it
 * @param noiseShape the shape of the mask where it is not that of the input
 * @param gradient whether the call carries an upstream gradient
 */
public record Condition(
        DType dtype,
        double rate,
        RateKind rateKind,
        Shape shape,
        Layout layout,
        MaskShape maskShape,
        Optional<Shape> noiseShape,
        boolean gradient,
        SeedKind seed,
        Before before,
        Age age,
        ValueKind values) {

    /** A call of this type, rate and shape that is plain in everything else. */
    public static Condition plain(DType dtype, double rate, Shape shape) {
        return new Condition(
                dtype,
                rate,
                rate == 0.5 ? RateKind.HALF : RateKind.OF_THE_RUN,
                shape,
                Layout.CONTIGUOUS,
                MaskShape.OWN,
                Optional.empty(),
                false,
                SeedKind.STREAM,
                Before.SAME_SHAPE_AND_RATE,
                Age.LATER,
                ValueKind.MODERATE);
    }

    /** The index of each factor's level, in the order of the factors. */
    public int[] levels() {
        Geometry geometry = Geometry.of(shape);
        return Arrays.stream(Factor.values())
                .mapToInt(factor -> index(factor, geometry))
                .toArray();
    }

    public Level level(Factor factor) {
        return factor.level(index(factor, Geometry.of(shape)));
    }

    private int index(Factor factor, Geometry geometry) {
        return switch (factor) {
            case TYPE -> dtype.ordinal();
            case RATE -> rateKind.ordinal();
            case SIZE, RESIDUE, RANK, LARGE_AXIS, LAST_AXIS -> geometry.level(factor);
            case LAYOUT -> layout.ordinal();
            case MASK_SHAPE -> maskShape.ordinal();
            case GRADIENT -> gradient ? 1 : 0;
            case SEED -> seed.ordinal();
            case BEFORE -> before.ordinal();
            case AGE -> age.ordinal();
            case VALUES -> values.ordinal();
        };
    }

    /** The unusual things about the call: its levels that are not the plainest of their factor. */
    public List<Level> unusual() {
        return Arrays.stream(Factor.values())
                .map(this::level)
                .filter(level -> !level.isPlain())
                .toList();
    }

    /** The permutation of axes by which the input is a transposed view; empty where the input is contiguous. */
    public Optional<int[]> permutation() {
        return layout.permutation(shape.rank());
    }

    /** The shape of the contiguous buffer that holds the input. */
    public Shape buffer() {
        return layout.buffer(shape);
    }

    /** The number of elements of the mask. */
    public int maskSize() {
        return noiseShape.orElse(shape).size();
    }

    public Signature signature() {
        return new Signature(dtype, shape, layout, noiseShape, true, gradient, seed != SeedKind.STREAM, false);
    }

    /**
     * This condition at another level, if it can be asked so. The other factors change as little as possible: with
     * another shape, whatever no longer fits it becomes plain.
     */
    public Optional<Condition> with(Level level, Scope scope) {
        return level(level.factor()).equals(level) ? Optional.of(this) : Change.of(this, level, scope);
    }

    /** This condition at the plainest level of the factor; unchanged where it cannot be asked so. */
    public Condition plainer(Factor factor, Scope scope) {
        return with(factor.plainest(), scope).orElse(this);
    }

    /** This condition at a rate that is not a level of the design. */
    public Condition atRate(double other) {
        return with(dtype, RateKind.OF_THE_RUN, other);
    }

    /** This condition with fewer elements or axes, the most telling first. Layout and mask stay of their kind. */
    public List<Condition> smaller() {
        return Smaller.of(this);
    }

    /**
     * What a counterexample still needs after it was made as plain as possible, such as {@code with a gradient}.
     *
     * @param told the factors to tell; what a call shows at once need not be told
     */
    public List<String> peculiarities(Set<Factor> told) {
        return unusual().stream()
                .filter(level -> told.contains(level.factor()))
                .map(Level::words)
                .toList();
    }

    /** Such as {@code 1,024 elements, not 1,023}, where {@link #smaller} has a line of one element less. */
    public Optional<String> leastSize() {
        int size = shape.size();
        return shape.rank() == 1 && size > Smaller.FEW
                ? Optional.of(String.format(Locale.ROOT, "%,d elements, not %,d", size, size - 1))
                : Optional.empty();
    }

    Condition with(DType otherType, RateKind kind, double value) {
        return new Condition(
                otherType, value, kind, shape, layout, maskShape, noiseShape, gradient, seed, before, age, values);
    }

    /** This condition with an input of another shape, which the layout and the noise shape must fit. */
    public Condition with(Shape other, Layout as, MaskShape mask, Optional<Shape> noise) {
        return new Condition(dtype, rate, rateKind, other, as, mask, noise, gradient, seed, before, age, values);
    }

    public Condition withGradient(boolean other) {
        return new Condition(
                dtype, rate, rateKind, shape, layout, maskShape, noiseShape, other, seed, before, age, values);
    }

    Condition with(SeedKind other) {
        return new Condition(
                dtype, rate, rateKind, shape, layout, maskShape, noiseShape, gradient, other, before, age, values);
    }

    /** This condition after another call. */
    public Condition with(Before other) {
        return new Condition(
                dtype, rate, rateKind, shape, layout, maskShape, noiseShape, gradient, seed, other, age, values);
    }

    Condition with(Age other) {
        return new Condition(
                dtype, rate, rateKind, shape, layout, maskShape, noiseShape, gradient, seed, before, other, values);
    }

    Condition with(ValueKind other) {
        return new Condition(
                dtype, rate, rateKind, shape, layout, maskShape, noiseShape, gradient, seed, before, age, other);
    }

    /** Enough for a reader to picture the call: {@code float32 [4, 8], rate 0.1, with a gradient}. */
    @Override
    public String toString() {
        String unusual = unusual().stream()
                .filter(level -> !level.factor().isGeometry())
                .filter(level -> level.factor() != Factor.TYPE && level.factor() != Factor.RATE)
                .map(level -> ", " + level.words())
                .collect(Collectors.joining());
        return dtype + " " + shape
                + noiseShape.map(noise -> " with noise shape " + noise).orElse("") + ", rate " + rate + unusual;
    }
}
