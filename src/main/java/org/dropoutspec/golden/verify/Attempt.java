package org.dropoutspec.golden.verify;

import java.util.List;

/** The outcome of asking an implementation for one vector in one way. */
public sealed interface Attempt {
    /**
     * It answered; if there are no failures, as the vector requires.
     *
     * @param asked the question as it was asked, including the seed, so that it can be repeated
     */
    record Checked(MaskSource rung, List<String> failures, String asked) implements Attempt {}

    /** It was not asked, or cannot express the call. */
    record Skipped(String reason) implements Attempt {}

    /** It broke, which says nothing about the dropout that it implements. */
    record Broken(String message) implements Attempt {}
}
