package org.example;

import org.dropoutspec.contract.DropoutContract;
import org.dropoutspec.implementation.Implementation;

/** Every requirement of the specification is a test of this class. */
class FloatDropoutTest implements DropoutContract {
    @Override
    public Implementation implementation() {
        return new FloatDropoutUnderTest();
    }
}
