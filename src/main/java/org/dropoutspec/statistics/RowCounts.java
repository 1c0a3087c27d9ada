package org.dropoutspec.statistics;

/**
 * The counts of one row of a design in one stratum.
 *
 * @param row the number of the row; -1 for calls without a row
 * @param counts elements and drops, then four counts for each column of a {@link Reading}
 */
record RowCounts(int stratum, int row, long[] counts) {
    RateCount total() {
        return new RateCount(counts[0], counts[1]);
    }

    RateCount rate(int column) {
        return new RateCount(counts[2 + 4 * column], counts[3 + 4 * column]);
    }

    PairCount pairs(int column) {
        RateCount all = rate(column);
        RateCount after = new RateCount(counts[4 + 4 * column], counts[5 + 4 * column]);
        return new PairCount(after, new RateCount(all.elements() - after.elements(), all.dropped() - after.dropped()));
    }
}
