package org.dropoutspec;

import org.dropoutspec.contract.DropoutContract;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.ReferenceImplementation;

/** The reference held to the whole specification, the way that a Java author's own implementation is. */
class ReferenceConformanceTest implements DropoutContract {
    @Override
    public Implementation implementation() {
        return new ReferenceImplementation(20_261_121);
    }
}
