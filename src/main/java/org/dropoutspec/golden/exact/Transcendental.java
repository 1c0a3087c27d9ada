package org.dropoutspec.golden.exact;

import java.math.BigDecimal;
import java.math.MathContext;

/** Functions whose values are irrational, to at least 120 digits. */
public final class Transcendental {
    private static final MathContext DIGITS = new MathContext(140);
    private static final int HALVINGS = 32;
    private static final int TERMS = 22;

    private Transcendental() {}

    /** Computes e^x by the series at x/2^32 and 32 squarings, which lose 10 of the digits. */
    public static BigDecimal exp(BigDecimal x) {
        BigDecimal small = x.divide(BigDecimal.valueOf(1L << HALVINGS), DIGITS);
        BigDecimal sum = BigDecimal.ONE;
        BigDecimal term = BigDecimal.ONE;
        for (int n = 1; n < TERMS; n++) { // each term is at most 2^-22 of the one before, for |x| < 1024
            term = term.multiply(small, DIGITS).divide(BigDecimal.valueOf(n), DIGITS);
            sum = sum.add(term, DIGITS);
        }
        for (int i = 0; i < HALVINGS; i++) {
            sum = sum.multiply(sum, DIGITS);
        }
        return sum.round(ElementArithmetic.DIGITS);
    }

    /** The natural logarithm of a positive number, by Halley's iteration from the logarithm in double precision. */
    public static BigDecimal log(BigDecimal x) {
        int digits = x.precision() - x.scale(); // before the point; a double could not hold all such numbers
        BigDecimal log = new BigDecimal(Math.log(x.movePointLeft(digits).doubleValue()) + digits * Math.log(10));
        for (int i = 0; i < 3; i++) { // each step triples the digits: 15, 45, 135
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
