package org.dropoutspec.contract;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.sampling.Conclusion;

/** What a session found about one requirement; exactly one of five. */
public sealed interface Verdict {
    /** Where the evidence holds the number of calls that could not be expressed, by the name of their type. */
    String DISCARDED = "discarded";

    /** Where the evidence says that the call's element type cannot hold the scale at its rate. */
    String SCALE_OVERFLOWS = "scale_overflows";

    /** Where the evidence says that it is an element of a gradient that is wrong. */
    String OF_GRADIENT = Conclusion.OF_GRADIENT;

    /** Where the evidence names another requirement, which says of such an answer, or of such a rejection, that it is wrong. */
    String SAID_BY = Conclusion.SAID_BY;

    /** Where the evidence names another requirement of whose failure this one, and what stands on it, is a part. */
    String PART_OF = Conclusion.PART_OF;

    /** Where the evidence says that what is wrong may be no more than what is wrong with masks anyway. */
    String OF_MASKS = "of_masks";

    /** Where the evidence says whether there is an evaluation among the fewest steps that show what is wrong. */
    String WITH_EVALUATION = "with_evaluation";

    /** Where the evidence says that no mask explains what is wrong: then nothing that is said of the mask is its cause. */
    String WHATEVER_THE_MASK = "whatever_the_mask";

    /** Where the evidence says that the call carried a seed, which alone may be what is wrong. */
    String OF_A_SEED = "of_a_seed";

    /** Where the evidence says how many bytes each retained call leaves in the memory, which is noted and no failure. */
    String LEFT_BEHIND = "bytes_left_by_a_call";

    /** What was seen, in words; empty where there is nothing to say. */
    String message();

    /** The figures behind it, by name, for the certificate. */
    default Map<String, Object> evidence() {
        return Map.of();
    }

    /** How many calls of the check the implementation could not express, by the name of their type. */
    default Map<String, Long> discarded() {
        Map<String, Long> discarded = new TreeMap<>();
        if (evidence().get(DISCARDED) instanceof Map<?, ?> counts) {
            counts.forEach((type, count) -> discarded.put((String) type, (Long) count));
        }
        return discarded;
    }

    /** The same, seen at one of several mask sites. */
    default Verdict at(String site) {
        String told = message().isEmpty() ? "" : site.replace('_', ' ') + ": " + message();
        if (this instanceof Pass) {
            return new Pass(told, evidence());
        } else if (this instanceof Fail fail) {
            return new Fail(told, evidence(), fail.calls(), fail.asked());
        } else if (this instanceof Inconclusive) {
            return new Inconclusive(told, evidence());
        }
        return this;
    }

    /** The word in reports: {@code pass}. */
    default String word() {
        return getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    /** The implementation does what the requirement says, as far as the evidence states. */
    record Pass(String message, Map<String, Object> evidence) implements Verdict {}

    /**
     * It does not: {@code message} is what was expected and what was seen, with the smallest call that shows it.
     *
     * @param calls of plain dropout that show it, one after the other; empty where other operations, more than single
     *     calls, or many masks do
     * @param asked calls of another operation that showed it, the smallest first; perhaps not without those before them
     */
    record Fail(String message, Map<String, Object> evidence, List<Call> calls, List<OperationCall> asked)
            implements Verdict {
        public Fail {
            calls = List.copyOf(calls);
            asked = List.copyOf(asked);
        }

        /** Of plain dropout. */
        public Fail(String message, Map<String, Object> evidence, List<Call> calls) {
            this(message, evidence, calls, List.of());
        }

        /** A failure that no few calls show. */
        public Fail(String message, Map<String, Object> evidence) {
            this(message, evidence, List.of());
        }
    }

    /**
     * It was not asked, or the adapter could not express it.
     *
     * @param applies whether it says anything of an implementation with these choices: what does not apply narrows no
     *     scope
     */
    record Unsupported(String message, boolean applies, Map<String, Object> evidence) implements Verdict {
        /** For want of a declaration. */
        public Unsupported(String message) {
            this(message, true, Map.of());
        }

        /** Since the implementation legitimately differs. */
        public static Unsupported inapplicable(String message) {
            return new Unsupported(message, false, Map.of());
        }
    }

    /** The sample budget ended before the evidence did. Never taken for a pass. */
    record Inconclusive(String message, Map<String, Object> evidence) implements Verdict {
        /** Where the evidence names the requirement whose failure was seen here too. */
        private static final String BECAUSE_OF = "because_of";

        /** What failed, but tells nothing beside the failure of another requirement. */
        public static Inconclusive echo(String cause, Verdict failure) {
            Map<String, Object> evidence = new LinkedHashMap<>(failure.evidence());
            evidence.put(BECAUSE_OF, cause);
            return new Inconclusive("not judged because of " + cause + ": " + failure.message(), evidence);
        }

        /** The requirement whose failure it is the echo of; empty where it is none. */
        public String cause() {
            return (String) evidence.getOrDefault(BECAUSE_OF, "");
        }

        /** Whether it is the echo of a failure. */
        public boolean isEcho() {
            return evidence.containsKey(BECAUSE_OF);
        }
    }

    /** The adapter or the suite broke; it says nothing about the implementation. Never taken for a pass. */
    record Error(String message) implements Verdict {}
}
