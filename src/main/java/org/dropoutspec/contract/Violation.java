package org.dropoutspec.contract;

import org.dropoutspec.spec.Requirement;

/** An implementation was seen to break a requirement. */
public final class Violation extends AssertionError {
    private static final long serialVersionUID = 1;

    private final String finding;

    Violation(Requirement requirement, String finding) {
        super(requirement.heading() + ": " + finding);
        this.finding = finding;
    }

    /** What was expected and seen, with the call that shows it; without the requirement's own words. */
    String finding() {
        return finding;
    }
}
