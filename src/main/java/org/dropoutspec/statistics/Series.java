package org.dropoutspec.statistics;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Counts along one axis, such as the distance of two elements, at one rate and over all types. They are for looking at,
 * and no part of a verdict.
 *
 * @param along the axis
 * @param counts by place on the axis: the elements and the drops among them; for pairs, then the same two counts for
 *     those whose other element was dropped
 */
public record Series(String along, double rate, Map<String, List<Long>> counts) {
    public Series {
        counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts)); // keeps the order
    }

    /** Collects counts; places without elements are left out. */
    static final class Builder {
        private final String along;
        private final double rate;
        private final Map<String, List<Long>> counts = new LinkedHashMap<>();

        Builder(String along, double rate) {
            this.along = along;
            this.rate = rate;
        }

        void add(Object place, RateCount count) {
            if (count.elements() > 0) {
                counts.put(place.toString(), List.of(count.elements(), count.dropped()));
            }
        }

        void add(Object place, PairCount pairs) {
            RateCount total = pairs.total();
            if (total.elements() > 0) {
                counts.put(
                        place.toString(),
                        List.of(
                                total.elements(),
                                total.dropped(),
                                pairs.after().elements(),
                                pairs.after().dropped()));
            }
        }

        Optional<Series> build() {
            return counts.isEmpty() ? Optional.empty() : Optional.of(new Series(along, rate, counts));
        }
    }
}
