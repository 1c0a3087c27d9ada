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
 * Asks the rows again and again in other orders, the small ones most often. First the stream goes on for long without
 * seeds, since a stream that repeats takes long to come round. The rows with seeds come last.
 */
final class Repetitions {
    private static final int SMALLEST_RING = 100;
    private static final int LARGEST_RING = 1000;
    private static final int RINGS = 3;
    private static final int LARGE_RING = 12;
    /** The size class of 32,768 to 65,535 elements. */
    private static final int LARGE_RING_CLASS = 4;

    /** The calls of a ring: more than the 64 calls that are looked back to. */
    private static final int RING = 70;

    /** After one in so many calls of a ring, a call of another kind comes before the next one. */
    private static final int OFTEN = 5;

    /**
     * Small calls at one rate, as a multiple of the most repetitions of a row: so many that even of a pool of some ten
     * thousand masks one comes again.
     */
    private static final int POOL = 5;

    private static final int SMALLEST_OF_POOL = 104;
    private static final int SIZES_OF_POOL = 64;

    /** Tiny calls of a stratum: they alone reject an implementation that never drops everything, or never nothing. */
    private static final int TINY_CALLS = 128;

    /** The sizes of tiny calls, in turn; mostly two elements, which have the fewest possible numbers of drops. */
    private static final int[] TINY_SIZES = {2, 3, 2, 4};

    private static final int SMALL = 64;
    private static final int OF_EACH_SIZE = 32;
    /** Up to this size, a call tells a fixed number of drops from a random one only a little: more calls are asked. */
    private static final int FEW = 16;

    /** Where others are asked in bits, a row that cannot be is repeated so much less: any mask is as good. */
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
        // the first process alone: another that is started anew may begin with the same masks
        if (part.isFirst() && restarted.getAsBoolean()) {
            // the second mask after the start may be the first one again
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

    /** Whether a row leaves the stream alone: a seed begins another stream. */
    private static boolean isOfTheStream(Condition row) {
        return row.seed() == SeedKind.STREAM && row.before() != Before.SEEDED;
    }

    /** Asks a few rows so often that a ring of masks for one shape and rate comes round, with other calls between. */
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
        // a few large calls too: what is compiled or captured for a shape is replayed only after some calls of it
        streamed()
                .filter(row -> row.level(Factor.SIZE).index() == LARGE_RING_CLASS)
                .filter(row -> !sampling.isDead(row))
                .limit(1)
                .forEach(row -> IntStream.range(0, LARGE_RING).forEach(call -> sampling.ask(row)));
    }

    /** Small calls at rate .5, of all types in turn: this rate shows soonest that masks are taken from a pool. */
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

    /** Calls of a few elements at .1 and .9, where most drop nothing or all: whoever prevents either is found there. */
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

    /** Calls of every size up to 64, at rates .5 and .9: an error at one size alone shows there. */
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

    /** The kinds of calls between two calls of one shape and rate that may leave the second the mask of the first. */
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
        // where shapes are few, each stands in many rows, the large ones too
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

    /** The row in another shape with its levels; unchanged where every new shape is expensive. */
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
