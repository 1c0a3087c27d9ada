package org.dropoutspec.sampling;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dropoutspec.condition.Before;
import org.dropoutspec.condition.Condition;
import org.dropoutspec.condition.CoveringDesign;
import org.dropoutspec.condition.Factor;
import org.dropoutspec.condition.Rounds;
import org.dropoutspec.condition.Scope;
import org.dropoutspec.condition.SeedKind;
import org.dropoutspec.condition.Siblings;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.statistics.Stratum;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;

/**
 * The rows again and again in other orders, the small ones most. The stream goes on for long by itself, since what repeats
 * in it takes long to come round; then seeds are set.
 */
final class Repetitions {
    private static final int SMALLEST_RING = 100;
    private static final int LARGEST_RING = 1000;
    private static final int RINGS = 3;
    private static final int LARGE_RING = 12;
    /** Of 32,768 to 65,535 elements. */
    private static final int LARGE_RING_CLASS = 4;

    /** More than the 64 calls that are looked back to. */
    private static final int RING = 70;

    /** After one in so many of these something comes between it and the next of its kind. */
    private static final int OFTEN = 5;

    /** Calls at one rate, so many more than of a row at most that even among some ten thousand masks one comes again. */
    private static final int POOL = 5;

    private static final int SMALLEST_OF_POOL = 104;
    private static final int SIZES_OF_POOL = 64;

    /** Of a stratum; alone they reject what never drops everything, or never nothing. */
    private static final int TINY_CALLS = 128;

    /** In turn: of two elements the drops are the fewest that there can be. */
    private static final int[] TINY_SIZES = {2, 3, 2, 4};

    private static final int SMALL = 64;
    private static final int OF_EACH_SIZE = 32;
    /** Of so few elements a fixed number of drops is told from a random one by each call a little. */
    private static final int FEW = 16;

    /** A row that cannot be asked in bits is repeated so much less often where others can: one mask is as good as another. */
    private static final int COSTLY = 8;

    private final SamplingContext context;
    private final CoveringDesign design;
    private final Part part;
    private final RowSampling sampling;
    private final InterimLooks looks;
    private final Siblings siblings;

    Repetitions(SamplingContext context, CoveringDesign design, Part part, RowSampling sampling, InterimLooks looks) {
        this.context = context;
        this.design = design;
        this.part = part;
        this.sampling = sampling;
        this.looks = looks;
        this.siblings = new Siblings(context.plan().largest(), context.seedFor("siblings"));
    }

    /**
     * @param restarted starts the implementation anew between stream and seeds, and tells whether it did
     */
    void run(List<Condition> rows, BooleanSupplier restarted) {
        if (part.isFirst()) {
            tiny();
            ofEachSize();
            rings();
            pool();
        }
        repeat(rows.stream().filter(Repetitions::isOfTheStream).toList(), "stream");
        // another that is started anew may begin as this one did
        if (part.isFirst() && restarted.getAsBoolean()) {
            // and what it draws second may be what it drew first
            design.first().stream()
                    .filter(row -> row.rateKind().carriesEvidence() && row.maskSize() >= SMALLEST_RING)
                    .limit(1)
                    .forEach(row -> {
                        sampling.ask(row);
                        sampling.ask(row);
                    });
            design.first().forEach(sampling::ask);
        }
        repeat(rows.stream().filter(row -> !isOfTheStream(row)).toList(), "seeds");
    }

    /** A row that leaves the stream alone: a seed begins another. */
    private static boolean isOfTheStream(Condition row) {
        return row.seed() == SeedKind.STREAM && row.before() != Before.SEEDED;
    }

    /** Calls of one shape and rate, so many that a ring of masks comes round: of a few rows, others between them. */
    private void rings() {
        List<Condition> rows = streamed()
                .filter(row ->
                        row.shape().size() >= SMALLEST_RING && row.shape().size() <= LARGEST_RING)
                .limit(RINGS)
                .toList();
        List<Before> between = between();
        for (int call = 0; call < RING; call++) {
            Before kind = between.get(call / OFTEN % between.size());
            for (Condition row : rows) {
                sampling.ask(row);
                if (call % OFTEN == 0 && !context.repertoire().isLimited()) {
                    sampling.askAfter(kind, row);
                }
            }
        }
        // a few large ones too: what is compiled or captured is replayed from some call of a shape on
        streamed()
                .filter(row -> row.level(Factor.SIZE).index() == LARGE_RING_CLASS)
                .filter(row -> !sampling.isDead(row))
                .limit(1)
                .forEach(row -> IntStream.range(0, LARGE_RING).forEach(call -> sampling.ask(row)));
    }

    /** Small calls at rate .5, of all types in turn: no other rate shows as soon that masks are taken from a pool. */
    private void pool() {
        List<Stratum> halves = context.certifiedStrata().stream()
                .filter(stratum -> stratum.rate() == 0.5)
                .toList();
        int calls = context.repertoire().isLimited() ? 0 : POOL * most();
        for (int call = 0; call < calls; call++) {
            Shape shape = Shape.of(SMALLEST_OF_POOL + call % SIZES_OF_POOL);
            sampling.ask(PlainConditions.at(halves.get(call % halves.size()), shape));
        }
    }

    /** Of a few elements at rates .1 and .9, where most drop nothing or all: what sees to it that neither happens shows there. */
    private void tiny() {
        DType first = context.dtypes().get(0);
        List<Stratum> steep = context.certifiedStrata().stream()
                .filter(stratum -> stratum.dtype() == first)
                .filter(stratum -> Math.rint(Math.abs(10 * stratum.rate() - 5)) == 4 && stratum.rate() > 0.08)
                .toList();
        int calls = context.repertoire().isLimited() ? 0 : TINY_CALLS * steep.size();
        for (int call = 0; call < calls; call++) {
            Shape shape = Shape.of(TINY_SIZES[call / steep.size() % TINY_SIZES.length]);
            sampling.ask(PlainConditions.at(steep.get(call % steep.size()), shape));
        }
    }

    /** Of every size up to 64, at rates .5 and .9: what goes wrong at one size alone shows there. */
    private void ofEachSize() {
        DType first = context.dtypes().get(0);
        List<Stratum> strata = context.certifiedStrata().stream()
                .filter(stratum -> stratum.dtype() == first && stratum.rate() >= 0.5)
                .toList();
        int calls = context.repertoire().isLimited() ? 0 : OF_EACH_SIZE;
        for (int call = 0; call < calls; call++) {
            for (int size = 1; size <= SMALL; size++) {
                sampling.ask(PlainConditions.at(strata.get(call % strata.size()), Shape.of(size)));
            }
        }
        List<Stratum> halves =
                strata.stream().filter(stratum -> stratum.rate() == 0.5).toList();
        for (int call = 0; call < 2 * calls && !halves.isEmpty(); call++) {
            for (int size = 3; size <= FEW; size++) {
                sampling.ask(PlainConditions.at(halves.get(0), Shape.of(size)));
            }
        }
    }

    private int most() {
        return context.plan().repetitions().stream()
                .mapToInt(Integer::intValue)
                .max()
                .orElse(1);
    }

    /** What may come between two calls of one shape and rate, and leave the second the mask of the first. */
    private List<Before> between() {
        Scope scope = design.scope();
        return Stream.of(
                        Before.EVALUATION,
                        Before.SAME_SHAPE,
                        Before.REJECTED,
                        Before.EMPTY,
                        Before.GRADIENT,
                        Before.INJECTED_MASK)
                .filter(kind -> kind != Before.EVALUATION || scope.evaluation())
                .filter(kind -> kind != Before.GRADIENT || scope.can(Capability.BACKWARD))
                .filter(kind -> kind != Before.INJECTED_MASK || scope.can(Capability.MASK_INPUT))
                .toList();
    }

    private Stream<Condition> streamed() {
        return design.own().stream()
                .filter(Repetitions::isOfTheStream)
                .filter(row -> row.rateKind().carriesEvidence());
    }

    private void repeat(List<Condition> rows, String name) {
        Rounds rounds = new Rounds(rows, context.seedFor("rounds " + name));
        int most = most();
        // few shapes stand in many rows, the longer ones too
        long limit = context.repertoire().isLimited()
                ? sampling.asked() + Plan.EXTENSION * context.wanted() / part.of()
                : Long.MAX_VALUE;
        for (int round = 1; round < most && sampling.asked() < limit && looks.hasOpenTests(); round++) {
            for (Condition row : rounds.next()) {
                if (round < repetitions(row)) {
                    sampling.askAfterItsPredecessor(row, round % 2 == 1 ? sibling(row) : row);
                }
            }
        }
    }

    /** Where every new shape is expensive there is none. */
    private Condition sibling(Condition row) {
        return design.signatures().isEmpty() ? siblings.of(row) : row;
    }

    private int repetitions(Condition row) {
        int size = row.level(Factor.SIZE).index();
        int times = (row.noiseShape().isPresent()
                        ? context.plan().noiseRepetitions()
                        : context.plan().repetitions())
                .get(Math.min(size, context.plan().repetitions().size() - 1));
        return context.sampler().isCostly(row) ? (times + COSTLY - 1) / COSTLY : times;
    }
}
