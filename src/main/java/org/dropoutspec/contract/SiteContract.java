package org.dropoutspec.contract;

/** The requirements that hold wherever a mask is drawn, whatever the operation does with it. */
public interface SiteContract
        extends RateContract,
                MaskContract,
                MaskStatisticsContract,
                EvaluationContract,
                SeedContract,
                SeedStatisticsContract,
                StateContract,
                ProcessContract {}
