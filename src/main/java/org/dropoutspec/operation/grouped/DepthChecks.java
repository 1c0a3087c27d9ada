package org.dropoutspec.operation.grouped;

import org.dropoutspec.contract.BackwardContract;
import org.dropoutspec.contract.EvaluationContract;
import org.dropoutspec.contract.ForwardContract;
import org.dropoutspec.contract.InputContract;
import org.dropoutspec.contract.MaskContract;
import org.dropoutspec.contract.MaskStatisticsContract;
import org.dropoutspec.contract.NumericsContract;
import org.dropoutspec.contract.RateContract;
import org.dropoutspec.contract.RetainContract;
import org.dropoutspec.contract.SeedContract;
import org.dropoutspec.contract.SeedStatisticsContract;
import org.dropoutspec.contract.StateContract;
import org.dropoutspec.contract.UnderWay;

/** The requirements that stochastic depth is held to. */
final class DepthChecks extends UnderWay
        implements RateContract,
                MaskContract,
                MaskStatisticsContract,
                ForwardContract,
                InputContract,
                BackwardContract,
                RetainContract,
                EvaluationContract,
                SeedContract,
                SeedStatisticsContract,
                StateContract,
                NumericsContract,
                DepthContract {}
