package org.dropoutspec.contract;

import java.security.SecureRandom;
import org.dropoutspec.implementation.Implementation;

/** What every chapter's contract is held against: an implementation, examined. */
public interface Contract {
    /** The implementation under test; asked for once a test class. */
    Implementation implementation();

    /** How much is asked of it. */
    default Tier tier() {
        return Tier.QUICK;
    }

    /** The master seed; every run of the test class takes a fresh one unless this is overridden to replay a failure. */
    default long seed() {
        return new SecureRandom().nextLong() >>> 11;
    }

    /** The session that this test class is: one for all its properties, so that they pool their evidence. */
    default Session session() {
        return Sessions.of(this);
    }
}
