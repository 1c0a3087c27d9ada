package org.dropoutspec.contract;

import java.util.Optional;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.spec.Requirement;

/**
 * A training call that keeps or drops every element, of so many that independent ones are never all alike by chance.
 * Then its elements were not dropped with the asked probability, whatever the call was made for, and under which
 * conditions.
 */
final class OneSided {
    /** The highest probability that so many independent elements are all alike; each look at a call spends it. */
    private static final double CHANCE = 1e-24;

    /** How far a rate may be rounded, beside the declared resolution: a type of eight binary digits holds .9 no better. */
    private static final double ROUNDED = 0.01;

    private OneSided() {}

    /** The requirement that tells this: SEED-9 in checks of seeds, as a single seed may be at fault, else MASK-1. */
    static String saidBy(Requirement asked) {
        return asked.id().startsWith("SEED-") ? "SEED-9" : "MASK-1";
    }

    /**
     * What is wrong with the mask of a call.
     *
     * @param againstTheRate whether all elements are kept at a rate of one half or more, or all dropped at one half or
     *     less
     */
    record Seen(String words, boolean againstTheRate) {}

    /** What is wrong with the mask that a call shows; empty where nothing is. */
    static Optional<Seen> seen(Observation observation, CheckRun run) {
        Call call = observation.call();
        double rate = call.rate();
        if (!call.training() || call.mask().isPresent() || !(rate > 0 && rate < 1)) {
            return Optional.empty();
        }
        double resolution = run.description().choices().rateResolution();
        int enough = Math.max(enough(Math.max(rate, 1 - rate) + resolution + ROUNDED), 1);
        // every element of a shared mask is seen for sure only where all elements of the input are visible
        boolean shared = call.maskShape().size() != observation.size();
        if (call.maskShape().size() < enough) {
            return Optional.empty();
        }
        int kept = 0;
        int seen = 0;
        for (int i = 0; i < observation.size(); i++) {
            double magnitude = Math.abs(observation.input().value(i));
            boolean visible = magnitude >= observation.dtype().smallestNormal() && magnitude < Double.POSITIVE_INFINITY;
            if (!visible && shared) {
                return Optional.empty();
            }
            seen += visible ? 1 : 0;
            kept += visible && observation.showsKept(i) ? 1 : 0;
            if (kept > 0 && kept < seen) {
                return Optional.empty();
            }
        }
        if (seen < enough || observation.hasNaNOfAnOverflow()) { // a NaN says nothing of the mask
            return Optional.empty();
        }
        String saidBy = saidBy(run.requirement());
        String words = "expected about " + Math.round(rate * seen) + " of " + seen + " elements dropped"
                + (saidBy.equals(run.requirement().id()) ? "" : " (" + saidBy + ")") + ", got "
                + (kept == 0 ? "all" : "none");
        return Optional.of(new Seen(words, kept == 0 ? rate <= 0.5 : rate >= 0.5));
    }

    /** How many independent elements it takes for all to be alike with probability {@link #CHANCE} at most. */
    private static int enough(double likelier) {
        return likelier < 1 ? (int) Math.ceil(Math.log(CHANCE / 2) / Math.log(likelier)) : Integer.MAX_VALUE;
    }
}
