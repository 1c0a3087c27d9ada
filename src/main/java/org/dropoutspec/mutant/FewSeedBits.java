package org.dropoutspec.mutant;

import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.RejectedCall;
import org.dropoutspec.implementation.Seeding;

/** A sound implementation whose seeds have 27 bits, as it declares; it rejects larger ones. */
final class FewSeedBits extends SoundDropout {
    private static final Seeding SEEDING = Seeding.defaults().withBits(27);

    FewSeedBits(long seed) {
        super(EVERYTHING.with(SEEDING), seed);
    }

    @Override
    void check(Call call) {
        super.check(call);
        if (call.seed().isPresent() && call.seed().getAsLong() >= SEEDING.limit()) {
            throw new RejectedCall("seed must be below 2^27, got " + call.seed().getAsLong());
        }
    }
}
