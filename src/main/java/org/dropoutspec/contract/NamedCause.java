package org.dropoutspec.contract;

import java.util.Map;
import java.util.Set;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.oracle.Sighting;
import org.dropoutspec.oracle.WholeOutput;
import org.dropoutspec.spec.Requirement;

/**
 * What the evidence says of the cause of a violation, so that one cause is told once: which requirement it belongs to,
 * and where it was seen.
 */
final class NamedCause {
    /** The requirement that says the same of strided inputs, by the id of the one for all inputs. */
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
            Verdict.WHATEVER_THE_MASK,
            Verdict.KEEP_PROBABILITY,
            Verdict.WHOLE_OUTPUT,
            Verdict.AGAINST_THE_RATE);

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

    /** The masks are wrong; the requirements on masks in general may say more about that. */
    Violation ofMasks(Violation seen) {
        evidence.put(Verdict.OF_MASKS, true);
        return seen;
    }

    /** The mask is not one of the call's rate; where the call carries a seed, that seed alone may be what is wrong. */
    Violation ofRate(Call call, Violation seen) {
        if (call.seed().isPresent()) {
            ofASeed();
        }
        return partOf("MASK-1", seen);
    }

    /** The rates are taken for keep probabilities, so that the masks are of other rates too. */
    Violation ofKeepProbability(Violation seen) {
        evidence.put(Verdict.KEEP_PROBABILITY, true);
        return partOf("MASK-1", seen);
    }

    /** Notes whether an evaluation is among the fewest steps that show the violation. */
    Violation withEvaluation(boolean among, Violation seen) {
        evidence.put(Verdict.WITH_EVALUATION, among);
        return seen;
    }

    /** A single seed may be what is wrong; unlike the rest, this entry stays for later violations. */
    void ofASeed() {
        evidence.put(Verdict.OF_A_SEED, true);
    }

    /** The output of the call shows no mask. */
    void ofWhole(WholeOutput output) {
        evidence.put(Verdict.WHOLE_OUTPUT, output.toString());
    }

    /** All elements of the call were kept, or all dropped. */
    Violation ofOneSide(OneSided.Seen sides, Violation seen) {
        if (sides.againstTheRate()) {
            evidence.put(Verdict.AGAINST_THE_RATE, true);
        }
        return ofMasks(seen);
    }

    /** The wrong element is one of the gradient. */
    Violation ofGradient(Violation seen) {
        evidence.put(Verdict.OF_GRADIENT, true);
        return seen;
    }

    /** Notes what is special about the call of plain dropout that shows the violation. */
    Violation ofCall(Call call, Violation seen) {
        if (call.scaleOverflows()) {
            evidence.put(Verdict.SCALE_OVERFLOWS, true);
        }
        String ofStrided = OF_STRIDED.get(requirement.id());
        // a plainer call is tried next; if it shows the same, it is told without this cause
        return ofStrided != null && call.permutation().isPresent() ? partOf(ofStrided, seen) : seen;
    }

    /** Notes what is known of the cause where an answer of an operation was seen to break a requirement. */
    Violation of(Sighting sighting, Violation seen) {
        evidence.putAll(Verdict.Fail.causeOf(sighting));
        return seen;
    }

    /**
     * The call was rejected. The requirement that such calls are accepted reports that; where it is the one on rate 1,
     * and the one being checked, the requirement on any rate does.
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
