package org.dropoutspec.certify;

import org.dropoutspec.contract.DropoutContract;
import org.dropoutspec.contract.Examination;
import org.dropoutspec.implementation.Implementation;

/** The test class that the certifier launches: every contract, for the examination under way on this thread. */
final class Certification implements DropoutContract {
    static final ThreadLocal<Examination> UNDER_WAY = new ThreadLocal<>();

    @Override
    public Implementation implementation() {
        throw new IllegalStateException("the certifier brings its own examination");
    }

    @Override
    public Examination examination() {
        return UNDER_WAY.get();
    }
}
