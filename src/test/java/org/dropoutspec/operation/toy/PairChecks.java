package org.dropoutspec.operation.toy;

import org.dropoutspec.contract.EvaluationContract;
import org.dropoutspec.contract.MaskContract;
import org.dropoutspec.contract.MaskStatisticsContract;
import org.dropoutspec.contract.RateContract;
import org.dropoutspec.contract.SeedContract;
import org.dropoutspec.contract.SeedStatisticsContract;
import org.dropoutspec.contract.UnderWay;

/** The requirements that dropout by pairs is held to. */
final class PairChecks extends UnderWay
        implements RateContract,
                MaskContract,
                MaskStatisticsContract,
                EvaluationContract,
                SeedContract,
                SeedStatisticsContract {}
