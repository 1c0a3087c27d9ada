package org.dropoutspec.statistics;

/** A closed interval; of a confidence sequence, what is not yet refuted. */
public record Interval(double low, double high) {
    public Interval {
        if (!(low <= high)) {
            throw new IllegalArgumentException("interval (" + low + " to " + high + ") must not be empty");
        }
    }

    /** The largest distance of a point of the interval from {@code center}: the bound that it certifies. */
    public double distanceFrom(double center) {
        return Math.max(high - center, center - low);
    }

    @Override
    public String toString() {
        return "[" + low + ", " + high + "]";
    }
}
