package org.dropoutspec.statistics;

/** Elements and drops by place. */
record Tally(long[] elements, long[] dropped) {
    /** The counts by place modulo a divisor of the present modulus, as sums of the present ones. */
    Tally folded(int divisor) {
        return new Tally(folded(elements, divisor), folded(dropped, divisor));
    }

    private static long[] folded(long[] counts, int divisor) {
        long[] folded = new long[divisor];
        for (int from = 0; from < counts.length; from += divisor) {
            for (int i = 0; i < divisor; i++) {
                folded[i] += counts[from + i];
            }
        }
        return folded;
    }
}
