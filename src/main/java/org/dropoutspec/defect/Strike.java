package org.dropoutspec.defect;

import java.util.SplittableRandom;
import org.dropoutspec.implementation.Call;

/**
 * A call that a defect strikes.
 *
 * @param history what was asked before the call
 * @param strength the share of what is hit, or how much of the change is made; in (0, 1]
 * @param random decides what is hit
 */
record Strike(Asked asked, Call call, History history, double strength, SplittableRandom random) {
    /** Whether the next element, or call, is hit. */
    boolean hits() {
        return random.nextDouble() < strength;
    }
}
