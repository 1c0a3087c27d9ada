package org.dropoutspec.statistics;

import java.util.List;
import org.dropoutspec.tensor.Shape;

/**
 * One mask that an implementation drew.
 *
 * @param rate the drop rate that was asked for
 * @param shape of the mask, as large as the mask
 * @param mask 1 = dropped
 * @param features what was known of each element before the draw (such as where the input was negative), packed like
 *     the mask, in the order that the family of strata names them; empty where it is not of interest
 */
public record Draw(double rate, Shape shape, PackedMask mask, List<PackedMask> features) {
    public Draw {
        Design.requireRate(rate);
        features = List.copyOf(features);
        if (mask.size() != shape.size()) {
            throw new IllegalArgumentException(
                    "mask (" + mask.size() + " elements) must be as large as shape " + shape + ": " + shape.size());
        }
        for (PackedMask feature : features) {
            if (feature.size() != mask.size()) {
                throw new IllegalArgumentException(
                        "feature (" + feature.size() + " elements) must be as large as the mask: " + mask.size());
            }
        }
    }

    public static Draw of(double rate, Shape shape, PackedMask mask) {
        return new Draw(rate, shape, mask, List.of());
    }

    public Draw with(PackedMask... known) {
        return new Draw(rate, shape, mask, List.of(known));
    }
}
