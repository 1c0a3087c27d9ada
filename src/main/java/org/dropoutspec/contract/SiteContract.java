package org.dropoutspec.contract;

/** What holds wherever a mask is drawn, whatever the operation does with it. */
public interface SiteContract
        extends RateContract,
                MaskContract,
                MaskStatisticsContract,
                EvaluationContract,
                SeedContract,
                SeedStatisticsContract,
                StateContract,
                ProcessContract {}
