package org.dropoutspec.sampling;

import java.util.List;
import java.util.Optional;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.statistics.Design;
import org.dropoutspec.statistics.Draw;
import org.dropoutspec.statistics.Family;
import org.dropoutspec.statistics.Finding;
import org.dropoutspec.statistics.PackedMask;
import org.dropoutspec.statistics.Rows;
import org.dropoutspec.tensor.Shape;

/**
 * Shows a refuted requirement again, in the smallest shape that still does: a fresh sequential test for each, at 1e-6,
 * and the first that shows it goes on until it would have been refuted by itself. The verdict stands either way.
 */
final class SmallestShape {
    private static final List<Shape> SHAPES = List.of(
            Shape.of(1),
            Shape.of(2),
            Shape.of(3),
            Shape.of(7),
            Shape.of(16),
            Shape.of(67),
            Shape.of(7, 37),
            Shape.of(2, 8, 5, 7),
            Shape.of(7, 259));

    private static final double SHOWN = Math.log(1e6);
    private static final int CALLS = 1024;
    private static final int ELEMENTS = 1 << 17;

    private final SamplingContext context;
    private final SequentialTest test;
    private final Finding original;

    SmallestShape(SamplingContext context, SequentialTest test) {
        this.context = context;
        this.test = test;
        this.original = test.finding().orElseThrow();
    }

    String message() {
        for (Shape shape : SHAPES) {
            if (shape.size() == 1 && test.check.requirement().equals(StatisticalRequirements.DISPERSION)) {
                continue; // of one element the number is the element: it shows the rate
            }
            Optional<Finding> again = shown(shape);
            if (again.isPresent()) {
                return Words.of(again.get()) + " (" + original.stratum().dtype() + " " + shape + ")";
            }
        }
        return Words.of(original) + " (" + original.stratum().dtype() + ", calls under all conditions)";
    }

    private Optional<Finding> shown(Shape shape) {
        Family family = test.fresh.apply(new Design(List.of(original.stratum()), context.resolution(), Rows.NONE));
        long seed = Math.floorMod(context.seedFor("smallest " + shape), 1L << Math.min(31, context.seedBits() - 1));
        int budget = Math.min(CALLS, 1 + ELEMENTS / shape.size());
        boolean shown = false;
        for (int number = 0, look = 8; number < (shown ? 4 * budget : budget); number++) {
            Sampler.Asking asking = context.sampler().plain(original.stratum(), shape);
            boolean seeded = context.takesSeeds() && (number == 0 || test.everySeed);
            Call call = seeded ? asking.call().withSeed(seed + number) : asking.call();
            Optional<PackedMask> mask = context.sampler().mask(call);
            if (mask.isEmpty()) {
                return Optional.empty();
            }
            family.observe(Draw.of(original.stratum(), shape, mask.get()).with(asking.features()));
            if (number + 1 == look || number + 1 == budget || number + 1 == 4 * budget) {
                look += look;
                double logE = family.logE();
                shown |= logE >= SHOWN;
                if (logE >= test.check.threshold()) {
                    return Words.telling(family);
                }
            }
        }
        return Optional.empty();
    }
}
