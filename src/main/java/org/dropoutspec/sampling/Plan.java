package org.dropoutspec.sampling;

import java.util.List;

/**
 * How much a trial asks, and how narrow a bound it has to certify.
 *
 * @param rate the band of a drop rate, on either side of it, beside the declared resolution
 * @param correlation the band of a correlation, on either side of 0
 * @param place the band of the drop rate among elements picked by their place or by the input, on either side
 * @param elements for each element type: the horizon of the checks of dependence, fixed in advance; where it leaves
 *     something undecided, four times as many
 * @param bits the widths at which a rate may have been rounded, for the rates near the edges and the coupled seeds
 */
public record Plan(double rate, double correlation, double place, long elements, List<Integer> bits) {
    /** By how much the budget may exceed the horizon before a check ends inconclusive. */
    static final int EXTENSION = 4;

    public Plan {
        bits = List.copyOf(bits);
    }

    /** The horizon of the calls that each carry a seed, for each element type. */
    long seededElements() {
        return Math.max(elements / 4, Math.min(elements, 500_000));
    }
}
