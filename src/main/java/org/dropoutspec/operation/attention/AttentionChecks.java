package org.dropoutspec.operation.attention;

import org.dropoutspec.contract.AskedGradientContract;
import org.dropoutspec.contract.RetainContract;
import org.dropoutspec.contract.SiteContract;
import org.dropoutspec.contract.UnderWay;

/** The requirements that attention is held to. */
final class AttentionChecks extends UnderWay
        implements SiteContract, AskedGradientContract, RetainContract, AttentionContract {}
