package org.dropoutspec.sampling;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.statistics.Design;
import org.dropoutspec.statistics.Draw;
import org.dropoutspec.statistics.Family;
import org.dropoutspec.statistics.Finding;
import org.dropoutspec.statistics.PackedMask;
import org.dropoutspec.statistics.Rows;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

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

    private final Setting setting;
    private final Line line;
    private final Finding original;

    SmallestShape(Setting setting, Line line) {
        this.setting = setting;
        this.line = line;
        this.original = line.finding().orElseThrow();
    }

    String message() {
        for (Shape shape : SHAPES) {
            if (shape.size() == 1 && line.requirement.equals(Requirements.DISPERSION)) {
                continue; // of one element the number is the element: it shows the rate
            }
            Optional<Finding> again = shown(shape);
            if (again.isPresent()) {
                return Words.of(again.get()) + " (" + line.dtype + " " + shape + ")";
            }
        }
        return Words.of(original) + " (" + line.dtype + ", calls of 1 to " + Figures.count(Schedule.LARGEST.size())
                + " elements)";
    }

    private Optional<Finding> shown(Shape shape) {
        Family family = line.fresh.apply(new Design(List.of(original.stratum()), setting.resolution(), Rows.NONE));
        Inputs inputs = setting.inputs(line.dtype);
        long seed = setting.callSeedFor("smallest " + shape) >>> 22;
        int budget = Math.min(CALLS, 1 + ELEMENTS / shape.size());
        boolean shown = false;
        for (int call = 0, look = 8; call < (shown ? 4 * budget : budget); call++) {
            boolean seeded = setting.takesSeeds() && (call == 0 || line.everySeed);
            Stimulus stimulus = inputs.of(shape, call);
            Optional<Tensor> output =
                    output(stimulus.input(), seeded ? OptionalLong.of(seed + call) : OptionalLong.empty());
            if (output.isEmpty()) {
                return Optional.empty();
            }
            family.observe(Draw.of(original.stratum(), shape, PackedMask.ofOutput(output.get()))
                    .with(stimulus.features()));
            if (call + 1 == look || call + 1 == budget || call + 1 == 4 * budget) {
                look += look;
                double logE = family.logE();
                shown |= logE >= SHOWN;
                if (logE >= line.threshold) {
                    return Words.telling(family);
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Tensor> output(Tensor input, OptionalLong seed) {
        Call call = Call.training(original.stratum().rate(), input);
        try {
            return setting.asker().output(seed.isPresent() ? call.withSeed(seed.getAsLong()) : call);
        } catch (Refusal refusal) {
            return Optional.empty();
        }
    }
}
