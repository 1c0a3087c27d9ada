package org.dropoutspec.contract;

import static org.dropoutspec.implementation.Capability.SEED;

import net.jqwik.api.Example;

/** What many seeds show: that their masks are independent, and that with the same seed neighbouring rates differ. */
public interface SeedStatisticsContract extends Contract {

    @Example
    @Checks(
            value = "SEED-8",
            pin = "f68592c6",
            needs = SEED,
            standsOn = {"SEED-4", "MASK-14"})
    default void neighbouringSeedsDrawIndependentMasks() {
        StatisticalCheck.decide();
    }

    @Example
    @Checks(
            value = "RATE-11",
            pin = "be5aefca",
            needs = SEED,
            standsOn = {"SEED-1", "MASK-1", "MASK-2", "MASK-14", "SEED-9"})
    default void neighbouringRatesAreToldApart() {
        StatisticalCheck.decide();
    }
}
