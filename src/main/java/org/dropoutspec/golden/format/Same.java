package org.dropoutspec.golden.format;

import java.util.List;

/**
 * Answers that must agree in a field, whatever it holds: masks by element, values by bit, a NaN with any NaN.
 *
 * @param calls the indices of at least two calls, counted from 0
 */
public record Same(Field field, List<Integer> calls) {
    public Same {
        calls = List.copyOf(calls);
    }

    public static Same of(Field field, Integer... calls) {
        return new Same(field, List.of(calls));
    }
}
