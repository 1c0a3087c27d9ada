package org.dropoutspec.contract;

import org.dropoutspec.sampling.StatisticalRequirements;
import org.dropoutspec.statistics.Ledger;

/** How the false-alarm probability of a run is shared, whichever requirements it asks about. */
final class Account {
    private static final double FALSE_ALARMS = 1e-9;

    /** Two masks of 128 elements are equal at rate .5. */
    private static final double EQUAL = 0x1p-128;

    /** All elements of one such mask are alike. */
    private static final double ALIKE = 0x1p-127;

    private Account() {}

    /** The account of a run whose properties try so many calls each. */
    static Ledger of(int tries) {
        Ledger.Opening opening = Ledger.opening(FALSE_ALARMS)
                .charge("BWD-3", tries * ALIKE)
                .charge("SHAPE-4", tries * ALIKE)
                .charge("SEED-3", 6 * tries * EQUAL)
                .charge("SEED-4", tries * EQUAL)
                .charge("SEED-5", tries * EQUAL);
        StatisticalRequirements.ALL.forEach(id -> opening.check(id, 1));
        return opening.open();
    }
}
