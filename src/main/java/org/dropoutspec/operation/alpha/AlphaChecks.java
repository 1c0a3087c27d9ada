package org.dropoutspec.operation.alpha;

import org.dropoutspec.contract.AskedGradientContract;
import org.dropoutspec.contract.InputContract;
import org.dropoutspec.contract.RetainContract;
import org.dropoutspec.contract.ShapeContract;
import org.dropoutspec.contract.SiteContract;
import org.dropoutspec.contract.UnderWay;

/** The requirements that alpha dropout is held to. */
final class AlphaChecks extends UnderWay
        implements SiteContract, InputContract, AskedGradientContract, RetainContract, ShapeContract, AlphaContract {}
