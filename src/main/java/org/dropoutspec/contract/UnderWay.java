package org.dropoutspec.contract;

import org.dropoutspec.implementation.Implementation;

/** The base of the contracts that a certifier launches: they are put to the session under way on this thread. */
public abstract class UnderWay implements Contract {
    private static final ThreadLocal<Session> UNDER_WAY = new ThreadLocal<>();

    /** Does something while this session is under way. */
    public static void during(Session session, Runnable action) {
        UNDER_WAY.set(session);
        try {
            action.run();
        } finally {
            UNDER_WAY.remove();
        }
    }

    @Override
    public final Implementation implementation() {
        throw new IllegalStateException("the certifier brings its own session");
    }

    @Override
    public final Session session() {
        return UNDER_WAY.get();
    }
}
