package org.dropoutspec.mutant;

import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Choices;
import org.dropoutspec.implementation.Choices.Modes;
import org.dropoutspec.implementation.Result;

/** A sound implementation of training alone, as it declares; it breaks when an evaluation is asked. */
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
