package org.dropoutspec.sampling;

import org.dropoutspec.statistics.Bound;

/** What a check certifies beside not having found anything. */
enum CertifiedQuantity {
    /** The drop rate of all elements. */
    RATE,
    /** The correlation of drops with what was known before them. */
    CORRELATION,
    /** The drop rate among the elements of one place, or with one property of the input. */
    PLACE,
    /** Nothing: the check finds, and passes when it found nothing up to a horizon fixed in advance. */
    NONE;

    boolean isAbout(Bound bound) {
        return this != CORRELATION || bound.expected() == 0;
    }

    double band(Plan plan, double resolution) {
        return switch (this) {
            case RATE -> plan.rate() + resolution;
            case CORRELATION -> plan.correlation() + resolution;
            case PLACE -> plan.place() + resolution;
            case NONE -> Double.POSITIVE_INFINITY;
        };
    }
}
