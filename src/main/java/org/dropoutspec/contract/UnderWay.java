package org.dropoutspec.contract;

import org.dropoutspec.implementation.Implementation;

/** What a certifier launches: contracts that are put to the examination under way on this thread. */
public abstract class UnderWay implements Contract {
    private static final ThreadLocal<Examination> EXAMINATION = new ThreadLocal<>();

    /** Does something while this examination is under way. */
    public static void during(Examination examination, Runnable action) {
        EXAMINATION.set(examination);
        try {
            action.run();
        } finally {
            EXAMINATION.remove();
        }
    }

    @Override
    public final Implementation implementation() {
        throw new IllegalStateException("the certifier brings its own examination");
    }

    @Override
    public final Examination examination() {
        return EXAMINATION.get();
    }
}
