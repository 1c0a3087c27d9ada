package org.dropoutspec.statistics;

import java.util.List;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;

/**
 * One mask that an implementation drew.
 *
 * @param stratum the element type and the drop rate that was asked for
 * @param shape the shape of the mask
 * @param mask 1 = dropped
 * @param features bits that were known of each element before the draw (such as where the input was negative), packed
 *     like the mask, in the order of their names in the family of strata; empty where nobody asks for them
 * @param row the row of the design's {@link Rows} that the call belongs to; -1 for none
 * @param seeded whether the call carried a seed of its own
 * @param layout the shape in which the implementation drew the mask; it differs from {@code shape} where the call
 *     stands for one of another operation
 */
public record Draw(
        Stratum stratum,
        Shape shape,
        PackedMask mask,
        List<PackedMask> features,
        int row,
        boolean seeded,
        Shape layout) {
    public Draw {
        features = List.copyOf(features);
        if (mask.size() != shape.size()) {
            throw new IllegalArgumentException(
                    "mask (" + mask.size() + " elements) must be as large as shape " + shape + ": " + shape.size());
        }
        if (mask.size() != layout.size()) {
            throw new IllegalArgumentException(
                    "layout " + layout + " must hold the mask: " + mask.size() + " elements");
        }
        for (PackedMask feature : features) {
            if (feature.size() != mask.size()) {
                throw new IllegalArgumentException(
                        "feature (" + feature.size() + " elements) must be as large as the mask: " + mask.size());
            }
        }
    }

    /** A draw of a float32 tensor, from the stream, without a row. */
    public static Draw of(double rate, Shape shape, PackedMask mask) {
        return of(new Stratum(DType.FLOAT32, rate), shape, mask);
    }

    /** A draw from the stream, without a row. */
    public static Draw of(Stratum stratum, Shape shape, PackedMask mask) {
        return new Draw(stratum, shape, mask, List.of(), -1, false, shape);
    }

    public Draw with(PackedMask... known) {
        return new Draw(stratum, shape, mask, List.of(known), row, seeded, layout);
    }

    public Draw inRow(int number) {
        return new Draw(stratum, shape, mask, features, number, seeded, layout);
    }

    public Draw withSeed() {
        return new Draw(stratum, shape, mask, features, row, true, layout);
    }

    public Draw laidOut(Shape as) {
        return new Draw(stratum, shape, mask, features, row, seeded, as);
    }

    double rate() {
        return stratum.rate();
    }
}
