package org.dropoutspec.sampling;

import org.dropoutspec.implementation.Description;

/** How many seeds an implementation takes. */
final class Seeds {
    private Seeds() {}

    /** Seeds are below 2 to this. */
    static int bits(Description description) {
        return 53;
    }
}
