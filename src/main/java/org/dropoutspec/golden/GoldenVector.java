package org.dropoutspec.golden;

import java.util.List;
import org.dropoutspec.implementation.Call;

/** One vector: a question, and what the answer must be. */
sealed interface GoldenVector {
    Label label();

    /** A call of dropout; without a mask in it, the implementation draws its own. */
    record OfDropout(Label label, Call call, List<Expectation> expectations) implements GoldenVector {
        public OfDropout {
            expectations = List.copyOf(expectations);
        }
    }

    /** The bijection of the generator: four counter words and two key words give four words. */
    record OfBlock(Label label, long[] counter, long[] key, long[] words) implements GoldenVector {}

    /** The first words of the {@code draw}-th mask after seeding. */
    record OfWords(Label label, long seed, long draw, long[] words) implements GoldenVector {}

    /** Which words keep their element (1) at a drop rate, and which drop it (0). */
    record OfThreshold(Label label, double rate, long[] words, long[] mask) implements GoldenVector {}
}
