package org.dropoutspec.contract;

import org.dropoutspec.implementation.Call;
import org.dropoutspec.tensor.Tensor;

/** Requires two masks to be equal, or not to be; that chance makes them equal is paid for from the ledger. */
final class MaskEquality {
    private MaskEquality() {}

    /** Requires the expected mask; one that does not follow from its seed may follow from something else. */
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

    /** @param which drew the two masks, in words */
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
            // where each repeats a few elements, they may be so for that alone
            throw MaskAgreement.repeatsItself(first) ? run.cause().ofMasks(same) : same;
        }
    }
}
