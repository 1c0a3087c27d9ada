package org.dropoutspec.operation.network;

import org.dropoutspec.contract.AskedGradientContract;
import org.dropoutspec.contract.InputContract;
import org.dropoutspec.contract.RetainContract;
import org.dropoutspec.contract.SiteContract;
import org.dropoutspec.contract.UnderWay;

/** The requirements that a network is held to. */
final class NetworkChecks extends UnderWay
        implements SiteContract, InputContract, AskedGradientContract, RetainContract, NetworkContract {}
