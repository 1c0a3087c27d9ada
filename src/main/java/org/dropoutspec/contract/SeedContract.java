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

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
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
import org.dropoutspec.tensor.Tensor;

/** Chapter SEED of the specification: determinism, and independence of seeds. */
public interface SeedContract extends Contract {
    /** The bits of a seed that MUST count, beside the lowest. */
    List<Integer> LOW_BITS = IntStream.range(1, 16).boxed().toList();

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
            MaskEquality.required(first, second, "the second time, after " + between, one.seeded());
            run.session().earlySeeds().turn(one.seed()).ifPresent(MaskEquality::requiredStill);
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
            List<Tensor> first = Observation.shownMasks(calls);
            run.interlude(one.start());
            List<Tensor> second = Observation.shownMasks(calls);
            for (int i = 0; i < calls.size(); i++) {
                MaskEquality.required(
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
            standsOn = {"MASK-10", "SEED-1", "SEED-4", "SEED-9"},
            byCoincidence = true,
            blindTo = RATE,
            because = "masks of one size are least often alike by chance at rate .5")
    default void theStreamGoesOnAfterASeededCall(@ForAll("wideCalls") Call call) {
        List<Tensor> masks = Observation.shownMasks(Collections.nCopies(4, call));
        for (int i = 0; i < masks.size(); i++) {
            for (int j = 0; j < i; j++) {
                MaskEquality.excluded(
                        masks.get(j), masks.get(i), "calls " + (j + 1) + " and " + (i + 1) + " of the stream", call);
            }
        }
    }

    @Property
    @Checks(
            value = "SEED-4",
            pin = "f6eb2bb8",
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
        MaskEquality.excluded(call, seed ^ 1);
        MaskEquality.excluded(call, seed ^ 1L << bit);
        MaskEquality.excluded(call.withSeed(Math.min(seed, limit - 2)), Math.min(seed, limit - 2) + 1);
        // workers are often numbered from 0, and 0 is often taken for no seed or for 1
        MaskEquality.excluded(call.withSeed(0), 1);
        MaskEquality.excluded(call.withSeed(1), 2);
        CheckRun run = CheckRun.current();
        Call plain = Replay.plain(0, run.description()).seeded();
        run.coincidences()
                .spend(numbered.comparisons()
                        * FalseAlarmShares.equal(
                                plain.maskShape().size(),
                                run.description().choices().rateResolution()));
        numbered.same(number -> Observation.of(plain.withSeed(number)).shownMask())
                .ifPresent(same -> MaskEquality.excluded(plain.withSeed(same.one()), same.other()));
        if (run.begins() && run.can(Capability.INSTANCES)) {
            SeedsOfLayers.requireDifferentMasks();
        }
    }

    @Provide
    default Arbitrary<NumberedSeeds> numberedSeeds() {
        return NumberedSeeds.after(LOW_BITS.size());
    }

    /** The bits in turn; how many calls ask each of them follows from the conditions. */
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
            MaskEquality.excluded(call, call.seed().orElseThrow() ^ 1L << bit);
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
        List<Tensor> masks = Observation.shownMasks(calls);
        long seed = calls.get(0).seed().orElseThrow();
        int draw = 0;
        for (int i = 0; i < calls.size(); i++) {
            Call call = calls.get(i);
            if (call.mask().isEmpty()) {
                Tensor expected = BernoulliMask.draw(call.maskShape(), call.rate(), seed, draw)
                        .broadcastTo(call.shape());
                MaskEquality.required(expected, masks.get(i), "in draw " + draw + " of seed " + seed, call);
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
        if (CheckRun.current().begins()) {
            Walk.ofEach(
                    EachKind.aroundWhatDrawsNothing(call -> call.withMask(CallForm.everyOther(call.shape()))),
                    Walk.Judging.MASKS);
        }
        Call next = replay.next();
        Tensor expected = Observation.shownMasks(List.of(replay.start(), next)).get(1);
        Observation.of(replay.start());
        CheckRun.current().answer(replay.masked());
        Tensor seen = Observation.of(next).shownMask();
        CheckRun run = CheckRun.current();
        String between = "a call with its mask given (" + run.words(replay.masked()) + ")";
        String start = run.words(replay.start());
        MaskEquality.required(
                expected, seen, "since " + between + " came between the call (" + start + ") and this one", next);
    }

    /** The specification says nothing of a given mask at rate 1. */
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
        // in every run the smallest seeds, which are often taken for none or for one another, and the largest
        return Combinators.combine(wide, InTurn.first(List.of(0L, 1L, limit - 1), calls.seeds()))
                .as(Call::withSeed);
    }

    /** Which bits of a seed count is not asked under all conditions: that would be 53 times as many calls. */
    @Provide
    default Arbitrary<Call> plainWideCalls() {
        return CheckRun.calls().training(Rates.only(0.5), Arbitraries.just(Conditions.WIDE), Fill.COUNTING);
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
        StuckSeeds.requireNone();
    }
}
