package org.dropoutspec.sampling;

import java.util.List;
import java.util.Optional;
import org.dropoutspec.condition.Age;
import org.dropoutspec.condition.Before;
import org.dropoutspec.condition.Condition;
import org.dropoutspec.condition.Layout;
import org.dropoutspec.condition.MaskShape;
import org.dropoutspec.condition.RateKind;
import org.dropoutspec.condition.SeedKind;
import org.dropoutspec.condition.ValueKind;
import org.dropoutspec.statistics.Stratum;
import org.dropoutspec.tensor.Shape;

/** Conditions that are no rows of the design: plain but for shape and layout, mostly in certified strata. */
final class PlainConditions {
    /** A large shape; a mask along its two outer axes alone is large too. */
    static final Shape SHARED = Shape.of(257, 3, 101);

    private PlainConditions() {}

    static Condition at(Stratum stratum, Shape shape) {
        return at(stratum, shape, Layout.CONTIGUOUS);
    }

    static Condition at(Stratum stratum, Shape shape, Layout layout) {
        return new Condition(
                stratum.dtype(),
                stratum.rate(),
                RateKind.HALF,
                shape,
                layout,
                MaskShape.OWN,
                Optional.empty(),
                false,
                SeedKind.STREAM,
                Before.SAME_RATE,
                Age.LATER,
                ValueKind.MODERATE);
    }

    /** A condition with a large shared mask: the shared masks of the design's rows are small. */
    static Condition shared(Stratum stratum) {
        Shape mask = Shape.of(SHARED.extent(0), 1, SHARED.extent(2));
        return at(stratum, SHARED).with(SHARED, Layout.CONTIGUOUS, MaskShape.MIDDLE_SHARED, Optional.of(mask));
    }

    /** A condition of this shape for each certified stratum. */
    static List<Condition> all(SamplingContext context, Shape shape) {
        return context.certifiedStrata().stream()
                .map(stratum -> at(stratum, shape))
                .toList();
    }

    /** A condition for each certified stratum, with as many elements as a large input of the type has. */
    static List<Condition> large(SamplingContext context) {
        return context.certifiedStrata().stream()
                .map(stratum -> at(stratum, context.large(stratum.dtype())))
                .toList();
    }
}
