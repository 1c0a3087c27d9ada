package org.dropoutspec.contract;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import org.dropoutspec.sampling.Plan;

/**
 * How much is asked of an implementation, and so how narrow a bound a pass certifies.
 *
 * @param name {@code quick}, {@code standard}, {@code deep}, or such as {@code within 1E-5}
 * @param bound a pass says that the drop rate is no further than this from the asked one
 * @param tries how many calls a deterministic property tries
 * @param plan how much is asked of the masks
 */
public record Tier(String name, double bound, int tries, Plan plan) {
    /** Drop rates to within 1e-2. */
    public static final Tier QUICK = new Tier(
            "quick",
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
                    1));

    /** Drop rates to within 1e-3. */
    public static final Tier STANDARD = new Tier(
            "standard",
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
                    3));

    /** Drop rates to within 1e-4. */
    public static final Tier DEEP = new Tier(
            "deep",
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

    private static final List<Tier> NAMED = List.of(QUICK, STANDARD, DEEP);
    private static final String WITHIN = "within ";

    /** The narrowest bound: for less, the digits of a mixture over 1e13 elements do not suffice. */
    private static final double NARROWEST = 1e-6;

    /**
     * The tier with this name.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static Tier named(String name) {
        if (name.startsWith(WITHIN)) {
            return within(name.substring(WITHIN.length()));
        }
        return NAMED.stream()
                .filter(tier -> tier.name.equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("tier (" + name + ") must be one of quick, standard, deep"));
    }

    /**
     * Drop rates to within any bound. It asks what the narrowest named tier asks that has this bound or a wider one,
     * with all bands narrower in the same proportion, and with more elements by the square of it.
     *
     * @param epsilon such as {@code 1e-5}
     * @throws IllegalArgumentException when it is no number from 1e-6 to 1e-2
     */
    public static Tier within(String epsilon) {
        double bound = number(epsilon);
        if (!(bound >= NARROWEST && bound <= QUICK.bound)) {
            throw new IllegalArgumentException("epsilon (" + epsilon + ") must be a number from 1e-6 to 1e-2");
        }
        Tier base = NAMED.stream()
                .filter(tier -> tier.bound >= bound)
                .reduce((wider, narrower) -> narrower)
                .orElseThrow();
        if (base.bound == bound) {
            return base;
        }
        String name =
                new BigDecimal(bound, new MathContext(6)).stripTrailingZeros().toString();
        return new Tier(WITHIN + name, bound, base.tries, base.plan.within(bound));
    }

    private static double number(String epsilon) {
        try {
            return Double.parseDouble(epsilon);
        } catch (NumberFormatException none) {
            return Double.NaN;
        }
    }

    /** Whether this is quick, standard or deep, and not a tier made for a bound. */
    public boolean isNamed() {
        return NAMED.contains(this);
    }

    /** The bound as {@link #within} reads it. */
    public String epsilon() {
        return isNamed() ? Double.toString(bound) : name.substring(WITHIN.length());
    }

    @Override
    public String toString() {
        return name;
    }
}
