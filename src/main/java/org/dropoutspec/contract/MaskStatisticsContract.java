package org.dropoutspec.contract;

import net.jqwik.api.Example;

/** Chapter MASK of the specification, as far as many masks show it: how drops are distributed. */
public interface MaskStatisticsContract extends Contract {

    @Example
    @Checks(value = "MASK-1", pin = "37978a0a")
    default void elementsAreDroppedAtTheAskedRate() {
        Hearing.current().decide();
    }

    @Example
    @Checks(value = "MASK-2", pin = "948ec845")
    default void elementsOfAMaskAreIndependent() {
        Hearing.current().decide();
    }

    @Example
    @Checks(value = "MASK-3", pin = "e4f7e6ac")
    default void everyCallDrawsAFreshMask() {
        Hearing.current().decide();
    }

    @Example
    @Checks(value = "MASK-8", pin = "05b9e888")
    default void everyPositionGetsTheAskedRate() {
        Hearing.current().decide();
    }

    @Example
    @Checks(value = "MASK-9", pin = "ed6a2cb5")
    default void theNumberOfDropsVariesAsOfIndependentDraws() {
        Hearing.current().decide();
    }

    @Example
    @Checks(value = "MASK-10", pin = "90ddcf77")
    default void noMaskAndNoStretchOfOneRepeats() {
        Hearing.current().decide();
    }

    @Example
    @Checks(value = "MASK-11", pin = "2261ecb8")
    default void noPatternOfDropsTellsTheNext() {
        Hearing.current().decide();
    }

    @Example
    @Checks(value = "MASK-12", pin = "d76c8bac")
    default void noPropertyOfTheInputTellsWhatIsDropped() {
        Hearing.current().decide();
    }

    @Example
    @Checks(value = "MASK-13", pin = "34c35019")
    default void ratesNearTheEdgesAreHonoured() {
        Hearing.current().decide();
    }
}
