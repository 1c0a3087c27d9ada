package org.dropoutspec.contract;

import net.jqwik.api.Example;

/** Chapter MASK of the specification, as far as many masks show it: how drops are distributed. */
public interface MaskStatisticsContract extends Contract {

    @Example
    @Checks(value = "MASK-1", pin = "")
    default void elementsAreDroppedAtTheAskedRate() {
        Hearing.current().decide();
    }

    @Example
    @Checks(value = "MASK-2", pin = "")
    default void elementsOfAMaskAreIndependent() {
        Hearing.current().decide();
    }

    @Example
    @Checks(value = "MASK-3", pin = "")
    default void everyCallDrawsAFreshMask() {
        Hearing.current().decide();
    }

    @Example
    @Checks(value = "MASK-8", pin = "")
    default void everyPositionGetsTheAskedRate() {
        Hearing.current().decide();
    }

    @Example
    @Checks(value = "MASK-9", pin = "")
    default void theNumberOfDropsVariesAsOfIndependentDraws() {
        Hearing.current().decide();
    }

    @Example
    @Checks(value = "MASK-10", pin = "")
    default void noMaskAndNoStretchOfOneRepeats() {
        Hearing.current().decide();
    }

    @Example
    @Checks(value = "MASK-11", pin = "")
    default void noPatternOfDropsTellsTheNext() {
        Hearing.current().decide();
    }

    @Example
    @Checks(value = "MASK-12", pin = "")
    default void noPropertyOfTheInputTellsWhatIsDropped() {
        Hearing.current().decide();
    }

    @Example
    @Checks(value = "MASK-13", pin = "")
    default void ratesNearTheEdgesAreHonoured() {
        Hearing.current().decide();
    }
}
