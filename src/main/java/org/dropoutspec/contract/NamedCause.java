package org.dropoutspec.contract;

import java.util.Map;
import java.util.Set;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.oracle.Sighting;
import org.dropoutspec.spec.Requirement;

/**
 * What the evidence says of the cause of a violation, so that one cause is told once: whose matter it is, and where it was
 * seen.
 */
final class NamedCause {
    /** By the id of a requirement, the one that says the same of strided inputs. */
    private static final Map<String, String> OF_STRIDED = Map.of(
            "FWD-1", "SHAPE-6",
            "FWD-2", "SHAPE-6",
            "FWD-8", "SHAPE-6",
            "BWD-1", "SHAPE-6",
            "BWD-2", "SHAPE-6",
            "MASK-6", "SHAPE-6",
            "EVAL-1", "SHAPE-7",
            "EVAL-5", "SHAPE-7");

    private static final Set<String> ENTRIES = Set.of(
            Verdict.SAID_BY,
            Verdict.PART_OF,
            Verdict.SCALE_OVERFLOWS,
            Verdict.OF_GRADIENT,
            Verdict.OF_MASKS,
            Verdict.WITH_EVALUATION,
            Verdict.WHATEVER_THE_MASK);

    private final Requirement requirement;
    private final Map<String, Object> evidence;

    NamedCause(Requirement requirement, Map<String, Object> evidence) {
        this.requirement = requirement;
        this.evidence = evidence;
    }

    /** Forgets what was said of an earlier violation. */
    void forget() {
        evidence.keySet().removeAll(ENTRIES);
    }

    /** Another requirement says that this is wrong, and reports it if it saw it too. */
    Violation saidBy(String other, Violation seen) {
        evidence.put(Verdict.SAID_BY, other);
        return seen;
    }

    /** This is a part of what another requirement reports, if it saw it too. */
    Violation partOf(String other, Violation seen) {
        evidence.put(Verdict.PART_OF, other);
        return seen;
    }

    /** The masks are wrong, of which the requirements on masks in general may say more. */
    Violation ofMasks(Violation seen) {
        evidence.put(Verdict.OF_MASKS, true);
        return seen;
    }

    /** Among the fewest steps that show it there is an evaluation, or there is none. */
    Violation withEvaluation(boolean among, Violation seen) {
        evidence.put(Verdict.WITH_EVALUATION, among);
        return seen;
    }

    /** A single seed may be what is wrong; this stays said of later violations too. */
    void ofASeed() {
        evidence.put(Verdict.OF_A_SEED, true);
    }

    /** It is an element of the gradient that is wrong. */
    Violation ofGradient(Violation seen) {
        evidence.put(Verdict.OF_GRADIENT, true);
        return seen;
    }

    /** What is special about the call of plain dropout that shows it. */
    Violation ofCall(Call call, Violation seen) {
        if (call.scaleOverflows()) {
            evidence.put(Verdict.SCALE_OVERFLOWS, true);
        }
        String ofStrided = OF_STRIDED.get(requirement.id());
        // a plainer call is tried next, and tells by itself where it shows the same
        return ofStrided != null && call.permutation().isPresent() ? partOf(ofStrided, seen) : seen;
    }

    /** What is known of the cause where an answer of an operation was seen to break a requirement. */
    Violation of(Sighting sighting, Violation seen) {
        if (sighting.whateverTheMask()) {
            evidence.put(Verdict.WHATEVER_THE_MASK, true);
        }
        return sighting.partOf().map(whole -> partOf(whole, seen)).orElse(seen);
    }

    /**
     * The call was rejected, which is for the requirement to report that says that such calls are accepted; if that is the
     * one on rate 1 itself, for the one on any rate.
     */
    Violation ofRejected(Call call, Violation seen) {
        if (call.shape().size() == 0) {
            return saidBy("SHAPE-2", seen);
        } else if (call.training() && call.rate() == 1 && !requirement.id().equals("RATE-8")) {
            return saidBy("RATE-8", seen);
        }
        return saidBy(call.shape().rank() == 0 ? "SHAPE-1" : "RATE-1", seen);
    }
}
