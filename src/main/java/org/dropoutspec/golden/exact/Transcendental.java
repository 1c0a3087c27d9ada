package org.dropoutspec.golden.exact;

import java.math.BigDecimal;
import java.math.MathContext;

/** Functions that have no exact values, to 120 digits and some. */
public final class Transcendental {
    private static final MathContext DIGITS = new MathContext(140);
    private static final int HALVINGS = 32;
    private static final int TERMS = 22;

    private Transcendental() {}

    /** e^x, by the series at x/2^32 and 32 squarings, which cost 10 of the digits. */
    public static BigDecimal exp(BigDecimal x) {
        BigDecimal small = x.divide(BigDecimal.valueOf(1L << HALVINGS), DIGITS);
        BigDecimal sum = BigDecimal.ONE;
        BigDecimal term = BigDecimal.ONE;
        for (int n = 1; n < TERMS; n++) { // a term is smaller than the one before by 2^-22 at least, where |x| < 1024
            term = term.multiply(small, DIGITS).divide(BigDecimal.valueOf(n), DIGITS);
            sum = sum.add(term, DIGITS);
        }
        for (int i = 0; i < HALVINGS; i++) {
            sum = sum.multiply(sum, DIGITS);
        }
        return sum.round(ElementArithmetic.DIGITS);
    }

    /** The natural logarithm of a positive number, by Halley's iteration from that of a double. */
    public static BigDecimal log(BigDecimal x) {
        int digits = x.precision() - x.scale(); // before the point: more than a double has, now and then
        BigDecimal log = new BigDecimal(Math.log(x.movePointLeft(digits).doubleValue()) + digits * Math.log(10));
        for (int i = 0; i < 3; i++) { // each triples the digits: 15, 45, 135
            BigDecimal power = exp(log);
            log = log.add(x.subtract(power).multiply(BigDecimal.valueOf(2)).divide(x.add(power), DIGITS));
        }
        return log.round(ElementArithmetic.DIGITS);
    }

    public static BigDecimal tanh(BigDecimal x) {
        BigDecimal square = exp(x.multiply(BigDecimal.valueOf(2)));
        return square.subtract(BigDecimal.ONE).divide(square.add(BigDecimal.ONE), ElementArithmetic.DIGITS);
    }
}
