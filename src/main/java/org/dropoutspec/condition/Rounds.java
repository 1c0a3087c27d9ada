package org.dropoutspec.condition;

import java.util.List;

/**
 * The order in which rows are asked, round after round: each row once a round, in another order each time, so that soon
 * every level has come right before every other.
 */
public final class Rounds {
    /** Over these rows. */
    public Rounds(List<Condition> rows, long seed) {}

    /** All rows, in the order of the next round. */
    public List<Condition> next() {
        throw new UnsupportedOperationException("not built yet");
    }

    /** Of all pairs (level of a row, level of the row after it), the share that the rounds have shown so far. */
    public double transitionsShown() {
        throw new UnsupportedOperationException("not built yet");
    }
}
