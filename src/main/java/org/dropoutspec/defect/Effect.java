package org.dropoutspec.defect;

import java.util.List;
import java.util.Set;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;

/** What goes wrong in a call that is struck: the dropout does one of its steps wrongly. */
interface Effect {
    /** The kind of effect, by which results are grouped. */
    String kind();

    /** The capabilities without which the effect cannot show. */
    default Set<Capability> needs() {
        return Set.of();
    }

    /** The types without which the effect cannot show. */
    default Set<DType> types() {
        return Set.of();
    }

    /** Whether the effect can be weaker or stronger. */
    default boolean isGradual() {
        return true;
    }

    /** Whether a single call, or a few with the same seed, can show the effect for certain. */
    default boolean isSeenInSingleCalls() {
        return false;
    }

    /** Whether the effect can show in such a call, wherever it strikes. */
    default boolean concerns(Asked asked) {
        return asked.isRandom();
    }

    /** The traces that one such call shows if it is struck. */
    List<Trace> traces(Asked asked, History history);

    /** Reacts to a call before it is answered; may throw a {@code RejectedCall}. */
    default void react(Strike strike) {}

    /** The key from which the words of a draw follow. */
    default long key(long seed, long draw, Strike strike) {
        return IndependentWords.key(seed, draw);
    }

    /** Changes the random words of a draw, one word an element of the mask. */
    default void words(int[] words, Strike strike) {}

    /** The rate at which the mask is drawn. */
    default double rate(Strike strike) {
        return strike.asked().rate();
    }

    /** Changes the mask: 1 keeps, 0 drops. */
    default void mask(byte[] kept, Strike strike) {}

    /**
     * Changes the answer.
     *
     * @param mask the mask that was applied; empty in evaluation
     */
    default Result answer(Result sound, Tensor mask, Strike strike) {
        return sound;
    }
}
