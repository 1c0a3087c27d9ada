package org.dropoutspec.statistics;

/** A closed interval. That of a confidence sequence holds the values that are not yet refuted. */
public record Interval(double low, double high) {
    public Interval {
        if (!(low <= high)) {
            throw new IllegalArgumentException("interval (" + low + " to " + high + ") must not be empty");
        }
    }

    /** The largest distance of a point of the interval from {@code center}: the bound that the interval certifies. */
    public double distanceFrom(double center) {
        return Math.max(high - center, center - low);
    }

    @Override
    public String toString() {
        return "[" + low + ", " + high + "]";
    }
}
