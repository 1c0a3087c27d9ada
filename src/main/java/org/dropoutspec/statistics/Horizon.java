package org.dropoutspec.statistics;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How far back elements are compared, and how many elements of each stratum: fixed before the first draw, not by what
 * is seen.
 *
 * @param lags the largest distance, in elements
 * @param elements how many elements of each stratum, from its first on, are compared; none of a stratum without an
 *     entry
 */
public record Horizon(int lags, Map<Stratum, Long> elements) {
    /** The largest distance that any family accepts. */
    public static final int LONGEST = 1 << 16;

    public Horizon {
        elements = Map.copyOf(elements);
        if (lags < 1 || lags > LONGEST) {
            throw new IllegalArgumentException("lags (" + lags + ") must be in [1, " + LONGEST + "]");
        }
        elements.forEach((stratum, count) -> {
            if (count < 0) {
                throw new IllegalArgumentException("elements (" + count + " of " + stratum + ") must not be negative");
            }
        });
    }

    /** A horizon with the same number of elements for each of these strata. */
    public static Horizon of(int lags, long elements, List<Stratum> strata) {
        Map<Stratum, Long> each = new HashMap<>();
        strata.forEach(stratum -> each.put(stratum, elements));
        return new Horizon(lags, each);
    }

    /** A horizon with all elements of these strata. */
    public static Horizon of(int lags, List<Stratum> strata) {
        return of(lags, Long.MAX_VALUE, strata);
    }

    long elements(Stratum stratum) {
        return elements.getOrDefault(stratum, 0L);
    }
}
