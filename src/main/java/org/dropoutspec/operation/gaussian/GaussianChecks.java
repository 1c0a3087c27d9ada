package org.dropoutspec.operation.gaussian;

import org.dropoutspec.contract.AskedGradientContract;
import org.dropoutspec.contract.InputContract;
import org.dropoutspec.contract.RetainContract;
import org.dropoutspec.contract.ShapeContract;
import org.dropoutspec.contract.SiteContract;
import org.dropoutspec.contract.UnderWay;

/** The requirements that Gaussian dropout is held to. */
final class GaussianChecks extends UnderWay
        implements SiteContract,
                InputContract,
                AskedGradientContract,
                RetainContract,
                ShapeContract,
                GaussianContract {}
