package org.dropoutspec.golden.verify;

import java.util.Locale;

/** What happened to a cell of a mask. */
enum Fate {
    KEPT,
    DROPPED,
    /** Nothing shows it, since a 0 that was kept is 0 too. */
    UNKNOWN;

    static Fate of(boolean kept) {
        return kept ? KEPT : DROPPED;
    }

    boolean contradicts(Fate other) {
        return this != other && this != UNKNOWN && other != UNKNOWN;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
