package org.dropoutspec.statistics;

/**
 * Bets on the log odds of a drop being shifted by the same amount at whatever rate was asked: what lets counts at
 * different rates speak together.
 *
 * <p>A bet on a shift t > 0 expects the rate with odds e^t times those of the upper end of the null, and pays against
 * that end; likewise below. It is at most fair anywhere in the null, also where the probability wanders.
 */
final class Tilt {
    private static final double LARGEST = 8;
    private static final int STEPS = 26;
    /** How many bets there are: shifts from 8 to 2^-10 of both signs. */
    static final int BETS = 2 * (STEPS + 1);

    private final double[] onDrop = new double[BETS];
    private final double[] onKeep = new double[BETS];

    /** Against the null [low, high]; a side on which there is no rate left gets no bet. */
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

    /** Adds ln of what each bet has gained. */
    void add(long elements, long dropped, double[] gains) {
        if (elements > 0) {
            for (int bet = 0; bet < BETS; bet++) {
                gains[bet] += LogSpace.ratio(elements - dropped, dropped, onKeep[bet], onDrop[bet]);
            }
        }
    }

    /** ln of the mean of what the bets have gained. */
    static double logE(double[] gains) {
        double sum = Double.NEGATIVE_INFINITY;
        for (double gain : gains) {
            sum = LogSpace.add(sum, gain);
        }
        return sum - Math.log(gains.length);
    }
}
