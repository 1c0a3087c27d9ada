package org.dropoutspec.contract;

import static org.dropoutspec.contract.Applies.STREAM;
import static org.dropoutspec.contract.Calls.only;
import static org.dropoutspec.implementation.Capability.MASK_INPUT;
import static org.dropoutspec.implementation.Capability.PHILOX4X32_10;
import static org.dropoutspec.implementation.Capability.SEED;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.reference.BernoulliMask;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;

/** Chapter SEED of the specification: determinism, and independence of seeds. */
public interface SeedContract extends Contract {

    @Property
    @Checks(value = "SEED-1", pin = "1093eec0", needs = SEED)
    default void theSameSeedDrawsTheSameMask(@ForAll("streamCalls") Call call, @ForAll("streamCalls") Call before) {
        Tensor first = Observation.of(call).shownMask();
        Hearing.current().answer(before.withoutSeed());
        Tensor second = Observation.of(call).shownMask();
        requireSameMask(first, second, "the second time, after another call (" + before.withoutSeed() + ")", call);
    }

    @Property
    @Checks(value = "SEED-2", pin = "6682246b", needs = SEED, when = STREAM, standsOn = "SEED-1")
    default void reseedingReplaysTheWholeStream(@ForAll("streams") List<Call> calls) {
        List<Tensor> first = stream(calls);
        List<Tensor> second = stream(calls);
        for (int i = 0; i < calls.size(); i++) {
            requireSameMask(
                    first.get(i), second.get(i), "in call " + (i + 1) + " of the stream, replayed", calls.get(i));
        }
    }

    @Property
    @Checks(value = "SEED-3", pin = "311f602a", needs = SEED, when = STREAM, byCoincidence = true)
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
    @Checks(value = "SEED-4", pin = "3d1235e6", needs = SEED, byCoincidence = true)
    default void neighbouringSeedsDrawDifferentMasks(@ForAll("wideCalls") Call call) {
        long limit = Hearing.current().description().seeding().limit();
        long seed = call.seed().orElseThrow();
        requireDifferentMasks(call, seed ^ 1);
        requireDifferentMasks(call.withSeed(Math.min(seed, limit - 2)), Math.min(seed, limit - 2) + 1);
        // workers are numbered from 0, and 0 is taken for no seed or for 1
        requireDifferentMasks(call.withSeed(0), 1);
        requireDifferentMasks(call.withSeed(1), 2);
    }

    @Property(tries = 2)
    @Checks(value = "SEED-5", pin = "4e79ee9a", needs = SEED, standsOn = "SEED-4", byCoincidence = true)
    default void everyBitOfTheSeedCounts(@ForAll("wideCalls") Call call) {
        for (int bit = 0; bit < Hearing.current().description().seeding().bits(); bit++) {
            requireDifferentMasks(call, call.seed().orElseThrow() ^ 1L << bit);
        }
    }

    @Property
    @Checks(
            value = "SEED-6",
            pin = "60336caa",
            needs = {SEED, PHILOX4X32_10},
            standsOn = "SEED-1")
    default void masksEqualTheReferenceGenerators(@ForAll("streamsWhereThereAreSome") List<Call> calls) {
        List<Tensor> masks = stream(calls);
        long seed = calls.get(0).seed().orElseThrow();
        for (int draw = 0; draw < calls.size(); draw++) {
            Call call = calls.get(draw);
            Tensor expected = BernoulliMask.draw(call.maskShape(), call.rate(), seed, draw);
            requireSameMask(expected, masks.get(draw), "in draw " + draw + " of seed " + seed, call);
        }
    }

    @Property
    @Checks(
            value = "SEED-7",
            pin = "6ac05294",
            needs = {SEED, MASK_INPUT},
            when = STREAM,
            standsOn = {"SEED-1", "SEED-2", "MASK-6"})
    default void nothingIsDrawnWhenAMaskIsGiven(@ForAll("streamCalls") Call call) {
        Tensor expected = secondMask(call);
        Observation.of(call);
        Tensor kept = Tensor.full(DType.BOOL, call.shape(), 1);
        Hearing.current().answer(call.withoutSeed().withMask(kept));
        Tensor seen = Observation.of(call.withoutSeed()).shownMask();
        requireSameMask(expected, seen, "after a call with its mask given", call);
    }

    @Provide
    default Arbitrary<Call> streamCalls() {
        return Arbitraries.oneOf(Hearing.calls().training(Values.COUNTING), wideCalls());
    }

    @Provide
    default Arbitrary<List<Call>> streams() {
        return streamCalls().list().ofMinSize(1).ofMaxSize(4);
    }

    /** Without a stream there is the first draw of each seed alone. */
    @Provide
    default Arbitrary<List<Call>> streamsWhereThereAreSome() {
        return STREAM.holdsFor(Hearing.current().description())
                ? streams()
                : streamCalls().list().ofSize(1);
    }

    /** 128 elements at rate .5: two independent masks are equal with probability 2^-128. */
    @Provide
    default Arbitrary<Call> wideCalls() {
        return Hearing.calls().training(Arbitraries.just(0.5), only(128), Values.COUNTING);
    }

    /** The masks of a stream: the first call seeded, the others not. */
    private static List<Tensor> stream(List<Call> calls) {
        List<Tensor> masks = new ArrayList<>();
        for (Call call : calls) {
            masks.add(
                    Observation.of(masks.isEmpty() ? call : call.withoutSeed()).shownMask());
        }
        return masks;
    }

    /** The mask that the call draws when it comes second after seeding. */
    static Tensor secondMask(Call call) {
        return stream(List.of(call, call)).get(1);
    }

    static void requireSameMask(Tensor expected, Tensor seen, String when, Call call) {
        for (int i = 0; i < expected.size(); i++) {
            if (expected.bits(i) != seen.bits(i)) {
                throw Hearing.current()
                        .violation(
                                "index " + i + ", expected " + kept(expected, i) + ", got " + kept(seen, i) + " "
                                        + when,
                                call);
            }
        }
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
        Hearing hearing = Hearing.current();
        hearing.spend(
                Account.equal(first.size(), hearing.description().choices().rateResolution()));
        if (first.equals(second)) {
            throw hearing.violation(
                    which + ": expected different masks, got the same " + first.size() + " elements", call);
        }
    }
}
