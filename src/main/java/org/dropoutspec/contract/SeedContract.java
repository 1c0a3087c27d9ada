package org.dropoutspec.contract;

import static org.dropoutspec.condition.Factor.GRADIENT;
import static org.dropoutspec.condition.Factor.LARGE_AXIS;
import static org.dropoutspec.condition.Factor.LAST_AXIS;
import static org.dropoutspec.condition.Factor.LAYOUT;
import static org.dropoutspec.condition.Factor.MASK_SHAPE;
import static org.dropoutspec.condition.Factor.RANK;
import static org.dropoutspec.condition.Factor.RATE;
import static org.dropoutspec.condition.Factor.RESIDUE;
import static org.dropoutspec.condition.Factor.SIZE;
import static org.dropoutspec.contract.Applies.STREAM;
import static org.dropoutspec.implementation.Capability.MASK_INPUT;
import static org.dropoutspec.implementation.Capability.PHILOX4X32_10;
import static org.dropoutspec.implementation.Capability.RETAIN;
import static org.dropoutspec.implementation.Capability.SEED;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.reference.BernoulliMask;
import org.dropoutspec.statistics.PackedMask;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;

/** Chapter SEED of the specification: determinism, and independence of seeds. */
public interface SeedContract extends Contract {
    /** Those that MUST count beside the lowest. */
    List<Integer> LOW_BITS = IntStream.range(1, 16).boxed().toList();

    /** Enough for a mask that drops a third or two thirds to be none that is drawn at rate .5. */
    int ELEMENTS_OF_A_SEED = 1024;

    int LAYERS = 16;
    int FEW_LAYERS = 4;
    /** In a row, and some that people multiply numbers by apart. */
    List<Long> SEEDS_OF_LAYERS = LongStream.concat(
                    LongStream.rangeClosed(1, LAYERS + 1), LongStream.of(33, 65, 101, 129, 257, 1001))
            .boxed()
            .toList();

    List<Long> FEW_SEEDS_OF_LAYERS = List.of(1L, 2L, 3L, 4L, 5L);

    @Property
    @Checks(value = "SEED-1", pin = "a348ed26", needs = SEED)
    default void theSameSeedDrawsTheSameMask(@ForAll("replays") Replay replay) {
        CheckRun run = CheckRun.current();
        if (run.begins() && run.can(RETAIN)) {
            Step seeded = Steps.seededCall();
            Walk.ofEach(List.of(List.of(seeded, Steps.mostPlain().keep(), seeded)), Walk.Judging.MASKS);
        }
        for (Replay one : replay.tries(run.violations().any())) {
            Tensor first = Observation.of(one.seeded()).shownMask();
            run.interlude(one.before());
            Tensor second = Observation.of(one.seeded()).shownMask();
            String between = "another call (" + run.words(one.before()) + ")";
            requireSameMask(first, second, "the second time, after " + between, one.seeded());
            run.earlySeeds().turn(one.seed()).ifPresent(SeedContract::requireSameMaskStill);
        }
    }

    @Provide
    default Arbitrary<Replay> replays() {
        return CheckRun.covering().replays();
    }

    @Property
    @Checks(value = "SEED-2", pin = "6682246b", needs = SEED, when = STREAM, standsOn = "SEED-1")
    default void reseedingReplaysTheWholeStream(@ForAll("replays") Replay replay) {
        CheckRun run = CheckRun.current();
        for (Replay one : replay.tries(run.violations().any())) {
            List<Call> calls = one.stream();
            List<Tensor> first = stream(calls);
            run.interlude(one.start());
            List<Tensor> second = stream(calls);
            for (int i = 0; i < calls.size(); i++) {
                requireSameMask(
                        first.get(i),
                        second.get(i),
                        "in call " + (i + 1) + " of the stream begun by (" + run.words(calls.get(0)) + "), replayed",
                        calls.get(i));
            }
        }
    }

    @Property
    @Checks(
            value = "SEED-3",
            pin = "e4ece23d",
            needs = SEED,
            when = STREAM,
            standsOn = {"MASK-10", "SEED-1", "SEED-9"},
            byCoincidence = true,
            blindTo = RATE,
            because = "masks of one size are least often alike by chance at rate .5")
    default void theStreamGoesOnAfterASeededCall(@ForAll("wideCalls") Call call) {
        List<Tensor> masks = stream(Collections.nCopies(4, call));
        for (int i = 0; i < masks.size(); i++) {
            for (int j = 0; j < i; j++) {
                requireDifferentMasks(
                        masks.get(j), masks.get(i), "calls " + (j + 1) + " and " + (i + 1) + " of the stream", call);
            }
        }
    }

    @Property
    @Checks(
            value = "SEED-4",
            pin = "40a204e0",
            needs = SEED,
            standsOn = "SEED-1",
            byCoincidence = true,
            blindTo = RATE,
            because = "masks of one size are least often alike by chance at rate .5")
    default void seedsThatDifferInTheirLowBitsDrawDifferentMasks(
            @ForAll("wideCalls") Call call,
            @ForAll("lowBits") int bit,
            @ForAll("numberedSeeds") NumberedSeeds numbered) {
        long limit = CheckRun.current().description().seeding().limit();
        long seed = call.seed().orElseThrow();
        requireDifferentMasks(call, seed ^ 1);
        requireDifferentMasks(call, seed ^ 1L << bit);
        requireDifferentMasks(call.withSeed(Math.min(seed, limit - 2)), Math.min(seed, limit - 2) + 1);
        // workers are numbered from 0, and 0 is taken for no seed or for 1
        requireDifferentMasks(call.withSeed(0), 1);
        requireDifferentMasks(call.withSeed(1), 2);
        CheckRun run = CheckRun.current();
        Call plain = Replay.plain(0, run.description()).seeded();
        run.coincidences()
                .spend(numbered.comparisons()
                        * FalseAlarmShares.equal(
                                plain.maskShape().size(),
                                run.description().choices().rateResolution()));
        numbered.same(number -> Observation.of(plain.withSeed(number)).shownMask())
                .ifPresent(same -> requireDifferentMasks(plain.withSeed(same.one()), same.other()));
        if (run.begins() && run.can(Capability.INSTANCES)) {
            seedsOfOthersDrawOtherMasks();
        }
    }

    /** A seed that a layer makes of its number and the one it is given may be that which another layer makes of another. */
    private static void seedsOfOthersDrawOtherMasks() {
        CheckRun run = CheckRun.current();
        boolean plain = run.session().operation().site().isEmpty();
        Call call = Steps.mostPlain().call();
        Map<Tensor, Seeded> seen = new HashMap<>();
        for (int instance = 0; instance < (plain ? LAYERS : FEW_LAYERS); instance++) {
            for (long seed : plain ? SEEDS_OF_LAYERS : FEW_SEEDS_OF_LAYERS) {
                Call seeded = call.withSeed(seed);
                Tensor mask = Observation.ofInstance(seeded, instance).shownMask();
                Seeded before = seen.putIfAbsent(mask, new Seeded(instance, seed));
                run.coincidences()
                        .spend(seen.size()
                                * FalseAlarmShares.equal(
                                        mask.size(), run.description().choices().rateResolution()));
                if (before != null && before.seed() != seed) { // of equal seeds nothing is said
                    requireDifferentMasks(
                            mask,
                            mask,
                            "instance " + before.instance() + " with seed " + before.seed() + " and instance "
                                    + instance + " with seed " + seed,
                            seeded);
                }
            }
        }
    }

    /** Which layer drew a mask, and with which seed. */
    record Seeded(int instance, long seed) {}

    @Provide
    default Arbitrary<NumberedSeeds> numberedSeeds() {
        return NumberedSeeds.after(LOW_BITS.size());
    }

    /** In how many calls each is asked follows from the conditions. */
    @Provide
    default Arbitrary<Integer> lowBits() {
        return InTurn.of(LOW_BITS);
    }

    @Property(tries = 2)
    @Checks(
            value = "SEED-5",
            pin = "9b9f2a52",
            needs = SEED,
            standsOn = "SEED-4",
            byCoincidence = true,
            blindTo = {RATE, SIZE, RESIDUE, RANK, LARGE_AXIS, LAST_AXIS, LAYOUT, MASK_SHAPE, GRADIENT},
            because =
                    "a pair for every bit, under every condition, would be most of a run; SEED-4 asks the low ones so")
    default void everyBitOfTheSeedCounts(@ForAll("plainWideCalls") Call call) {
        for (int bit = 0; bit < CheckRun.current().description().seeding().bits(); bit++) {
            requireDifferentMasks(call, call.seed().orElseThrow() ^ 1L << bit);
        }
    }

    @Property
    @Checks(
            value = "SEED-6",
            pin = "60336caa",
            needs = {SEED, PHILOX4X32_10},
            standsOn = {
                "SEED-1", "MASK-1", "MASK-2", "MASK-3", "MASK-8", "MASK-9", "MASK-10", "MASK-11", "MASK-12", "MASK-13"
            })
    default void masksEqualTheReferenceGenerators(@ForAll("replays") Replay replay) {
        List<Call> calls = STREAM.holdsFor(CheckRun.current().description())
                ? replay.stream()
                : replay.stream().subList(0, 1);
        List<Tensor> masks = stream(calls);
        long seed = calls.get(0).seed().orElseThrow();
        int draw = 0;
        for (int i = 0; i < calls.size(); i++) {
            Call call = calls.get(i);
            if (call.mask().isEmpty()) {
                Tensor expected = BernoulliMask.draw(call.maskShape(), call.rate(), seed, draw)
                        .broadcastTo(call.shape());
                requireSameMask(expected, masks.get(i), "in draw " + draw + " of seed " + seed, call);
                draw++;
            }
        }
    }

    @Property
    @Checks(
            value = "SEED-7",
            pin = "7b0845ee",
            needs = {SEED, MASK_INPUT},
            when = STREAM,
            standsOn = {"SEED-1", "SEED-2", "MASK-6", "EVAL-3"})
    default void nothingIsDrawnWhenAMaskIsGiven(@ForAll("replaysBelowRateOne") Replay replay) {
        Call next = replay.next();
        Tensor expected = stream(List.of(replay.start(), next)).get(1);
        Observation.of(replay.start());
        CheckRun.current().answer(replay.masked());
        Tensor seen = Observation.of(next).shownMask();
        CheckRun run = CheckRun.current();
        String between = "a call with its mask given (" + run.words(replay.masked()) + ")";
        String start = run.words(replay.start());
        requireSameMask(
                expected, seen, "since " + between + " came between the call (" + start + ") and this one", next);
    }

    /** Nothing is said of a given mask at rate 1. */
    @Provide
    default Arbitrary<Replay> replaysBelowRateOne() {
        return CheckRun.covering().replays(replay -> replay.condition().rate() < 1);
    }

    /** At least 128 elements at rate .5: two independent masks are equal with probability 2^-128. */
    @Provide
    default Arbitrary<Call> wideCalls() {
        CallArbitraries calls = CheckRun.calls();
        long limit = CheckRun.current().description().seeding().limit();
        Arbitrary<Call> wide = CheckRun.covering()
                .calls(
                        calls.floating(),
                        Rates.only(0.5),
                        row -> row.maskSize() >= Conditions.WIDE.size(),
                        Arbitraries.just(Conditions.WIDE),
                        Fill.COUNTING);
        // the smallest, which are taken for none or for one another, and the largest, in every run
        return Combinators.combine(wide, InTurn.first(List.of(0L, 1L, limit - 1), calls.seeds()))
                .as(Call::withSeed);
    }

    /** Which bits of a seed count is not asked under all conditions: that would be 53 times as many calls. */
    @Provide
    default Arbitrary<Call> plainWideCalls() {
        return CheckRun.calls().training(Rates.only(0.5), Arbitraries.just(Conditions.WIDE), Fill.COUNTING);
    }

    /** The masks of a stream: the first call seeded, the others not. */
    static List<Tensor> stream(List<Call> calls) {
        List<Tensor> masks = new ArrayList<>();
        for (Call call : calls) {
            masks.add(
                    Observation.of(masks.isEmpty() ? call : call.withoutSeed()).shownMask());
        }
        return masks;
    }

    @Example
    @Checks(
            value = "SEED-9",
            pin = "13493335",
            needs = SEED,
            standsOn = {"MASK-1", "MASK-4", "FWD-2"},
            byCoincidence = true,
            blindTo = {RATE, SIZE, RESIDUE, RANK, LARGE_AXIS, LAST_AXIS, LAYOUT, MASK_SHAPE, GRADIENT},
            because = "what state a seed sets is asked, and not what call it is set for")
    default void everySeedDropsAsMuch() {
        CheckRun run = CheckRun.current();
        List<DType> types = CheckRun.calls().floating();
        int turn = 0;
        for (long seed : seedsThatMayBeStuck(run.description().seeding().limit())) {
            // where shapes are dear, in the call that is seeded anyway
            Call call = run.can(Capability.FEW_SHAPES)
                    ? Replay.plain(seed, run.description()).seeded()
                    : Steps.call(types.get(turn++ % types.size()), 0.5, ELEMENTS_OF_A_SEED)
                            .withSeed(seed);
            requireAsManyDrops(call, "");
            if (STREAM.holdsFor(run.description())) {
                requireAsManyDrops(call.withoutSeed(), "in the call after that of seed " + seed + ": ");
            }
        }
    }

    private static long[] seedsThatMayBeStuck(long limit) {
        LongStream edges = IntStream.of(8, 15, 16, 24, 31, 32, 48)
                .mapToLong(bits -> 1L << bits)
                .flatMap(power -> LongStream.of(power - 1, power));
        return LongStream.concat(LongStream.of(0, 1, 2, limit - 2, limit - 1), edges)
                .filter(seed -> seed < limit)
                .distinct()
                .toArray();
    }

    private static void requireAsManyDrops(Call call, String where) {
        CheckRun run = CheckRun.current();
        double resolution = run.description().choices().rateResolution();
        run.coincidences().spend(MaskAgreement.LEVEL);
        int drops = PackedMask.ofKept(Observation.of(call).shownMask()).count();
        int elements = call.shape().size();
        if (MaskAgreement.isTooFar(drops, elements, call.rate(), resolution)) {
            throw run.cause()
                    .ofMasks(run.violation(
                            where + "expected about " + Math.round(call.rate() * elements) + " of " + elements
                                    + " elements dropped, got " + drops,
                            call));
        }
    }

    /** Of what was drawn: a mask that does not follow from its seed may follow from something else. */
    static void requireSameMask(Tensor expected, Tensor seen, String when, Call call) {
        for (int i = 0; i < expected.size(); i++) {
            if (expected.bits(i) != seen.bits(i)) {
                CheckRun run = CheckRun.current();
                throw run.cause()
                        .ofMasks(run.violation(
                                "index " + i + ", expected " + kept(expected, i) + ", got " + kept(seen, i) + " "
                                        + when,
                                call));
            }
        }
    }

    private static void requireSameMaskStill(EarlySeeds.Answered early) {
        Tensor then = Observation.of(early.call(), early.result()).shownMask();
        requireSameMask(then, Observation.of(early.call()).shownMask(), "long after the first time", early.call());
    }

    private static String kept(Tensor mask, int index) {
        return mask.bits(index) == 0 ? "dropped" : "kept";
    }

    private static void requireDifferentMasks(Call call, long otherSeed) {
        Tensor first = Observation.of(call).shownMask();
        Tensor second = Observation.of(call.withSeed(otherSeed)).shownMask();
        requireDifferentMasks(first, second, "seeds " + call.seed().orElseThrow() + " and " + otherSeed, call);
    }

    private static void requireDifferentMasks(Tensor first, Tensor second, String which, Call call) {
        CheckRun run = CheckRun.current();
        run.coincidences()
                .spend(FalseAlarmShares.equal(
                        call.maskShape().size(), run.description().choices().rateResolution()));
        if (first.equals(second)) {
            Violation same = run.violation(
                    which + ": expected different masks, got the same "
                            + call.maskShape().size() + " elements",
                    call);
            // where each repeats a few elements, they may be so for that alone
            throw MaskAgreement.repeatsItself(first) ? run.cause().ofMasks(same) : same;
        }
    }
}
