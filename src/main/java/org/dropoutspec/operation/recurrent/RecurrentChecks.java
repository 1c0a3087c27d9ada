package org.dropoutspec.operation.recurrent;

import org.dropoutspec.contract.AskedGradientContract;
import org.dropoutspec.contract.InputContract;
import org.dropoutspec.contract.RetainContract;
import org.dropoutspec.contract.SiteContract;
import org.dropoutspec.contract.UnderWay;

/** The requirements that recurrent dropout is held to. */
final class RecurrentChecks extends UnderWay
        implements SiteContract, InputContract, AskedGradientContract, RetainContract, RecurrentContract {}
