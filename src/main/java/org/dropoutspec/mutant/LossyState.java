package org.dropoutspec.mutant;

import java.util.function.LongPredicate;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.reference.Dropout;

/** Saves less than the state: where it was saved at some places in the stream, it continues elsewhere once restored. */
final class LossyState extends SoundLayers {
    private final LongPredicate isLost;
    private long words;
    private boolean lost;

    /** @param isLost whether a state saved after this number of words since the last seed leaves the place out */
    LossyState(long seed, LongPredicate isLost) {
        super(seed);
        this.isLost = isLost;
    }

    @Override
    protected OperationResult called(OperationCall call) {
        if (call.training()) {
            words = (call.has("seed") ? 0 : words) + call.tensor("input").size();
        }
        return super.called(call);
    }

    @Override
    protected String state() {
        lost = isLost.test(words);
        return super.state();
    }

    @Override
    protected void restore(String state) {
        super.restore(state);
        if (lost) {
            Dropout.State now = layer(0).state();
            layer(0).restore(new Dropout.State(now.seed() ^ 1L << 60, now.draws()));
        }
    }
}
