package org.dropoutspec.condition;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;

/** Brings a condition to another level of one factor and changes as little else as possible. */
final class Change {
    private static final long SEED = 1;

    private Condition row;

    private Change(Condition row) {
        this.row = row;
    }

    static Optional<Condition> of(Condition row, Level level, Scope scope) {
        if (!scope.allows(level)) {
            return Optional.empty();
        }
        Change change = new Change(row);
        if (!change.set(level)) {
            return Optional.empty();
        }
        for (Factor factor : Factor.values()) {
            if (!scope.allows(level, change.row.level(factor))) {
                change.set(factor.plainest());
            }
            if (!scope.allows(level, change.row.level(factor))) {
                return Optional.empty();
            }
        }
        return Optional.of(change.row);
    }

    /** Sets one level; returns whether that is possible. */
    private boolean set(Level level) {
        int index = level.index();
        switch (level.factor()) {
            case TYPE -> setType(DType.values()[index]);
            case RATE -> {
                return setRate(RateKind.values()[index]);
            }
            case SIZE, RESIDUE, RANK, LARGE_AXIS, LAST_AXIS -> {
                return setGeometry(level);
            }
            case LAYOUT -> {
                return setLayout(Layout.values()[index]);
            }
            case MASK_SHAPE -> {
                return setMaskShape(MaskShape.values()[index]);
            }
            case GRADIENT -> row = row.withGradient(index == 1);
            case SEED -> row = row.with(SeedKind.values()[index]);
            case BEFORE -> row = row.with(Before.values()[index]);
            case AGE -> row = row.with(Age.values()[index]);
            case VALUES -> row = row.with(ValueKind.values()[index]);
        }
        return true;
    }

    private void setType(DType dtype) {
        row = row.with(dtype, row.rateKind(), row.rateKind().near(dtype, row.rate()));
    }

    private boolean setRate(RateKind kind) {
        if (kind == RateKind.OF_THE_RUN) {
            return false;
        }
        row = row.with(row.dtype(), kind, kind.typical(row.dtype()));
        return true;
    }

    private boolean setLayout(Layout layout) {
        if (!layout.fits(row.shape())) {
            return false;
        }
        row = row.with(row.shape(), layout, row.maskShape(), row.noiseShape());
        return true;
    }

    private boolean setMaskShape(MaskShape mask) {
        if (!mask.fits(row.shape())) {
            return false;
        }
        row = row.with(row.shape(), row.layout(), mask, mask.noiseShape(row.shape(), new SplittableRandom(SEED)));
        return true;
    }

    private boolean setGeometry(Level level) {
        Optional<Shape> shape = shapes(row.shape())
                .filter(other -> Geometry.of(other).level(level.factor()) == level.index())
                .max(Comparator.comparingInt(this::likeness)
                        .thenComparing(
                                Comparator.comparingDouble(this::distance).reversed()));
        shape.ifPresent(this::set);
        return shape.isPresent();
    }

    private void set(Shape shape) {
        Layout layout = row.layout().fits(shape) ? row.layout() : Layout.CONTIGUOUS;
        MaskShape mask = row.maskShape().fits(shape) ? row.maskShape() : MaskShape.OWN;
        row = row.with(shape, layout, mask, mask.noiseShape(shape, new SplittableRandom(SEED)));
    }

    /** How many geometry levels a row with another shape would share with this one, and whether layout and mask fit. */
    private int likeness(Shape shape) {
        int shared = Geometry.of(shape)
                .levels()
                .and(Geometry.of(row.shape()).levels())
                .size();
        return shared + (row.layout().fits(shape) ? 1 : 0) + (row.maskShape().fits(shape) ? 1 : 0);
    }

    /** How far a shape is from the row's: the ratio of sizes in the same size class, its own size in any other. */
    private double distance(Shape shape) {
        int size = row.shape().size();
        return Geometry.sizeClass(size) == Geometry.sizeClass(shape.size())
                ? Math.abs(Math.log((double) shape.size() / size))
                : shape.size();
    }

    /** The shapes to try: the row's own with neighbouring axes joined, a line, and all of the pool. */
    private static Stream<Shape> shapes(Shape shape) {
        Stream.Builder<Shape> own = Stream.builder();
        own.add(Shape.of(shape.size()));
        own.add(Shape.of(Integer.highestOneBit(shape.size())));
        for (int axis = 1; axis < shape.rank(); axis++) {
            own.add(joined(shape, axis));
        }
        return Stream.concat(own.build(), Pool.SHAPES.stream());
    }

    /** The shape with this axis joined to the one before it. */
    private static Shape joined(Shape shape, int axis) {
        int[] extents = new int[shape.rank() - 1];
        for (int i = 0; i < extents.length; i++) {
            extents[i] = shape.extent(i < axis ? i : i + 1) * (i == axis - 1 ? shape.extent(axis) : 1);
        }
        return Shape.of(extents);
    }

    /** The pool is made when the first counterexample is shrunk. */
    private static final class Pool {
        static final List<Shape> SHAPES = new ShapePool(1 << 21, 3)
                .geometries().stream().flatMap(List::stream).toList();
    }
}
