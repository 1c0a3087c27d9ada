package org.dropoutspec.condition;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dropoutspec.tensor.Shape;

/**
 * Levels that go together, from which a row takes one of each factor: those of a geometry, or of a signature.
 *
 * @param allowed at least one level of each factor
 * @param fixed the levels without an alternative
 * @param shapes that have the geometry, and a mask of the one mask shape allowed
 * @param signature the row's signature where it is settled; its one shape is then the row's
 */
record Frame(LevelSet allowed, LevelSet fixed, List<Shape> shapes, Optional<Signature> signature) {

    Frame(LevelSet allowed, List<Shape> shapes, Optional<Signature> signature) {
        this(allowed, fixed(allowed), shapes, signature);
    }

    private static LevelSet fixed(LevelSet allowed) {
        LevelSet fixed = LevelSet.NONE;
        for (Factor factor : Factor.values()) {
            LevelSet levels = allowed.and(LevelSet.allOf(factor));
            fixed = levels.size() == 1 ? fixed.or(levels) : fixed;
        }
        return fixed;
    }

    /** The same shapes with other levels. */
    Frame with(LevelSet others) {
        return new Frame(others, shapes, signature);
    }

    /**
     * A frame for each geometry of the pool with each of the allowed mask shapes.
     *
     * @param calls the levels that may be asked: layouts, mask shapes, and all that is independent of the shape
     */
    static List<Frame> of(ShapePool pool, int fromClass, int toClass, LevelSet calls) {
        List<Frame> frames = new ArrayList<>();
        for (List<Shape> shapes : pool.geometries()) {
            Geometry geometry = Geometry.of(shapes.get(0));
            if (geometry.size() >= fromClass && geometry.size() <= toClass) {
                for (MaskShape mask : MaskShape.values()) {
                    if (calls.contains(LevelSet.number(Factor.MASK_SHAPE.ordinal(), mask.ordinal()))) {
                        of(geometry, mask, shapes, calls).ifPresent(frames::add);
                    }
                }
            }
        }
        return frames;
    }

    private static Optional<Frame> of(Geometry geometry, MaskShape mask, List<Shape> shapes, LevelSet calls) {
        List<Shape> fitting = new ArrayList<>();
        LevelSet layouts = LevelSet.NONE;
        for (Shape shape : shapes) {
            if (mask.fits(shape)) {
                fitting.add(shape);
                for (Layout layout : Layout.values()) {
                    layouts = layout.fits(shape) ? layouts.or(LevelSet.of(Factor.LAYOUT, layout.ordinal())) : layouts;
                }
            }
        }
        if (fitting.isEmpty()) {
            return Optional.empty();
        }
        LevelSet allowed = new LevelSet(layouts.shape() & calls.shape(), calls.call())
                .or(LevelSet.of(Factor.MASK_SHAPE, mask.ordinal()))
                .or(geometry.levels());
        return Optional.of(new Frame(allowed, fitting, Optional.empty()));
    }
}
