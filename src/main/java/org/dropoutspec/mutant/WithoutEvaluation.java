package org.dropoutspec.mutant;

import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Choices;
import org.dropoutspec.implementation.Choices.Modes;
import org.dropoutspec.implementation.Result;

/** Sound: it trains and does nothing else, as it declares, and breaks when it is asked to. */
final class WithoutEvaluation extends SoundDropout {
    WithoutEvaluation(long seed) {
        super(EVERYTHING.with(Choices.defaults().with(Modes.TRAINING)), seed);
    }

    @Override
    public Result dropout(Call call) {
        if (!call.training()) {
            throw new IllegalStateException("asked for an evaluation, and declares that it has none");
        }
        return super.dropout(call);
    }
}
