package org.dropoutspec.contract;

import org.dropoutspec.implementation.Call;
import org.dropoutspec.tensor.Tensor;

/** Requires two masks to be equal, or not to be; the ledger pays for the chance that makes them equal. */
final class MaskEquality {
    private MaskEquality() {}

    /** Requires the expected mask. What another one follows from, if not from its seed, other requirements may tell. */
    static void required(Tensor expected, Tensor seen, String when, Call call) {
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

    /** Requires a call that was asked long ago to draw the mask that it drew then. */
    static void requiredStill(EarlySeeds.Answered early) {
        Tensor then = Observation.of(early.call(), early.result()).shownMask();
        required(then, Observation.of(early.call()).shownMask(), "long after the first time", early.call());
    }

    private static String kept(Tensor mask, int index) {
        return mask.bits(index) == 0 ? "dropped" : "kept";
    }

    /** Requires a call to draw another mask with another seed. */
    static void excluded(Call call, long otherSeed) {
        CheckRun.current().asksAnew();
        Tensor first = Observation.of(call).shownMask();
        Tensor second = Observation.of(call.withSeed(otherSeed)).shownMask();
        excluded(first, second, "seeds " + call.seed().orElseThrow() + " and " + otherSeed, call);
    }

    /** @param which what drew the two masks, in words */
    static void excluded(Tensor first, Tensor second, String which, Call call) {
        CheckRun run = CheckRun.current();
        run.coincidences()
                .spend(FalseAlarmShares.equal(
                        call.maskShape().size(), run.description().choices().rateResolution()));
        if (first.equals(second)) {
            Violation same = run.violation(
                    which + ": expected different masks, got the same "
                            + call.maskShape().size() + " elements",
                    call);
            // masks that each repeat a few elements may be equal for that alone
            throw MaskAgreement.repeatsItself(first) ? run.cause().ofMasks(same) : same;
        }
    }
}
