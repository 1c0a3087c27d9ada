package org.dropoutspec.defect;

import java.util.List;
import java.util.Set;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;

/** What goes wrong in a call that is struck: one of the steps of a dropout is not done as it should be. */
interface Effect {
    /** By which results are grouped. */
    String kind();

    /** What the implementation has to be asked for it to matter. */
    default Set<Capability> needs() {
        return Set.of();
    }

    /** Which types it takes to matter. */
    default Set<DType> types() {
        return Set.of();
    }

    /** Whether there is more or less of it. */
    default boolean isGradual() {
        return true;
    }

    /** Whether a single call, or a few with the same seed, can show it for certain. */
    default boolean isSeenInSingleCalls() {
        return false;
    }

    /** Whether it can matter in such a call, wherever it strikes. */
    default boolean concerns(Asked asked) {
        return asked.isRandom();
    }

    /** What one such call lets be seen where it is struck. */
    List<Trace> traces(Asked asked, History history);

    /** May throw a {@code RejectedCall}. */
    default void react(Strike strike) {}

    /** What the words of a draw follow from. */
    default long key(long seed, long draw, Strike strike) {
        return IndependentWords.key(seed, draw);
    }

    /** Changes the random words of a draw, one an element of the mask. */
    default void words(int[] words, Strike strike) {}

    /** The rate at which it is drawn. */
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
