package org.dropoutspec.condition;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.dropoutspec.tensor.Shape;

/** Conditions with a smaller input: lines where layout and mask allow them, otherwise shorter axes. */
final class Smaller {
    /** Lines up to this many elements are tried in fixed lengths (below). Longer ones lose a part or one element. */
    static final int FEW = 65;

    private static final int[] LINES = {1, 2, 3, 4, 5, 7, 8, 16, 17, 33, FEW};
    private static final int FINEST = 64;
    private static final long SEED = 1;

    private Smaller() {}

    static List<Condition> of(Condition row) {
        List<Condition> smaller = new ArrayList<>();
        boolean line = row.layout() == Layout.CONTIGUOUS && row.maskShape() == MaskShape.OWN;
        for (Shape shape : line ? lines(row.shape()) : shorter(row.shape())) {
            if (row.layout().fits(shape) && row.maskShape().fits(shape)) {
                smaller.add(row.with(
                        shape,
                        row.layout(),
                        row.maskShape(),
                        row.maskShape().noiseShape(shape, new SplittableRandom(SEED))));
            }
        }
        return smaller;
    }

    private static List<Shape> lines(Shape shape) {
        List<Shape> lines = new ArrayList<>();
        int size = shape.size();
        for (int line : LINES) {
            if (line < size) {
                lines.add(Shape.of(line));
            }
        }
        for (int part = 2; part <= FINEST && size / part > FEW; part *= 2) {
            lines.add(Shape.of(size - size / part));
        }
        if (shape.rank() > 1) {
            lines.add(Shape.of(size));
        } else if (size > FEW) {
            lines.add(Shape.of(size - 1));
        }
        return lines;
    }

    /** Shapes without one axis, or with one axis of extent 2, of half the length or one less. */
    private static List<Shape> shorter(Shape shape) {
        List<Shape> shorter = new ArrayList<>();
        for (int axis = 0; axis < shape.rank(); axis++) {
            int extent = shape.extent(axis);
            int[] fewer = new int[shape.rank() - 1];
            for (int i = 0; i < fewer.length; i++) {
                fewer[i] = shape.extent(i < axis ? i : i + 1);
            }
            shorter.add(Shape.of(fewer));
            if (extent > 2) {
                shorter.add(with(shape, axis, 2));
                shorter.add(with(shape, axis, extent / 2));
                shorter.add(with(shape, axis, extent - 1));
            }
        }
        return shorter;
    }

    private static Shape with(Shape shape, int axis, int extent) {
        int[] extents = shape.extents();
        extents[axis] = extent;
        return Shape.of(extents);
    }
}
