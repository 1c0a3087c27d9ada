package org.dropoutspec.condition;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.dropoutspec.condition.Greedy.Row;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;

/** Chooses a call that shows the levels of a row: its shape, its rate, its axis. */
final class RowDraw {
    private final boolean rateOne;
    private final double rateOfTheRun;
    private final SplittableRandom random;
    private final ShapeDraw shapes;
    /** How many rows were drawn of each kind of rate. The rates of a kind are taken in turn. */
    private final Map<RateKind, Integer> turns = new EnumMap<>(RateKind.class);

    RowDraw(Scope scope, int largest, SplittableRandom random) {
        this.rateOne = scope.rateOne();
        this.rateOfTheRun = 0.05 + 0.9 * random.nextDouble();
        this.random = random;
        this.shapes = new ShapeDraw(largest, random);
        for (RateKind kind : RateKind.values()) {
            turns.put(kind, random.nextInt(1 << 10));
        }
    }

    List<Condition> all(List<Row> rows) {
        return rows.stream().map(this::draw).toList();
    }

    Condition draw(Row row) {
        int[] levels = new int[Factor.values().length];
        for (int number : row.levels().numbers()) {
            levels[LevelSet.factorOf(number)] = LevelSet.level(number).index();
        }
        DType dtype = DType.values()[levels[Factor.TYPE.ordinal()]];
        RateKind rate = RateKind.values()[levels[Factor.RATE.ordinal()]];
        Layout layout = Layout.values()[levels[Factor.LAYOUT.ordinal()]];
        MaskShape mask = MaskShape.values()[levels[Factor.MASK_SHAPE.ordinal()]];
        Shape shape = row.frame().signature().map(Signature::shape).orElseGet(() -> shape(row.frame(), layout, mask));
        Optional<Shape> noise =
                row.frame().signature().map(Signature::noiseShape).orElseGet(() -> mask.noiseShape(shape, random));
        return new Condition(
                dtype,
                rate.draw(dtype, rateOfTheRun, rateOne, turns.merge(rate, 1, Integer::sum), random),
                rate,
                shape,
                layout,
                mask,
                noise,
                levels[Factor.GRADIENT.ordinal()] == 1,
                SeedKind.values()[levels[Factor.SEED.ordinal()]],
                Before.values()[levels[Factor.BEFORE.ordinal()]],
                Age.values()[levels[Factor.AGE.ordinal()]],
                ValueKind.values()[levels[Factor.VALUES.ordinal()]]);
    }

    /** A new shape of the same geometry if the draw finds one, else one of the known shapes. */
    private Shape shape(Frame frame, Layout layout, MaskShape mask) {
        Geometry geometry = Geometry.of(frame.shapes().get(0));
        Optional<Shape> drawn = shapes.like(geometry, layout, mask);
        if (drawn.isPresent()) {
            return drawn.get();
        }
        List<Shape> known = frame.shapes().stream().filter(layout::fits).toList();
        return known.get(random.nextInt(known.size()));
    }
}
