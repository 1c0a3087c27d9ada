package org.dropoutspec.mutant;

import java.util.SplittableRandom;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.implementation.Seeding;

/** A sound one whose masks follow from the call's seed alone, like a pure function of a key, or else a fresh seed. */
final class WithoutStream extends SoundDropout {
    private final SplittableRandom fresh;

    WithoutStream(long seed) {
        super(WITH_PHILOX.with(Seeding.defaults().with(Seeding.Stream.NONE)), seed);
        this.fresh = new SplittableRandom(seed);
    }

    @Override
    Result train(Call call) {
        if (call.seed().isEmpty()) {
            reseed(fresh.nextLong());
        }
        return super.train(call);
    }
}
