package org.dropoutspec.contract;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.oracle.Sighting;
import org.dropoutspec.sampling.Conclusion;

/** What a session found about one requirement; exactly one of five. */
public sealed interface Verdict {
    /** The entry of the evidence with the number of calls that could not be expressed, by the name of their type. */
    String DISCARDED = "discarded";

    /** The entry that says that the call's element type cannot hold the scale at its rate. */
    String SCALE_OVERFLOWS = "scale_overflows";

    /** The entry that says that the wrong element is one of a gradient. */
    String OF_GRADIENT = Conclusion.OF_GRADIENT;

    /** The entry that names another requirement, by which such an answer, or such a rejection, is wrong. */
    String SAID_BY = Conclusion.SAID_BY;

    /** The entry that names another requirement: this failure, and what stands on it, is a part of its failure. */
    String PART_OF = Conclusion.PART_OF;

    /** The entry that says that what is wrong may be no more than what is wrong with masks anyway. */
    String OF_MASKS = "of_masks";

    /** The entry that says whether an evaluation is among the fewest steps that show what is wrong. */
    String WITH_EVALUATION = "with_evaluation";

    /** The entry that says that no mask explains what is wrong: then no failure of masks is its cause. */
    String WHATEVER_THE_MASK = "whatever_the_mask";

    /** The entry that names the kind of a training call's output that shows no mask: all kept, say. */
    String WHOLE_OUTPUT = Conclusion.WHOLE_OUTPUT;

    /**
     * The entry that says that all elements of a call went the way that is not the likelier one at its rate. One draw
     * for all of them would go the other way at least as often.
     */
    String AGAINST_THE_RATE = "against_the_rate";

    /** The entry that says that an answer is right if the rates of its call are taken for keep probabilities. */
    String KEEP_PROBABILITY = "keep_probability";

    /** The entry that says that the call carried a seed, which alone may be what is wrong. */
    String OF_A_SEED = Conclusion.OF_A_SEED;

    /** The entry for how many bytes each retained call leaves in the memory, which is noted and no failure. */
    String LEFT_BEHIND = "bytes_left_by_a_call";

    /** What was seen, in words; empty where there is nothing to say. */
    String message();

    /** The figures behind the verdict, by name, for the certificate. */
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

    /** The same verdict, told with the name of one of several mask sites. */
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
     * The implementation breaks the requirement: {@code message} is what was expected and what was seen, with the
     * smallest call that shows it.
     *
     * @param calls the calls of plain dropout that show it, one after the other; empty where other operations, more
     *     than single calls, or many masks show it
     * @param asked calls of another operation that showed it, the smallest first; they may need the calls before them
     */
    record Fail(String message, Map<String, Object> evidence, List<Call> calls, List<OperationCall> asked)
            implements Verdict {
        public Fail {
            calls = List.copyOf(calls);
            asked = List.copyOf(asked);
        }

        /** A failure that calls of plain dropout show. */
        public Fail(String message, Map<String, Object> evidence, List<Call> calls) {
            this(message, evidence, calls, List.of());
        }

        /** A failure that an answer showed, whatever the call was made for. */
        public static Fail of(Sighting seen, Map<String, Object> evidence) {
            Map<String, Object> all = new LinkedHashMap<>(evidence);
            all.putAll(causeOf(seen));
            return new Fail(seen.what(), all);
        }

        /** What the evidence says of the cause of a sighting. */
        static Map<String, Object> causeOf(Sighting seen) {
            Map<String, Object> cause = new LinkedHashMap<>();
            seen.partOf().ifPresent(whole -> cause.put(PART_OF, whole));
            if (seen.whateverTheMask()) {
                cause.put(WHATEVER_THE_MASK, true);
            }
            return cause;
        }

        /** A failure that no few calls show. */
        public Fail(String message, Map<String, Object> evidence) {
            this(message, evidence, List.of());
        }
    }

    /**
     * The requirement was not asked, or the adapter could not express its calls.
     *
     * @param applies whether the requirement says anything of an implementation with these choices; one that does not
     *     apply does not narrow the scope
     */
    record Unsupported(String message, boolean applies, Map<String, Object> evidence) implements Verdict {
        /** The requirement was not asked for want of a declaration. */
        public Unsupported(String message) {
            this(message, true, Map.of());
        }

        /** The requirement does not apply, since the implementation legitimately differs. */
        public static Unsupported inapplicable(String message) {
            return new Unsupported(message, false, Map.of());
        }
    }

    /** The sample budget was spent before the evidence decided. Never taken for a pass. */
    record Inconclusive(String message, Map<String, Object> evidence) implements Verdict {
        /** The entry of the evidence that names the requirement whose failure was seen here too. */
        private static final String BECAUSE_OF = "because_of";

        /** The verdict on a check that failed, but tells nothing beside the failure of another requirement. */
        public static Inconclusive echo(String cause, Verdict failure) {
            Map<String, Object> evidence = new LinkedHashMap<>(failure.evidence());
            evidence.put(BECAUSE_OF, cause);
            return new Inconclusive("not judged because of " + cause + ": " + failure.message(), evidence);
        }

        /** The requirement of whose failure this is the echo; empty where it is none. */
        public String cause() {
            return (String) evidence.getOrDefault(BECAUSE_OF, "");
        }

        /** Whether this is the echo of a failure. */
        public boolean isEcho() {
            return evidence.containsKey(BECAUSE_OF);
        }
    }

    /** The adapter or the suite broke, which says nothing about the implementation. Never taken for a pass. */
    record Error(String message) implements Verdict {}
}
