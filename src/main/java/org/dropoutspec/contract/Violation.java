package org.dropoutspec.contract;

import java.util.List;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.spec.Requirement;

/** An implementation was seen to break a requirement. */
public final class Violation extends AssertionError {
    private static final long serialVersionUID = 1;

    private final String finding;
    private final transient List<Call> calls;
    private final transient List<OperationCall> asked;

    Violation(Requirement requirement, String finding, List<Call> calls, List<OperationCall> asked) {
        super(requirement.heading() + ": " + finding);
        this.finding = finding;
        this.calls = List.copyOf(calls);
        this.asked = List.copyOf(asked);
    }

    /** What was expected and seen, with the call that shows it; without the requirement's own words. */
    String finding() {
        return finding;
    }

    /** The calls of plain dropout that show it, in their order; empty where more than such calls is needed. */
    List<Call> calls() {
        return calls;
    }

    /** The call of another operation that was asked last, then the one that first showed the violation. */
    List<OperationCall> asked() {
        return asked;
    }
}
