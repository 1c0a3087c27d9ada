package org.dropoutspec.statistics;

/**
 * Bets that the log odds of a drop are shifted by the same amount at whatever rate was asked, so that counts at
 * different rates give evidence together.
 *
 * <p>A bet on a shift t > 0 expects the rate with odds e^t times those of the upper end of the null, and pays against
 * that end; a negative t pays against the lower end. It is at most fair anywhere in the null, also if the probability
 * changes from element to element.
 */
final class Tilt {
    private static final double LARGEST = 8;
    private static final int STEPS = 26;
    /** The number of bets: shifts from 8 to 2^-10 of both signs. */
    static final int BETS = 2 * (STEPS + 1);

    private final double[] onDrop = new double[BETS];
    private final double[] onKeep = new double[BETS];

    /** The bets against the null [low, high]; a side without possible rates gets no bet. */
    Tilt(double low, double high) {
        for (int step = 0; step <= STEPS; step++) {
            double shift = LARGEST * Math.pow(2, -step / 2.0);
            set(2 * step, shift, high);
            set(2 * step + 1, -shift, low);
        }
    }

    private void set(int bet, double shift, double end) {
        if (end > 0 && end < 1) {
            double against = Math.log1p(end * Math.expm1(shift));
            onDrop[bet] = shift - against;
            onKeep[bet] = -against;
        }
    }

    /** Adds ln of the gain of each bet. */
    void add(long elements, long dropped, double[] gains) {
        if (elements > 0) {
            for (int bet = 0; bet < BETS; bet++) {
                gains[bet] += LogSpace.ratio(elements - dropped, dropped, onKeep[bet], onDrop[bet]);
            }
        }
    }

    /** ln of the mean gain of the bets, from ln of each. */
    static double logE(double[] gains) {
        double sum = Double.NEGATIVE_INFINITY;
        for (double gain : gains) {
            sum = LogSpace.add(sum, gain);
        }
        return sum - Math.log(gains.length);
    }
}
