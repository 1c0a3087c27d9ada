package org.dropoutspec.certify;

import org.dropoutspec.contract.DropoutContract;
import org.dropoutspec.contract.UnderWay;

/** The test class that is launched for plain dropout: every contract, for the session under way on this thread. */
final class Certification extends UnderWay implements DropoutContract {}
