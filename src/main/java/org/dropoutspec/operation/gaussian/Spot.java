package org.dropoutspec.operation.gaussian;

/**
 * An interval in which noise may lie too seldom or too often.
 *
 * @param cell its first cell, as {@link FineNoise} numbers them
 * @param cells the number of cells, all on one side of the mean
 */
record Spot(int cell, int cells) {
    double lower() {
        return FineNoise.lower(cell);
    }

    double upper() {
        return FineNoise.lower(cell + cells);
    }

    /** Its probability under the normal law. */
    double normal() {
        return FineNoise.between(lower(), upper());
    }

    /** @param sums the counts below each cell */
    long counted(long[] sums) {
        return sums[cell + cells] - sums[cell];
    }
}
