package org.dropoutspec.golden.verify;

import java.util.List;

/** The outcome of asking an implementation for one vector in one way. */
public sealed interface Attempt {
    /**
     * It answered, and as the vector wants it where there are no failures.
     *
     * @param asked the question as it was put, seed included, to be put again
     */
    record Checked(MaskSource rung, List<String> failures, String asked) implements Attempt {}

    /** It was not asked, or cannot express the call. */
    record Skipped(String reason) implements Attempt {}

    /** It broke, which says nothing about what it implements. */
    record Broken(String message) implements Attempt {}
}
