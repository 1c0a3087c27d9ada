package org.dropoutspec.contract;

import java.util.List;
import java.util.Locale;
import org.dropoutspec.sampling.Plan;

/** How much is asked of an implementation, and so how narrow a bound a pass certifies. */
public enum Tier {
    /** Drop rates to within 1e-2. */
    QUICK(
            1e-2,
            100,
            new Plan(
                    1e-2,
                    0.15,
                    0.12,
                    2,
                    1 << 17,
                    List.of(96, 32, 16, 8, 1, 1, 1),
                    List.of(64, 32, 16, 8, 1, 1, 1),
                    1_000_000,
                    List.of(8, 11),
                    1)),
    /** Drop rates to within 1e-3. */
    STANDARD(
            1e-3,
            300,
            new Plan(
                    1e-3,
                    0.025,
                    0.025,
                    3,
                    (1 << 20) - 1,
                    List.of(128, 64, 32, 16, 2, 1, 1),
                    List.of(128, 64, 32, 8, 2, 1, 1),
                    40_000_000,
                    List.of(8, 11, 16),
                    3)),
    /** Drop rates to within 1e-4. */
    DEEP(
            1e-4,
            1000,
            new Plan(
                    1e-4,
                    0.0025,
                    0.0025,
                    3,
                    (1 << 20) - 1,
                    List.of(128, 64, 32, 16, 8, 4, 1),
                    List.of(128, 64, 32, 16, 8, 4, 1),
                    4_000_000_000L,
                    List.of(8, 11, 16, 20),
                    3));

    private final double bound;
    private final int tries;
    private final Plan plan;

    Tier(double bound, int tries, Plan plan) {
        this.bound = bound;
        this.tries = tries;
        this.plan = plan;
    }

    /** The tier with this name in lower case. */
    public static Tier named(String name) {
        for (Tier tier : values()) {
            if (tier.toString().equals(name)) {
                return tier;
            }
        }
        throw new IllegalArgumentException("tier (" + name + ") must be one of quick, standard, deep");
    }

    /** The certified bound: a pass says that the drop rate lies within this of the asked one. */
    public double bound() {
        return bound;
    }

    /** How many calls a deterministic property tries. */
    public int tries() {
        return tries;
    }

    /** How much is asked of the masks. */
    public Plan plan() {
        return plan;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
