package org.dropoutspec.operation.grouped;

import org.dropoutspec.contract.BackwardContract;
import org.dropoutspec.contract.ForwardContract;
import org.dropoutspec.contract.InputContract;
import org.dropoutspec.contract.NumericsContract;
import org.dropoutspec.contract.RetainContract;
import org.dropoutspec.contract.SiteContract;
import org.dropoutspec.contract.UnderWay;

/** The requirements that spatial dropout is held to. */
final class SpatialChecks extends UnderWay
        implements SiteContract,
                ForwardContract,
                InputContract,
                BackwardContract,
                RetainContract,
                NumericsContract,
                SpatialContract {}
