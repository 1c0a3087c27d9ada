package org.dropoutspec.contract;

import java.util.Arrays;
import java.util.OptionalLong;
import java.util.function.IntConsumer;

/**
 * Whether the memory of a process grows with each call that was retained and released again. A garbage collector lets
 * garbage lie for a while, so that a sound process grows too; but then calls that are not retained make it grow as
 * well, or it stops growing. A process is said to keep something when three things come one after the other: in each of
 * four quarters it grows by at least what was retained; in as many calls that are not retained, by no more than half of
 * that growth; and in four more quarters as in the first.
 */
final class Growth {
    private static final int QUARTERS = 4;

    private final int calls;
    private final long least;
    private final CheckRun run = CheckRun.current();

    /**
     * @param calls how many calls make a quarter
     * @param bytes how many bytes a call retains at least
     */
    Growth(int calls, long bytes) {
        this.calls = calls;
        this.least = calls * bytes;
    }

    /**
     * How many bytes each retained call leaves behind; empty where it is not known to leave any.
     *
     * @param retained makes a call that is retained and released, given how many were made before
     * @param plain makes one that is not retained
     */
    OptionalLong of(IntConsumer retained, IntConsumer plain) {
        long[] first = quarters(retained);
        if (!isSteady(first) || sum(quarters(plain)) > sum(first) / 2) {
            return OptionalLong.empty();
        }
        long[] again = quarters(retained);
        return isSteady(again)
                ? OptionalLong.of(Math.min(sum(first), sum(again)) / ((long) QUARTERS * calls))
                : OptionalLong.empty();
    }

    private long[] quarters(IntConsumer made) {
        long[] grown = new long[QUARTERS];
        long before = resident();
        for (int quarter = 0; quarter < QUARTERS; quarter++) {
            for (int call = 0; call < calls; call++) {
                made.accept(quarter * calls + call);
            }
            long now = resident();
            grown[quarter] = now - before;
            before = now;
        }
        return grown;
    }

    private long resident() {
        return run.session().implementation().residentBytes().orElse(0);
    }

    private boolean isSteady(long... grown) {
        return Arrays.stream(grown).allMatch(quarter -> quarter >= least);
    }

    private static long sum(long... grown) {
        return Arrays.stream(grown).sum();
    }
}
