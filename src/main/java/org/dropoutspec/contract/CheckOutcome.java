package org.dropoutspec.contract;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import org.dropoutspec.contract.Verdict.Unsupported;
import org.dropoutspec.implementation.ImplementationFault;
import org.dropoutspec.implementation.NoSuchCall;
import org.dropoutspec.implementation.NotAsked;
import org.dropoutspec.implementation.UnsupportedCall;
import org.opentest4j.TestAbortedException;

/** What became of the calls of a check so far, and the verdict that follows. */
final class CheckOutcome {
    private final Optional<Unsupported> obstacle;
    private final Map<String, Object> evidence = new LinkedHashMap<>();
    private final Map<String, Long> discarded = new TreeMap<>();
    private Optional<String> unsupported = Optional.empty();
    private Optional<ImplementationFault> fault = Optional.empty();
    private String certified = "";
    private long answered;
    private long completed;

    /** @param obstacle why the implementation cannot be asked at all */
    CheckOutcome(Optional<Unsupported> obstacle) {
        this.obstacle = obstacle;
    }

    /** Whether no more calls may be made: the implementation cannot be asked at all, or it broke. */
    boolean isOver() {
        return obstacle.isPresent() || fault.isPresent();
    }

    Optional<Unsupported> obstacle() {
        return obstacle;
    }

    /** Counts a call that was answered or rejected. */
    void answered() {
        answered++;
    }

    /** Counts a try that got all its calls answered, in the way it wanted. */
    void completed() {
        completed++;
    }

    /** Ends the try: the requirement cannot be asked of this implementation. */
    TestAbortedException unsupported(String why) {
        unsupported = Optional.of(why);
        return new TestAbortedException(why);
    }

    /**
     * Ends the try: the implementation cannot express the call, is not asked such calls, or no such call exists.
     *
     * @param kind the name under which the call is counted
     */
    TestAbortedException unsupported(UnsupportedCall cannot, String kind) {
        if (cannot instanceof NotAsked) {
            evidence.merge("not_asked", 1L, (count, one) -> (Long) count + (Long) one);
        } else if (!(cannot instanceof NoSuchCall)) {
            discarded.merge(kind, 1L, Long::sum);
            evidence.put(Verdict.DISCARDED, discarded);
        }
        return unsupported(String.valueOf(cannot.getMessage()));
    }

    /** Keeps the fault and ends the try without a verdict; else jqwik would look for a smaller call that breaks too. */
    TestAbortedException broken(ImplementationFault how) {
        fault = Optional.of(how);
        return new TestAbortedException("no more calls", how);
    }

    /** Notes what a pass certifies, in words. */
    void certify(String what) {
        certified = what;
    }

    /** The figures that the certificate tells of this requirement. */
    Map<String, Object> evidence() {
        return evidence;
    }

    Verdict verdict(PropertyExecutionResult result) {
        Throwable thrown = result.throwable().orElse(null);
        if (obstacle.isPresent()) {
            return obstacle.get();
        }
        // this comes before a fault, which may have come while the violation was being shrunk
        if (thrown instanceof Violation violation) {
            return new Verdict.Fail(violation.finding(), evidence, violation.calls(), violation.asked());
        }
        if (fault.isPresent()) {
            return new Verdict.Error(fault.get().getMessage());
        }
        if (thrown instanceof Undecided undecided) {
            return new Verdict.Inconclusive(undecided.finding(), evidence);
        }
        if (completed == 0 && unsupported.isPresent()) {
            return new Unsupported(unsupported.get(), true, evidence);
        }
        if (result.status() != PropertyExecutionResult.Status.SUCCESSFUL) {
            return new Verdict.Error("the suite broke: " + thrown);
        }
        if (certified.isEmpty()) {
            evidence.put("calls", answered);
        }
        return new Verdict.Pass(certified, evidence);
    }
}
