package org.dropoutspec.contract;

import java.security.SecureRandom;
import org.dropoutspec.implementation.Implementation;

/** What the contracts of all chapters have in common: an implementation, and the session that examines it. */
public interface Contract {
    /** The implementation under test; asked for once in each test class. */
    Implementation implementation();

    /** How much is asked of the implementation. */
    default Tier tier() {
        return Tier.QUICK;
    }

    /** The master seed; every run of the test class takes a fresh one unless this is overridden to replay a failure. */
    default long seed() {
        return new SecureRandom().nextLong() >>> 11;
    }

    /** The session of this test class: one for all its properties, so that they pool their evidence. */
    default Session session() {
        return Sessions.of(this);
    }
}
