package org.dropoutspec.golden.format;

import java.util.List;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.OperationCall;

/** One vector: a question, and what the answer must be. */
public sealed interface GoldenVector {
    Label label();

    /**
     * Calls of dropout, one after the other. A call without a mask and with no seed before it draws an unknown mask.
     *
     * @param calls the calls; most vectors have one
     */
    record OfDropout(Label label, List<Call> calls, List<Expectation> expectations) implements GoldenVector {
        public OfDropout {
            calls = List.copyOf(calls);
            expectations = List.copyOf(expectations);
        }

        /** The call of a vector that has one. */
        public Call call() {
            return calls.get(0);
        }

        public boolean isSingle() {
            return calls.size() == 1;
        }
    }

    /** A call of another operation. A training call that is not rejected carries the masks or noise it would draw. */
    record OfOperation(Label label, OperationCall call, List<OperationExpectation> expectations)
            implements GoldenVector {
        public OfOperation {
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
