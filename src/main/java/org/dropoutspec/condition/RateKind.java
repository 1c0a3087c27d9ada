package org.dropoutspec.condition;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import org.dropoutspec.tensor.DType;

/** The levels of the drop rate. */
public enum RateKind {
    NEAR_ZERO("a rate near 0"),
    TWENTIETH("rate 0.05", 0.05),
    TENTH("rate 0.1", 0.1),
    QUARTER("rate 0.25", 0.25),
    HALF("rate 0.5", 0.5),
    THREE_QUARTERS("rate 0.75", 0.75),
    NINE_TENTHS("rate 0.9", 0.9),
    THIRD("a rate of one or two thirds", 1 / 3.0, 2 / 3.0),
    OTHER_TWENTIETH("another multiple of 0.05", 0.2, 0.8, 0.15, 0.3, 0.6, 0.7, 0.4, 0.85),
    OF_THE_RUN("a rate drawn at random"),
    NEAR_ONE("a rate near 1"),
    EXACT("rate 0 or 1", 0, 1);

    private final String words;
    private final double[] values;

    RateKind(String words, double... values) {
        this.words = words;
        this.values = values;
    }

    /** The kind of a rate from 0 to 1. A rate that is near no number of another kind counts as drawn at random. */
    public static RateKind of(double rate) {
        if (rate == 0 || rate == 1) {
            return EXACT;
        } else if (rate < 0x1.1p-7) {
            return NEAR_ZERO;
        } else if (rate > 1 - 0x1.1p-7) {
            return NEAR_ONE;
        }
        return Arrays.stream(values())
                .filter(kind ->
                        kind.carriesEvidence() && Arrays.stream(kind.values).anyMatch(value -> isNear(value, rate)))
                .findFirst()
                .orElse(OF_THE_RUN);
    }

    /** Whether the narrowest type may round one to the other. */
    private static boolean isNear(double value, double rate) {
        return Math.abs(rate - value) <= value * 0x1p-8;
    }

    /** Whether masks at such a rate tell something about the rate. Near 0 or 1 too few elements are dropped or kept. */
    public boolean carriesEvidence() {
        return this != NEAR_ZERO && this != NEAR_ONE && this != EXACT;
    }

    /**
     * A rate of this kind that float32 and the type both hold, since an implementation may receive it in either.
     *
     * @param ofTheRun the rate drawn for the whole run, in (0, 1)
     * @param withOne whether the rate may be 1
     * @param turn how many rates of this kind were drawn before, counted from any number on
     */
    double draw(DType dtype, double ofTheRun, boolean withOne, int turn, SplittableRandom random) {
        return held(
                dtype,
                switch (this) {
                    case NEAR_ZERO -> edge(ofTheRun, random);
                    case NEAR_ONE -> 1 - edge(ofTheRun, random);
                    case OF_THE_RUN -> ofTheRun;
                    case EXACT -> withOne ? turn % 2 : 0;
                    default -> values[turn % values.length];
                });
    }

    /** One rate that is typical for the kind; not for {@link #OF_THE_RUN}. */
    double typical(DType dtype) {
        return held(
                dtype,
                switch (this) {
                    case NEAR_ZERO -> 0x1p-8;
                    case NEAR_ONE -> 1 - 0x1p-8;
                    default -> values[0];
                });
    }

    /** The rate of this kind that the type holds and that is nearest to a given rate of another type. */
    double near(DType dtype, double rate) {
        return Arrays.stream(values)
                .boxed()
                .min(Comparator.comparingDouble(value -> Math.abs(value - rate)))
                .map(value -> held(dtype, value))
                .orElseGet(() -> held(dtype, rate));
    }

    /** One of four from 2^-9 to 2^-7, different in each run. Evidence is kept by rate; more rates would cost memory. */
    private static double edge(double ofTheRun, SplittableRandom random) {
        return Math.pow(2, -9 + (random.nextInt(4) + ofTheRun) / 2);
    }

    /**
     * The nearest rate that float32 and the type both hold. It is 1 only for rate 1, since bfloat16 holds nothing
     * between 1 - 2^-8 and 1.
     */
    static double held(DType dtype, double rate) {
        double held = dtype.value(dtype.round((float) rate));
        double below = 1 - Math.scalb(1.0, -1 - Math.min(dtype.fractionBits(), DType.FLOAT32.fractionBits()));
        return rate < 1 ? Math.min(held, below) : held;
    }

    @Override
    public String toString() {
        return words;
    }
}
