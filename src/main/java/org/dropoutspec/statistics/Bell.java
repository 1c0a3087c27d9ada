package org.dropoutspec.statistics;

/**
 * The counts that a bet expects: around a centre, falling off like a normal distribution of the given width.
 *
 * <p>Centres are multiples of a half and widths are 0.6 times powers of two, so that few programs serve all sizes.
 *
 * @param width the standard deviation
 */
record Bell(double centre, double width) {
    /** In widths. Beyond it all counts are worth the same, so that one of them costs a bet 12.5 nats at most. */
    static final double REACH = 5;

    private static final double NARROWEST = 0.6;

    /** The bell for the drops among {@code size} elements at the rate, with the nearest width that bells have. */
    static Bell of(int size, double rate, double width) {
        return new Bell(centre(size, rate), width(power(width)));
    }

    static double centre(int size, double rate) {
        return Math.rint(2 * size * rate) / 2;
    }

    static double width(int power) {
        return Math.scalb(NARROWEST, power);
    }

    private static int power(double width) {
        return Math.max(0, (int) Math.round(Math.log(width / NARROWEST) / Math.log(2)));
    }

    /** The power of two in the width. */
    int power() {
        return power(width);
    }

    /** ln of the height of the bell at a count; 0 at the centre. */
    double log(int count) {
        double z = Math.min(REACH, Math.abs(count - centre) / width);
        return -0.5 * z * z;
    }
}
