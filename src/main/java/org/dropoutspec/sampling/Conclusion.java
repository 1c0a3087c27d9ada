package org.dropoutspec.sampling;

import java.util.List;
import java.util.Map;
import org.dropoutspec.implementation.Call;

/** What the sampling found about one requirement; the evidence is plain numbers, strings, lists and maps. */
public sealed interface Conclusion {
    /** The key under which evidence says that the wrong element is one of a gradient. */
    String OF_GRADIENT = "of_gradient";

    /** The key under which evidence names another requirement, which says that such an answer or rejection is wrong. */
    String SAID_BY = "said_by";

    /**
     * The key under which evidence names another requirement: this failure, and what stands on it, is a part of that
     * requirement's failure.
     */
    String PART_OF = "part_of";

    /** Where the evidence names the kind of an output that shows no mask, by the words of WholeOutput. */
    String WHOLE_OUTPUT = "whole_output";

    /** The key under which evidence says that the call carried a seed, which alone may be what is wrong. */
    String OF_A_SEED = "of_a_seed";

    /** What was seen, or what is certified, in words. */
    String message();

    Map<String, Object> evidence();

    /**
     * The null hypothesis is refuted, or an answer broke a requirement.
     *
     * @param calls that show it, one after the other; empty if it takes many masks to show it
     */
    record Rejected(String message, Map<String, Object> evidence, List<Call> calls) implements Conclusion {
        Rejected(String message, Map<String, Object> evidence) {
            this(message, evidence, List.of());
        }
    }

    /** The requirement's claim is certified, or nothing was found up to a horizon that was fixed in advance. */
    record Certified(String message, Map<String, Object> evidence) implements Conclusion {}

    /** The budget ended before the evidence did. */
    record Undecided(String message, Map<String, Object> evidence) implements Conclusion {}

    /** None of the calls could be expressed, or the declared resolution leaves nothing to ask. */
    record Inapplicable(String message) implements Conclusion {
        @Override
        public Map<String, Object> evidence() {
            return Map.of();
        }
    }
}
