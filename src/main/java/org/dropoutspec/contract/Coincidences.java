package org.dropoutspec.contract;

/** What a check spends of its requirement's share of the ledger on masks that may be alike by chance. */
final class Coincidences {
    /** At most so many masks are compared for one requirement, so one comparison may spend a millionth of its share. */
    private static final double MOST_COMPARISONS = 1e6;

    private final CheckRun run;
    private double spent;

    Coincidences(CheckRun run) {
        this.run = run;
    }

    /**
     * Spends a part of the share, before masks are compared.
     *
     * @param probability of sound masks being alike
     * @throws IllegalStateException when the share is used up: the suite asks too much
     */
    void spend(double probability) {
        String requirement = run.requirement().id();
        double share = run.session().share(requirement);
        if (probability > share / MOST_COMPARISONS) {
            throw run.cannot("the declared rate_resolution leaves masks that are alike to chance");
        }
        spent += probability;
        if (spent > share) {
            throw new IllegalStateException(
                    "comparisons of " + requirement + " (" + spent + ") must spend no more than " + share);
        }
    }
}
