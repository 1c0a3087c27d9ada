package org.dropoutspec.contract;

import org.dropoutspec.implementation.ImplementationFault;
import org.dropoutspec.sampling.Conclusion;
import org.opentest4j.TestAbortedException;

/** A check that asks nothing itself: the sampling of the session's masks decides it. */
final class StatisticalCheck {
    private StatisticalCheck() {}

    /** Ends the current check with what the sampling found about its requirement. */
    static void decide() {
        CheckRun run = CheckRun.current();
        CheckOutcome outcome = run.outcome();
        if (outcome.obstacle().isPresent()) {
            throw new TestAbortedException(outcome.obstacle().get().message());
        }
        SampledMasks masks = run.session().masks();
        Conclusion conclusion;
        try {
            conclusion = masks.conclusion(run.requirement().id()).orElseThrow();
        } catch (ImplementationFault broken) {
            throw outcome.broken(broken);
        }
        outcome.evidence().putAll(conclusion.evidence());
        if (!masks.discarded().isEmpty()) {
            outcome.evidence().put(Verdict.DISCARDED, masks.discarded());
        }
        if (conclusion instanceof Conclusion.Rejected rejected) {
            throw run.violation(rejected.message());
        } else if (conclusion instanceof Conclusion.Undecided open) {
            throw run.undecided(open.message());
        } else if (conclusion instanceof Conclusion.Inapplicable cannot) {
            throw outcome.unsupported(cannot.message());
        }
        outcome.certify(conclusion.message());
    }
}
