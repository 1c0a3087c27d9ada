package org.dropoutspec.contract;

import java.util.Locale;

/** How much is asked of an implementation, and so how narrow a bound a pass certifies. */
public enum Tier {
    /** Drop rates to within 1e-2. */
    QUICK(1e-2, 100),
    /** Drop rates to within 1e-3. */
    STANDARD(1e-3, 300),
    /** Drop rates to within 1e-4. */
    DEEP(1e-4, 1000);

    private final double bound;
    private final int tries;

    Tier(double bound, int tries) {
        this.bound = bound;
        this.tries = tries;
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

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
