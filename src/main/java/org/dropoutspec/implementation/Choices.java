package org.dropoutspec.implementation;

import java.util.Optional;

/**
 * The points on which implementations may legitimately differ. Each declares its way and is then held to it.
 *
 * @param rateOne how a call at drop rate 1 is answered
 * @param droppedNonfinite what a dropped NaN or infinity becomes
 * @param scaling where the scale is applied
 * @param rateResolution the largest difference between the asked and the effective drop rate
 * @param modes whether there is an evaluation
 * @param integerInput how an integer input is answered; if it is not declared, none is asked
 * @param weightMask how many masks of its weights DropConnect draws
 */
public record Choices(
        RateOne rateOne,
        DroppedNonfinite droppedNonfinite,
        Scaling scaling,
        double rateResolution,
        Modes modes,
        Optional<IntegerInput> integerInput,
        WeightMask weightMask) {
    /** How a call at drop rate 1 is answered: with all zeros and a zero gradient, or with a rejection. */
    public enum RateOne {
        ZEROS,
        REJECT
    }

    /** What a dropped NaN or infinity becomes: 0 by selection, or NaN by multiplication with 0. */
    public enum DroppedNonfinite {
        ZERO,
        NAN
    }

    /** Inverted: training scaled by 1/(1-rate), evaluation the identity. Classic: evaluation scaled by 1-rate. */
    public enum Scaling {
        INVERTED,
        CLASSIC
    }

    /** Training and evaluation, or training alone, in which case no evaluation is asked. */
    public enum Modes {
        BOTH,
        TRAINING
    }

    /** How an integer input is answered: with a rejection, or with an output in a floating type. */
    public enum IntegerInput {
        REJECT,
        PROMOTE
    }

    /** How many masks of the weights a call of DropConnect draws: one, or one for each of its examples. */
    public enum WeightMask {
        CALL,
        EXAMPLE
    }

    /** The default of {@link #rateResolution}: 2^-20. */
    public static final double DEFAULT_RATE_RESOLUTION = 0x1p-20;

    public Choices {
        if (!(rateResolution >= 0 && rateResolution < 1)) {
            throw new IllegalArgumentException("rate_resolution (" + rateResolution + ") must be in [0, 1)");
        }
    }

    /** The choices of an implementation that declares none. */
    public static Choices defaults() {
        return new Choices(
                RateOne.ZEROS,
                DroppedNonfinite.ZERO,
                Scaling.INVERTED,
                DEFAULT_RATE_RESOLUTION,
                Modes.BOTH,
                Optional.empty(),
                WeightMask.CALL);
    }

    public Choices with(RateOne choice) {
        return new Choices(choice, droppedNonfinite, scaling, rateResolution, modes, integerInput, weightMask);
    }

    public Choices with(DroppedNonfinite choice) {
        return new Choices(rateOne, choice, scaling, rateResolution, modes, integerInput, weightMask);
    }

    public Choices with(Scaling choice) {
        return new Choices(rateOne, droppedNonfinite, choice, rateResolution, modes, integerInput, weightMask);
    }

    public Choices withRateResolution(double resolution) {
        return new Choices(rateOne, droppedNonfinite, scaling, resolution, modes, integerInput, weightMask);
    }

    public Choices with(Modes choice) {
        return new Choices(rateOne, droppedNonfinite, scaling, rateResolution, choice, integerInput, weightMask);
    }

    public Choices with(IntegerInput choice) {
        return new Choices(rateOne, droppedNonfinite, scaling, rateResolution, modes, Optional.of(choice), weightMask);
    }

    public Choices with(WeightMask choice) {
        return new Choices(rateOne, droppedNonfinite, scaling, rateResolution, modes, integerInput, choice);
    }
}
