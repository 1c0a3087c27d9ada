package org.dropoutspec.contract;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.dropoutspec.tensor.Shape;

/** Shapes of few elements, the plainest first. */
final class Shapes {
    private static final int MOST_ELEMENTS = 300;

    /** A counterexample shrinks towards the start. */
    private static final List<Integer> EXTENTS = List.of(
            1, 2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5, 6, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 129, 255, 256, 257);

    private Shapes() {}

    /** Shapes of rank 1 to 5 without an extent 0; the extents are 1, odd, and around the widths of vector lanes. */
    static Arbitrary<Shape> any() {
        return Arbitraries.of(EXTENTS).list().ofMinSize(1).ofMaxSize(5).map(Shapes::bounded);
    }

    /** Shapes of rank 2 to 5. */
    static Arbitrary<Shape> ofSeveralAxes() {
        return Arbitraries.integers()
                .between(1, 9)
                .list()
                .ofMinSize(2)
                .ofMaxSize(5)
                .map(Shapes::bounded);
    }

    /** Shapes of rank 2 and 3 that no transpose changes, so that the shape does not tell the layout. */
    static Arbitrary<Shape> square() {
        return Combinators.combine(
                        Arbitraries.integers().between(2, 6),
                        Arbitraries.integers().between(2, 3))
                .as((extent, rank) -> {
                    int[] shape = new int[rank];
                    Arrays.fill(shape, extent);
                    return Shape.of(shape);
                });
    }

    /** Shapes with at least one extent 0. */
    static Arbitrary<Shape> empty() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 4).list().ofMinSize(1).ofMaxSize(4),
                        Arbitraries.integers().between(0, 3))
                .as((extents, axis) -> {
                    int[] shape = extents.stream().mapToInt(Integer::intValue).toArray();
                    shape[axis % shape.length] = 0;
                    return Shape.of(shape);
                });
    }

    static Arbitrary<Shape> only(int... extents) {
        return Arbitraries.just(Shape.of(extents));
    }

    private static Shape bounded(List<Integer> extents) {
        int[] shape = extents.stream().mapToInt(Integer::intValue).toArray();
        long size = Arrays.stream(shape).asLongStream().reduce(1, (a, b) -> a * b);
        for (int axis = 0; size > MOST_ELEMENTS; axis++) {
            size = size / shape[axis];
            shape[axis] = 1;
        }
        return Shape.of(shape);
    }
}
