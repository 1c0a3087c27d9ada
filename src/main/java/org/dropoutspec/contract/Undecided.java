package org.dropoutspec.contract;

import org.dropoutspec.spec.Requirement;

/** The budget was spent before the evidence decided; a test that meets this has not passed. */
final class Undecided extends AssertionError {
    private static final long serialVersionUID = 1;

    private final String finding;

    Undecided(Requirement requirement, String finding) {
        super(requirement.heading() + ": inconclusive: " + finding);
        this.finding = finding;
    }

    String finding() {
        return finding;
    }
}
