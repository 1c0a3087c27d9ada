package org.dropoutspec.golden;

import java.util.List;

/**
 * Answers that must agree in a field, whatever it holds: masks element by element, values bit for bit, a NaN with any NaN.
 *
 * @param calls the indices of the calls, counted from 0, two at least
 */
record Same(Field field, List<Integer> calls) {
    Same {
        calls = List.copyOf(calls);
    }

    static Same of(Field field, Integer... calls) {
        return new Same(field, List.of(calls));
    }
}
