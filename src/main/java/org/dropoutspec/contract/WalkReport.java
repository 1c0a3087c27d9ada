package org.dropoutspec.contract;

import java.util.List;
import org.dropoutspec.contract.Step.How;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.implementation.RejectedCall;
import org.dropoutspec.oracle.Sighting;

/** Puts the steps of a walk into words, requires them to be answered, and says what is wrong. */
final class WalkReport {
    private final CheckRun run;
    private final StepsTold told = new StepsTold();

    WalkReport(CheckRun run) {
        this.run = run;
    }

    void add(String step) {
        told.add(step);
    }

    /** The number of the last step, from 1 on. */
    int number() {
        return told.number();
    }

    OperationResult answered(Call call, OperationCall asked) {
        try {
            return run.ask(call, asked);
        } catch (RejectedCall rejection) {
            throw run.cause().ofRejected(call, violation(rejection));
        }
    }

    OperationResult answered(OperationCall asked) {
        try {
            return run.ask(asked);
        } catch (RejectedCall rejection) {
            throw violation(rejection);
        }
    }

    /** Requires that nothing is wrong. BWD-12 tells what is wrong where a forward pass is computed again. */
    void requireRight(List<Sighting> wrong, String of, How how) {
        if (!wrong.isEmpty()) {
            throw run.cause()
                    .saidBy(
                            how.recomputed() ? "BWD-12" : wrong.get(0).requirement(),
                            violation(wrong.get(0).what() + " in step " + told.number() + of));
        }
    }

    Violation violation(RejectedCall rejection) {
        return violation("step " + told.number() + " is rejected: " + rejection.getMessage());
    }

    /** The finding, and the steps that show it. */
    Violation violation(String finding) {
        return run.violation(told.after(finding));
    }
}
