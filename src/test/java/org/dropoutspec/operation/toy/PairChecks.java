package org.dropoutspec.operation.toy;

import org.dropoutspec.contract.SiteContract;
import org.dropoutspec.contract.UnderWay;

/** The requirements that dropout by pairs is held to: it has no chapter of its own. */
final class PairChecks extends UnderWay implements SiteContract {}
