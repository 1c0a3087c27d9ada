package org.dropoutspec.sampling;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.dropoutspec.condition.Before;
import org.dropoutspec.condition.Condition;
import org.dropoutspec.condition.CoveringDesign;
import org.dropoutspec.condition.Factor;
import org.dropoutspec.condition.ValueKind;
import org.dropoutspec.statistics.Design;
import org.dropoutspec.statistics.Draw;
import org.dropoutspec.statistics.Family;
import org.dropoutspec.statistics.Finding;
import org.dropoutspec.statistics.PackedMask;
import org.dropoutspec.statistics.Place;
import org.dropoutspec.statistics.RateFamily;
import org.dropoutspec.statistics.Rows;
import org.dropoutspec.statistics.SeedStreams;
import org.dropoutspec.statistics.Stratum;
import org.dropoutspec.tensor.Shape;

/**
 * Shows a refuted requirement again in the smallest calls that can: plain ones of a few shapes, then those of the
 * condition that the finding names. Each gets a fresh sequential test at 1e-6. A test that rejects at this level goes
 * on, up to four times as long, until it would refute the requirement by itself. The verdict stands either way.
 */
final class SmallestShape {
    private static final List<Shape> SHAPES = List.of(
            Shape.of(1),
            Shape.of(2),
            Shape.of(3),
            Shape.of(7),
            Shape.of(16),
            Shape.of(67),
            Shape.of(16, 16),
            Shape.of(7, 37),
            Shape.of(2, 8, 5, 7),
            Shape.of(7, 259),
            Shape.of(64, 128),
            Shape.of(131_075));

    private static final double SHOWN = Math.log(1e6);
    private static final int CALLS = 1024;
    private static final int ELEMENTS = 1 << 17;
    /** The number of rows of the condition that are tried, the smallest first. */
    private static final int ROWS = 4;

    /** The factors of a call that its shape does not show. */
    private static final List<Factor> TOLD =
            List.of(Factor.BEFORE, Factor.AGE, Factor.VALUES, Factor.GRADIENT, Factor.MASK_SHAPE, Factor.LAYOUT);

    private final SamplingContext context;
    private final CoveringDesign design;
    private final SequentialTest test;
    private final Finding original;
    private final Optional<Place.Under> other;

    /** @param other the condition under which another test of the requirement sees most */
    SmallestShape(SamplingContext context, CoveringDesign design, SequentialTest test, Optional<Place.Under> other) {
        this.other = other;
        this.context = context;
        this.design = design;
        this.test = test;
        this.original = test.finding().orElseThrow();
    }

    /**
     * A finding to tell, and its words.
     *
     * @param ofCalls whether whole calls, counted once each, show a wrong rate too
     */
    record Told(Finding finding, boolean ofCalls, String message) {
        private Told(Shown shown, String message) {
            this(shown.finding(), shown.ofCalls(), message);
        }
    }

    private record Shown(Finding finding, boolean ofCalls) {}

    Told told() {
        if (test.family instanceof SeedStreams) {
            // the finding names the seeds, and is of one shape already
            return new Told(original, false, RefutationWords.of(original));
        }
        for (Shape shape : shapes()) {
            if (shape.size() == 1 && test.check.requirement().equals(StatisticalRequirements.DISPERSION)) {
                continue; // in calls of one element the number of drops shows the rate alone
            }
            if (original.place() instanceof Place.Residue residue && shape.size() < 2 * residue.modulus()) {
                continue; // in so small a shape another place holds the same elements
            }
            Optional<Shown> again = plain(shape);
            if (again.isPresent()) {
                return new Told(
                        again.get(),
                        RefutationWords.of(again.get().finding()) + " ("
                                + original.stratum().dtype() + " " + shape
                                + (test.everySeed ? ", seeds from " + seed(shape) + " on, one more each call" : "")
                                + ")");
            }
        }
        if (original.place() instanceof Place.Under under) {
            for (Condition row : rows(under)) {
                Optional<Shown> again = under(row);
                if (again.isPresent()) {
                    return told(again.get(), row, under.conditions());
                }
            }
        }
        if (other.isPresent()) {
            for (Condition row : rows(other.get())) {
                Optional<Shown> again = under(row);
                if (again.isPresent()) {
                    return plainest(row, again.get(), other.get().conditions());
                }
            }
        }
        return new Told(
                original,
                false,
                RefutationWords.of(original) + " (" + original.stratum().dtype() + ", in calls of many shapes"
                        + (test.everySeed ? ", each with a seed of its own)" : ")"));
    }

    private static Told told(Shown shown, Condition row, List<String> conditions) {
        return new Told(
                shown,
                RefutationWords.of(shown.finding()) + ", only under: " + String.join("; ", conditions) + " ("
                        + row.dtype() + " " + row.shape() + ")");
    }

    /** What a row shows, as plain as it still shows it; what it still needs is the condition, if it is one of these. */
    private Told plainest(Condition first, Shown seen, List<String> conditions) {
        Condition row = first;
        Shown shown = seen;
        for (Factor factor : TOLD) {
            Condition plainer = row.plainer(factor, design.scope());
            if (!plainer.equals(row) && context.repertoire().contains(plainer.signature())) {
                Optional<Shown> again = under(plainer);
                if (again.isPresent()) {
                    row = plainer;
                    shown = again.get();
                }
            }
        }
        List<String> peculiarities = row.peculiarities(Set.copyOf(TOLD));
        return told(shown, row, peculiarities.isEmpty() ? conditions : peculiarities);
    }

    private List<Shape> shapes() {
        return context.repertoire().isLimited()
                ? context.repertoire().plainShapes(original.stratum().dtype(), test.everySeed)
                : SHAPES;
    }

    private Optional<Shown> plain(Shape shape) {
        long seed = seed(shape);
        return shown(test.fresh, original.stratum(), shape, number -> {
            LabelledCall plain = context.draw().plain(original.stratum(), shape);
            boolean seeded = context.takesSeeds() && (number == 0 || test.everySeed);
            return seeded && context.repertoire().contains(plain.call().withSeed(seed))
                    ? plain.withCall(plain.call().withSeed(seed + number))
                    : plain;
        });
    }

    private long seed(Shape shape) {
        return Math.floorMod(context.seedFor("smallest " + shape), 1L << Math.min(31, context.seedBits() - 1));
    }

    private List<Condition> rows(Place.Under under) {
        return design.all().stream()
                .filter(row ->
                        row.rate() > 0 && row.rate() < 1 && row.noiseShape().isEmpty())
                // only the input tells an output of 0 from a drop
                .filter(row -> row.values() != ValueKind.WITH_ZEROS)
                .filter(row -> Arrays.stream(Factor.values())
                        .map(factor -> row.level(factor).words())
                        .toList()
                        .containsAll(under.conditions()))
                .sorted(Comparator.comparingInt(row -> row.shape().size()))
                .limit(ROWS)
                .toList();
    }

    private Optional<Shown> under(Condition row) {
        return shown(test.check.first().fresh, new Stratum(row.dtype(), row.rate()), row.shape(), number -> {
            if (row.before() != Before.SAME_SHAPE_AND_RATE) {
                context.sampler()
                        .tryPut(context.draw()
                                .predecessor(row, design.predecessor(row))
                                .call());
            }
            return context.draw().training(row).labelled();
        });
    }

    private Optional<Shown> shown(
            Function<Design, Family> fresh, Stratum stratum, Shape shape, IntFunction<LabelledCall> next) {
        Family family = fresh.apply(new Design(List.of(stratum), context.resolution(), Rows.NONE));
        int budget = Math.min(CALLS, 1 + ELEMENTS / shape.size());
        boolean shown = false;
        Optional<Finding> telling = Optional.empty();
        for (int number = 0, look = 8; number < (shown ? 4 * budget : budget); number++) {
            LabelledCall asked = next.apply(number);
            Optional<PackedMask> mask = context.sampler().mask(asked.call());
            if (mask.isEmpty()) {
                return Optional.empty();
            }
            family.observe(Draw.of(stratum, shape, mask.get())
                    .laidOut(context.sampler().layout(asked.call()))
                    .with(asked.features()));
            if (number + 1 == look || number + 1 == budget || number + 1 == 4 * budget) {
                look += look;
                double logE = family.logE();
                shown |= logE >= SHOWN;
                if (telling.isEmpty() && logE >= test.check.threshold()) {
                    telling = RefutationWords.telling(family);
                }
                // calls of many elements are few by then: it takes more to count each of them once
                if (telling.isPresent() && (isOfCalls(family) || !(family instanceof RateFamily))) {
                    break;
                }
            }
        }
        boolean ofCalls = isOfCalls(family);
        return telling.map(finding -> new Shown(finding, ofCalls));
    }

    private static boolean isOfCalls(Family family) {
        return family instanceof RateFamily rates && rates.logEOfCalls() >= SHOWN;
    }
}
