package org.dropoutspec.golden.format;

import java.util.List;

/**
 * Calls of which no two may draw the same mask. Chance makes two masks the same too, so each of them has at least
 * {@value #FEWEST} elements, at a rate from {@value #LOWEST_RATE} to {@value #HIGHEST_RATE}: two independent ones are then
 * the same with a probability below 1e-26.
 *
 * @param calls the indices of the calls, counted from 0, two at least
 */
public record Different(List<Integer> calls) {
    /** (1/4 * 1/4 + 3/4 * 3/4)^128 is 7e-27. */
    public static final int FEWEST = 128;

    public static final double LOWEST_RATE = 0.25;

    public static final double HIGHEST_RATE = 0.75;

    public Different {
        calls = List.copyOf(calls);
    }
}
