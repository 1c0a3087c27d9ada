package org.dropoutspec.statistics;

/**
 * A deviation that no number of draws shows, since the declared resolution explains it: an adversary who may move each
 * probability within the resolution makes the counts just as even.
 *
 * @param stratum the element type and the drop rate that was asked for
 * @param unit what was counted: {@code calls}, {@code rows}, ...
 * @param variance the variance of the number of drops, as a part of what it should be; 0 for a fixed number
 * @param counts how many of the counts are so large that the deviation cannot be told
 * @param of how many counts there are
 */
public record Undecidable(Stratum stratum, String unit, double variance, long counts, long of) {
    @Override
    public String toString() {
        String what =
                variance == 0 ? "a fixed number of drops" : "a number of drops with " + variance + " of its variance";
        return what + " cannot be told in " + counts + " of " + of + " " + unit + " (" + stratum + ")";
    }
}
