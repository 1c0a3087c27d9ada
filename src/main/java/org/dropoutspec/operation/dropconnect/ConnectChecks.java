package org.dropoutspec.operation.dropconnect;

import org.dropoutspec.contract.AskedGradientContract;
import org.dropoutspec.contract.InputContract;
import org.dropoutspec.contract.RetainContract;
import org.dropoutspec.contract.SiteContract;
import org.dropoutspec.contract.UnderWay;

/** The requirements that DropConnect is held to. */
final class ConnectChecks extends UnderWay
        implements SiteContract, InputContract, AskedGradientContract, RetainContract, ConnectContract {}
