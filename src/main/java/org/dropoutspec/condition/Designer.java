package org.dropoutspec.condition;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.dropoutspec.condition.Greedy.Row;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;

/** Makes the rows of a design. */
final class Designer {
    /** How many candidates are drawn for a row, by strength. More candidates would save few rows. */
    private static final int[] CANDIDATES = {0, 0, 8, 3};

    private static final int LAST_CLASS_OF_NOISE = Geometry.sizeClass(1 << 14);
    private static final int LARGE_CLASS = Geometry.sizeClass(1 << 20);

    private static final LevelSet OWN = LevelSet.of(Factor.MASK_SHAPE, MaskShape.OWN.ordinal());
    private static final LevelSet NOISE = LevelSet.allOf(Factor.MASK_SHAPE).without(OWN);
    private static final LevelSet LARGE = LevelSet.of(Factor.SIZE, LARGE_CLASS);
    /** Large tensors are expensive, so strength 2 asks for each type and each layout once, and for no pairs. */
    private static final LevelSet KINDS_OF_LARGE = LevelSet.allOf(Factor.SIZE, Factor.TYPE, Factor.LAYOUT);

    private static final int VERY_FIRST = 1021;

    private static final LevelSet FIRST = LevelSet.of(Factor.AGE, Age.FIRST.ordinal());
    private static final LevelSet LATER = LevelSet.of(Factor.AGE, Age.LATER.ordinal());
    private static final LevelSet SEED = LevelSet.allOf(Factor.SEED);
    private static final LevelSet LARGE_SEED = LevelSet.of(Factor.SEED, SeedKind.LARGE.ordinal());

    private final Scope scope;
    private final int strength;
    private final SplittableRandom random;
    private final Rules rules;
    private final RowDraw draw;
    /** All levels that can be asked later in a process. */
    private final LevelSet calls;

    private List<Frame> own;
    private List<Frame> noise;
    private List<Frame> large;

    Designer(Scope scope, int strength, int largest, long seed) {
        this.scope = scope;
        this.strength = strength;
        this.random = new SplittableRandom(seed);
        this.rules = new Rules(scope);
        this.draw = new RowDraw(scope, largest, random);
        LevelSet asked = LevelSet.NONE;
        for (int level : LevelSet.ALL.without(FIRST).numbers()) {
            asked = scope.allows(LevelSet.level(level)) ? asked.with(level) : asked;
        }
        this.calls = asked;
        ShapePool pool = new ShapePool(largest, strength);
        this.own = Frame.of(pool, 0, LARGE_CLASS - 1, calls.without(NOISE));
        this.noise = Frame.of(pool, 0, LAST_CLASS_OF_NOISE, calls.without(OWN));
        this.large = Frame.of(pool, LARGE_CLASS, LARGE_CLASS, calls.without(NOISE));
    }

    CoveringDesign design() {
        List<Signature> signatures = scope.hasFewSignatures() ? keepToFewSignatures() : List.of();
        List<Row> ownRows = cover(strength, own, LevelSet.ALL.without(OWN), LevelSet.ALL);
        List<Row> noiseRows = cover(strength, noise, LevelSet.ALL, NOISE);
        List<Row> largeRows = strength == 2
                ? cover(2, withEvidence(large), KINDS_OF_LARGE, LARGE)
                : cover(2, large, LevelSet.ALL.without(OWN), LARGE);
        List<Row> firstRows = cover(strength, start(), LevelSet.ALL, FIRST);
        List<Condition> first = new ArrayList<>();
        if (signatures.isEmpty()) {
            first.add(veryFirst());
        }
        List<Condition> ownDrawn = draw.all(ownRows);
        List<Condition> noiseDrawn = draw.all(noiseRows);
        List<Condition> largeDrawn = draw.all(largeRows);
        first.addAll(draw.all(firstRows));
        return new CoveringDesign(scope, ownDrawn, noiseDrawn, largeDrawn, first, signatures);
    }

    /** The plainest possible call. It has enough elements to show by itself whether they were drawn. */
    private Condition veryFirst() {
        return Condition.plain(DType.floating(scope.dtypes()).get(0), 0.5, Shape.of(VERY_FIRST))
                .with(Age.FIRST);
    }

    /** Rows in one list, whatever the shape of the mask, that meet every pair, or triple, of these factors' levels. */
    List<Condition> rows(Set<Factor> factors) {
        List<Frame> frames = Stream.concat(own.stream(), noise.stream()).toList();
        return draw.all(cover(strength, frames, LevelSet.allOf(factors.toArray(Factor[]::new)), LevelSet.ALL));
    }

    /** The frames without the kinds of rate whose masks tell nothing about the rate. */
    private static List<Frame> withEvidence(List<Frame> frames) {
        LevelSet edges = LevelSet.NONE;
        for (RateKind kind : RateKind.values()) {
            edges = kind.carriesEvidence() ? edges : edges.or(LevelSet.of(Factor.RATE, kind.ordinal()));
        }
        LevelSet without = edges;
        return frames.stream()
                .map(frame -> frame.with(frame.allowed().without(without)))
                .toList();
    }

    /** Replaces the frames by those of a few signatures, which show as many pairs as so few can show. */
    private List<Signature> keepToFewSignatures() {
        FewSignatures few = new FewSignatures(scope, rules);
        List<Row> largeRows = select(large, KINDS_OF_LARGE, LARGE, 1);
        List<Row> ownRows = select(own, LevelSet.ALL.without(OWN), LevelSet.ALL, few.own(largeRows.size()));
        List<Row> noiseRows = select(noise, LevelSet.ALL, NOISE, few.noise());
        List<List<Row>> rows = List.of(ownRows, noiseRows, largeRows);
        List<List<Condition>> drawn = rows.stream().map(draw::all).toList();
        drawn.forEach(few::add);
        few.addPredecessors();
        own = few.frames(rows.get(0), drawn.get(0), calls);
        noise = few.frames(rows.get(1), drawn.get(1), calls);
        large = few.frames(rows.get(2), drawn.get(2), calls);
        return few.all();
    }

    private List<Row> select(List<Frame> frames, LevelSet counted, LevelSet must, int most) {
        LevelSet settled = counted.without(FewSignatures.DATA).without(LARGE_SEED);
        LevelSet levels = frames.stream().map(Frame::allowed).reduce(LevelSet.NONE, LevelSet::or);
        return greedy(2, frames, settled, must).rows(most, levels.and(settled));
    }

    private List<Row> cover(int strength, List<Frame> frames, LevelSet counted, LevelSet must) {
        return greedy(strength, frames, counted, must).rows();
    }

    private Greedy greedy(int strength, List<Frame> frames, LevelSet counted, LevelSet must) {
        List<LevelSet> allowed = frames.stream().map(Frame::allowed).toList();
        Tuples tuples = Tuples.possible(strength, allowed, rules, counted, must);
        return new Greedy(tuples, frames, rules, CANDIDATES[strength], random);
    }

    /** The frames as they apply at the start of a process that was never seeded. */
    private List<Frame> start() {
        LevelSet unseeded = rules.beside(FIRST.numbers()[0]).or(FIRST);
        return Stream.concat(own.stream(), noise.stream())
                .map(frame ->
                        frame.with(frame.allowed().without(LATER).or(FIRST).and(unseeded)))
                .filter(frame -> frame.allowed().and(SEED).size() > 0)
                .toList();
    }
}
