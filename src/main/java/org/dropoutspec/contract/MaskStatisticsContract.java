package org.dropoutspec.contract;

import net.jqwik.api.Example;

/** Chapter MASK of the specification, as far as many masks show it: how drops are distributed. */
public interface MaskStatisticsContract extends Contract {

    @Example
    @Checks(
            value = "MASK-1",
            pin = "37978a0a",
            standsOn = {"MASK-7", "MASK-14", "MASK-4", "BWD-3", "FWD-2"})
    default void elementsAreDroppedAtTheAskedRate() {
        StatisticalCheck.decide();
    }

    @Example
    @Checks(
            value = "MASK-2",
            pin = "948ec845",
            standsOn = {"SHAPE-3", "SHAPE-4", "MASK-7", "MASK-14", "MASK-4", "BWD-3", "FWD-2"})
    default void elementsOfAMaskAreIndependent() {
        StatisticalCheck.decide();
    }

    @Example
    @Checks(
            value = "MASK-3",
            pin = "e4f7e6ac",
            standsOn = {"MASK-7", "SEED-4", "MASK-14", "MASK-4", "BWD-3", "FWD-2"})
    default void everyCallDrawsAFreshMask() {
        StatisticalCheck.decide();
    }

    @Example
    @Checks(
            value = "MASK-8",
            pin = "05b9e888",
            standsOn = {"MASK-7", "MASK-14", "MASK-4", "BWD-3", "FWD-2"})
    default void everyPositionGetsTheAskedRate() {
        StatisticalCheck.decide();
    }

    @Example
    @Checks(
            value = "MASK-9",
            pin = "ed6a2cb5",
            standsOn = {"MASK-7", "MASK-14", "MASK-4", "BWD-3", "FWD-2"})
    default void theNumberOfDropsVariesAsOfIndependentDraws() {
        StatisticalCheck.decide();
    }

    @Example
    @Checks(
            value = "MASK-10",
            pin = "90ddcf77",
            standsOn = {"SHAPE-3", "MASK-7", "MASK-14", "MASK-4", "BWD-3", "FWD-2", "SEED-4"})
    default void noMaskAndNoStretchOfOneRepeats() {
        StatisticalCheck.decide();
    }

    @Example
    @Checks(
            value = "MASK-11",
            pin = "2261ecb8",
            standsOn = {"MASK-7", "MASK-14", "MASK-4", "BWD-3", "FWD-2"})
    default void noPatternOfDropsTellsTheNext() {
        StatisticalCheck.decide();
    }

    @Example
    @Checks(
            value = "MASK-12",
            pin = "d76c8bac",
            standsOn = {"MASK-14", "MASK-4", "FWD-2"})
    default void noPropertyOfTheInputTellsWhatIsDropped() {
        StatisticalCheck.decide();
    }

    @Example
    @Checks(
            value = "MASK-13",
            pin = "34c35019",
            standsOn = {"MASK-7", "RATE-11", "MASK-14", "MASK-4", "BWD-3", "FWD-2"})
    default void ratesNearTheEdgesAreHonoured() {
        StatisticalCheck.decide();
    }
}
