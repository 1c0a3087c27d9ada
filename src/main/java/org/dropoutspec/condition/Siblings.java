package org.dropoutspec.condition;

import java.util.Optional;
import java.util.SplittableRandom;
import org.dropoutspec.tensor.Shape;

/**
 * Other calls with the levels of a row. A row that is asked repeatedly need not have the same shape each time. So an
 * error that occurs only at some sizes of a class is met too.
 */
public final class Siblings {
    private final ShapeDraw shapes;
    private final SplittableRandom random;

    /** @param largest the largest number of elements; the same arguments give the same shapes */
    public Siblings(int largest, long seed) {
        this.random = new SplittableRandom(seed);
        this.shapes = new ShapeDraw(largest, random);
    }

    /** The row in another shape of the same geometry; unchanged where none could be drawn. */
    public Condition of(Condition row) {
        Optional<Shape> shape = shapes.like(Geometry.of(row.shape()), row.layout(), row.maskShape());
        return shape.map(other -> row.with(
                        other, row.layout(), row.maskShape(), row.maskShape().noiseShape(other, random)))
                .orElse(row);
    }
}
