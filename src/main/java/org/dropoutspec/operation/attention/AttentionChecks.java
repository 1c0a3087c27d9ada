package org.dropoutspec.operation.attention;

import org.dropoutspec.contract.EvaluationContract;
import org.dropoutspec.contract.MaskContract;
import org.dropoutspec.contract.MaskStatisticsContract;
import org.dropoutspec.contract.RateContract;
import org.dropoutspec.contract.SeedContract;
import org.dropoutspec.contract.SeedStatisticsContract;
import org.dropoutspec.contract.StateContract;
import org.dropoutspec.contract.UnderWay;

/** The requirements that attention is held to. */
final class AttentionChecks extends UnderWay
        implements RateContract,
                MaskContract,
                MaskStatisticsContract,
                EvaluationContract,
                SeedContract,
                SeedStatisticsContract,
                StateContract,
                AttentionContract {}
