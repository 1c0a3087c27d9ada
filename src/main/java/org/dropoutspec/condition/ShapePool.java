package org.dropoutspec.condition;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.dropoutspec.tensor.Shape;
import org.jspecify.annotations.Nullable;

/**
 * The possible geometries, with some shapes of each. A geometry counts as possible when a shape here has it. The shapes
 * are aimed draws, always the same, so that the seed of a run does not decide what is possible.
 */
final class ShapePool {
    private static final Layout[] LAYOUTS = Layout.values();
    private static final MaskShape[] MASK_SHAPES = MaskShape.values();
    private static final long SEED = 0x5EED_0F_54A9E5L;
    private static final int SHAPES = 3;
    /** How many draws have the same aim, by strength: to show all triples takes more shapes than to show all pairs. */
    private static final int[] DRAWS = {0, 0, 2, 12};
    /** The same for few elements, where a shape is harder to hit. */
    private static final int[] DRAWS_OF_SMALL = {0, 0, 10, 40};

    /** With so few elements, a sixth axis would have extent 1. */
    private static final int LARGEST_TINY_RANK = 5;

    private final Map<Integer, Shown> shown = new LinkedHashMap<>();
    private final int largest;

    /**
     * @param largest the largest number of elements
     * @param strength 2 to show every pair of levels that shapes have, 3 for every triple
     */
    ShapePool(int largest, int strength) {
        this.largest = largest;
        ShapeDraw draw = new ShapeDraw(largest, new SplittableRandom(SEED));
        addTiny(1);
        for (int size = 1; size <= Geometry.sizeClass(largest); size++) {
            for (int residue = 0; residue < Factor.RESIDUE.size(); residue++) {
                for (int last = 0; last < Factor.LAST_AXIS.size(); last++) {
                    if (canHave(residue, last)) {
                        addAll(draw, size == 1 ? DRAWS_OF_SMALL[strength] : DRAWS[strength], size, residue, last);
                    }
                }
            }
        }
    }

    /** Adds all shapes of the smallest class that begin with these extents. */
    private void addTiny(int size, int... extents) {
        add(Shape.of(extents));
        if (extents.length < LARGEST_TINY_RANK) {
            int[] longer = Arrays.copyOf(extents, extents.length + 1);
            for (int extent = 1; size * extent <= Geometry.largest(0); extent++) {
                longer[extents.length] = extent;
                addTiny(size * extent, longer);
            }
        }
    }

    /** Whether sizes of this residue have divisors of this level of the last axis. */
    private static boolean canHave(int residue, int last) {
        boolean even = last == Geometry.LAST_TO_16 || last == Geometry.LAST_TO_64 || last == Geometry.LAST_128;
        return switch (residue) {
            case Geometry.POWER -> last != Geometry.LAST_OTHER;
            case Geometry.NEAR_POWER, Geometry.ODD_SIZE -> !even;
            case Geometry.MULTIPLE_OF_4 -> last != Geometry.LAST_128;
            default -> true;
        };
    }

    private void addAll(ShapeDraw draw, int draws, int size, int residue, int last) {
        for (int i = 0; i < draws; i++) {
            add(draw.draw(new Geometry(size, residue, 1, Geometry.NO_LARGE, last)));
            for (int rank = 2; rank < Factor.RANK.size(); rank++) {
                for (int large = 1; large < Factor.LARGE_AXIS.size(); large++) {
                    if (rank > 2 || large != Geometry.MIDDLE_LARGE) {
                        add(draw.draw(new Geometry(size, residue, rank, large, last)));
                    }
                }
            }
        }
    }

    private void add(@Nullable Shape shape) {
        if (shape == null || shape.size() > largest) {
            return;
        }
        int code = Geometry.of(shape).code();
        Shown known = shown.get(code);
        if (known == null) {
            known = new Shown();
            shown.put(code, known);
        }
        known.add(shape);
    }

    /** Some shapes of each geometry, at least one for each layout and mask shape with which the geometry was drawn. */
    Collection<List<Shape>> geometries() {
        return shown.values().stream().map(known -> known.shapes).toList();
    }

    /** The shapes of one geometry. */
    private static final class Shown {
        private final List<Shape> shapes = new ArrayList<>();
        private int uses;

        private void add(Shape shape) {
            int more = uses | uses(shape);
            if (more != uses || shapes.size() < SHAPES && !shapes.contains(shape)) {
                shapes.add(shape);
                uses = more;
            }
        }

        /** One bit for each pair of a layout and a mask shape that fit. */
        private static int uses(Shape shape) {
            int masks = 0;
            for (MaskShape mask : MASK_SHAPES) {
                masks |= mask.fits(shape) ? 1 << mask.ordinal() : 0;
            }
            int uses = 0;
            for (Layout layout : LAYOUTS) {
                uses |= layout.fits(shape) ? masks << layout.ordinal() * MASK_SHAPES.length : 0;
            }
            return uses;
        }
    }
}
