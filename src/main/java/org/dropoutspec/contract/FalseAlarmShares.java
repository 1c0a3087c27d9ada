package org.dropoutspec.contract;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.dropoutspec.sampling.StatisticalRequirements;
import org.dropoutspec.statistics.Ledger;

/** How the requirements share the false-alarm probability of a run, whichever of them it asks about. */
final class FalseAlarmShares {
    /** The false-alarm probability of a run that judges one operation. */
    static final double FALSE_ALARMS = 1e-9;

    /**
     * The share of each check that fails where independent masks are alike by chance. Each comparison states what it
     * spends ({@link Coincidences#spend}); masks of 128 elements at rate .5 are equal with probability 2^-128, so the
     * share pays for more comparisons than a run could make.
     */
    private static final double COINCIDENCES = 1e-15;

    private FalseAlarmShares() {}

    /** The checks that fail where masks are alike, and so never ask for masks so small that chance makes them alike. */
    static final Set<String> BY_COINCIDENCE = Arrays.stream(DropoutContract.class.getMethods())
            .map(method -> method.getAnnotation(Checks.class))
            .filter(checks -> checks != null && checks.byCoincidence())
            .map(Checks::value)
            .collect(Collectors.toCollection(LinkedHashSet::new));

    /** The ledger of a run that may find fault with a sound implementation with this probability at most. */
    static Ledger open(double falseAlarms) {
        Ledger.Opening opening = Ledger.opening(falseAlarms);
        opening.charge("calls that keep or drop every element", COINCIDENCES); // pays for 1e9 such calls, see OneSided
        BY_COINCIDENCE.forEach(id -> opening.charge(id, COINCIDENCES));
        StatisticalRequirements.ALL.forEach(id -> opening.check(id, 1));
        return opening.open();
    }

    /**
     * The highest probability that two independent masks of so many elements are equal: each element is dropped at rate
     * .5 give or take the resolution, whatever came before it.
     */
    static double equal(int elements, double resolution) {
        double far = Math.min(1, 0.5 + resolution);
        return Math.pow(far * far + (1 - far) * (1 - far), elements);
    }

    /** The highest probability that all elements of such a mask are alike. */
    static double alike(int elements, double resolution) {
        return 2 * Math.pow(Math.min(1, 0.5 + resolution), elements);
    }
}
