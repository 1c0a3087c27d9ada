package org.dropoutspec.statistics;

/**
 * Counts the same pairs as {@link BitLags}, for tens of thousands of lags, by fast Fourier transforms (Cooley and Tukey
 * 1965, in the order of Stockham, radix 4).
 *
 * <p>A block has 2^18 elements: the new ones, and before them as many as the longest lag, so that no lag wraps around.
 * The real part of one transform holds the new elements alone, the imaginary part all of them. The transform gives both
 * spectra, and their product is the spectrum of the correlation. Its values are whole numbers of at most 2^18 with
 * errors of some 1e-9, a few roundings of 2^-53 in each of 2 x 9 steps, so rounding recovers them exactly.
 */
final class FourierLags {
    private static final int SIZE = 1 << 18;
    private static final int INDEX = SIZE - 1;
    private static final double[] COSINES = cosines();

    private double[] re = new double[SIZE];
    private double[] im = new double[SIZE];
    private double[] nextRe = new double[SIZE];
    private double[] nextIm = new double[SIZE];

    private FourierLags() {}

    private static double[] cosines() {
        double[] cosines = new double[SIZE];
        for (int i = 0; i < SIZE; i++) {
            cosines[i] = Math.cos(2 * Math.PI * i / SIZE);
        }
        return cosines;
    }

    /**
     * Adds the pairs inside one mask.
     *
     * @param both {@code both[k - first]} for lag k, from {@code first} to {@code last}, which is at most 2^17
     */
    static void within(PackedMask mask, int first, int last, long[] both) {
        FourierLags transform = new FourierLags();
        for (int start = 0; start < mask.size(); start += SIZE - last) {
            transform.block(mask, start, last);
            for (int lag = first; lag <= last; lag++) {
                both[lag - first] += Math.round(transform.re[lag] / SIZE);
            }
        }
    }

    private void block(PackedMask mask, int start, int last) {
        for (int i = 0; i < SIZE; i++) {
            int index = start - last + i;
            double dropped = index >= 0 && index < mask.size() && mask.dropped(index) ? 1 : 0;
            re[i] = i >= last ? dropped : 0;
            im[i] = dropped;
        }
        transform();
        correlate();
        transform();
    }

    /** Turns the spectrum A + iB of a + ib into the conjugate of A conj(B), whose transform is the correlation. */
    private void correlate() {
        for (int f = 0; f < SIZE; f++) {
            int mirrored = SIZE - f & INDEX;
            double aRe = (re[f] + re[mirrored]) / 2;
            double aIm = (im[f] - im[mirrored]) / 2;
            double bRe = (im[f] + im[mirrored]) / 2;
            double bIm = (re[mirrored] - re[f]) / 2;
            nextRe[f] = aRe * bRe + aIm * bIm;
            nextIm[f] = aRe * bIm - aIm * bRe;
        }
        swap();
    }

    private void transform() {
        for (int stride = 1; stride < SIZE; stride *= 4) {
            for (int p = 0; p < SIZE / 4 / stride; p++) {
                butterflies(p, stride);
            }
            swap();
        }
    }

    private void butterflies(int p, int stride) {
        double c1 = COSINES[p * stride];
        double s1 = -sine(p * stride);
        double c2 = COSINES[2 * p * stride];
        double s2 = -sine(2 * p * stride);
        double c3 = COSINES[3 * p * stride];
        double s3 = -sine(3 * p * stride);
        int quarter = SIZE / 4;
        int from = p * stride;
        int to = 4 * p * stride;
        for (int q = 0; q < stride; q++) {
            int i = from + q;
            double evenRe = re[i] + re[i + 2 * quarter];
            double evenIm = im[i] + im[i + 2 * quarter];
            double oddRe = re[i] - re[i + 2 * quarter];
            double oddIm = im[i] - im[i + 2 * quarter];
            double sumRe = re[i + quarter] + re[i + 3 * quarter];
            double sumIm = im[i + quarter] + im[i + 3 * quarter];
            // i times the difference
            double turnedRe = im[i + 3 * quarter] - im[i + quarter];
            double turnedIm = re[i + quarter] - re[i + 3 * quarter];
            int o = to + q;
            nextRe[o] = evenRe + sumRe;
            nextIm[o] = evenIm + sumIm;
            double xRe = oddRe - turnedRe;
            double xIm = oddIm - turnedIm;
            nextRe[o + stride] = c1 * xRe - s1 * xIm;
            nextIm[o + stride] = c1 * xIm + s1 * xRe;
            xRe = evenRe - sumRe;
            xIm = evenIm - sumIm;
            nextRe[o + 2 * stride] = c2 * xRe - s2 * xIm;
            nextIm[o + 2 * stride] = c2 * xIm + s2 * xRe;
            xRe = oddRe + turnedRe;
            xIm = oddIm + turnedIm;
            nextRe[o + 3 * stride] = c3 * xRe - s3 * xIm;
            nextIm[o + 3 * stride] = c3 * xIm + s3 * xRe;
        }
    }

    private static double sine(int index) {
        return COSINES[index - SIZE / 4 & INDEX];
    }

    private void swap() {
        double[] spare = re;
        re = nextRe;
        nextRe = spare;
        spare = im;
        im = nextIm;
        nextIm = spare;
    }
}
