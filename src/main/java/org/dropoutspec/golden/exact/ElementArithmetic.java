package org.dropoutspec.golden.exact;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import org.dropoutspec.golden.word.Expected;
import org.dropoutspec.golden.word.ExpectedRelation;
import org.dropoutspec.golden.word.Ieee;
import org.dropoutspec.golden.word.Rational;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/**
 * Exact arithmetic that also tracks how far an implementation may be off if it computes in an element type throughout,
 * in any order of the operations. Each rounding is a relative error of at most u, half an ulp of 1, so k roundings in a
 * row are one of at most k u/(1 - k u) (Higham, "Accuracy and Stability of Numerical Algorithms", 2002, lemma 3.1). A
 * result that underflows may be flushed to zero.
 */
public final class ElementArithmetic {
    /** More digits than any exact number of the vectors has, and enough that an irrational one rounds correctly. */
    public static final MathContext DIGITS = new MathContext(120);

    private final Ieee format;
    private final BigDecimal u;
    private final BigDecimal tiny;

    public ElementArithmetic(DType dtype) {
        this.format = Ieee.of(dtype);
        this.u = decimal(Rational.powerOfTwo(-format.fractionBits() - 1));
        this.tiny = decimal(format.exact(format.smallestNormal()));
    }

    private static BigDecimal decimal(Rational value) {
        return new BigDecimal(value.numerator()).divide(new BigDecimal(value.denominator()), DIGITS);
    }

    /** An element of a tensor of the type. */
    public Approximate of(Tensor tensor, int index) {
        return Approximate.exactly(decimal(format.exact(tensor.bits(index))));
    }

    /** The exact value of a double. */
    public static BigDecimal exact(double value) {
        return new BigDecimal(value);
    }

    /**
     * The factor of kept values; its own roundings are counted where it is used.
     *
     * @param inverted if so, the factor is 1/(1 - rate) in training and 1 in evaluation; otherwise 1 and 1 - rate
     */
    public static Approximate factor(double rate, boolean training, boolean inverted) {
        BigDecimal keep = BigDecimal.ONE.subtract(exact(rate));
        if (!inverted) {
            return training ? Approximate.ONE : Approximate.exactly(keep);
        } else if (!training || keep.signum() == 0) {
            return Approximate.ONE; // at rate 1 nothing is kept
        }
        return Approximate.exactly(BigDecimal.ONE.divide(keep, DIGITS));
    }

    /** The relative error of k roundings: k u/(1 - k u). */
    public BigDecimal roundings(int k) {
        BigDecimal ku = u.multiply(BigDecimal.valueOf(k));
        return ku.divide(BigDecimal.ONE.subtract(ku), DIGITS);
    }

    /** The smallest normal number, which is the most that a result may lose by underflow. */
    public BigDecimal tiny() {
        return tiny;
    }

    /**
     * A sum of products, each of which passes {@code k} roundings, additions included. If all terms are multiples of
     * one power of two, and so small together that the type holds every partial sum, nothing is rounded.
     */
    public Approximate sum(int k, List<List<Approximate>> terms) {
        BigDecimal value = BigDecimal.ZERO;
        BigDecimal error = BigDecimal.ZERO;
        List<BigDecimal> products = new ArrayList<>();
        boolean inexact = false;
        for (List<Approximate> factors : terms) {
            BigDecimal product = BigDecimal.ONE;
            BigDecimal most = BigDecimal.ONE;
            for (Approximate factor : factors) {
                product = product.multiply(factor.value(), DIGITS);
                most = most.multiply(factor.most(), DIGITS);
                inexact |= factor.error().signum() != 0;
            }
            value = value.add(product, DIGITS);
            products.add(product);
            if (most.signum() != 0) {
                error = error.add(most.multiply(roundings(k), DIGITS)
                        .add(most)
                        .subtract(product.abs())
                        .add(tiny));
            }
        }
        return new Approximate(value, !inexact && isHeld(products) ? BigDecimal.ZERO : error);
    }

    private boolean isHeld(List<BigDecimal> terms) {
        int least = Integer.MAX_VALUE;
        BigDecimal magnitudes = BigDecimal.ZERO;
        for (BigDecimal term : terms) {
            if (term.signum() != 0) {
                Rational exact = Rational.of(term);
                BigInteger[] parts = odd(exact.numerator().abs(), exact.denominator());
                if (!parts[1].equals(BigInteger.ONE)) {
                    return false;
                }
                least = Math.min(least, exponent(exact));
                magnitudes = magnitudes.add(term.abs());
            }
        }
        return least == Integer.MAX_VALUE
                || magnitudes.compareTo(decimal(Rational.powerOfTwo(least + format.fractionBits() + 1))) <= 0;
    }

    /** Numerator and denominator in lowest terms, without their powers of two. */
    private static BigInteger[] odd(BigInteger numerator, BigInteger denominator) {
        BigInteger common = numerator.gcd(denominator);
        BigInteger top = numerator.divide(common);
        BigInteger bottom = denominator.divide(common);
        return new BigInteger[] {top.shiftRight(top.getLowestSetBit()), bottom.shiftRight(bottom.getLowestSetBit())};
    }

    /** The exponent of the largest power of two that divides a binary fraction. */
    private static int exponent(Rational value) {
        return value.numerator().getLowestSetBit() - value.denominator().getLowestSetBit();
    }

    /** The words and relations of the elements; a relation allows as many representable numbers as the error does. */
    public Expected expected(Shape shape, List<Approximate> elements) {
        long[] words = new long[elements.size()];
        List<ExpectedRelation> relations = new ArrayList<>();
        for (int i = 0; i < words.length; i++) {
            Approximate element = elements.get(i);
            words[i] = word(element.value());
            relations.add(relation(element, words[i]));
        }
        return new Expected(Tensor.ofBits(format.dtype(), shape, words), relations);
    }

    private ExpectedRelation relation(Approximate element, long word) {
        if (element.isZero()) {
            return ExpectedRelation.ZERO;
        }
        long above = order(word(element.value().add(element.error()))) - order(word);
        long below = order(word) - order(word(element.value().subtract(element.error())));
        long off = Math.max(above, below);
        return off == 0 ? ExpectedRelation.BITS : new ExpectedRelation.WithinUlp(off);
    }

    private long word(BigDecimal value) {
        return format.round(Rational.of(value));
    }

    /** An integer for each word, in the order of the words' numbers. */
    private long order(long word) {
        return format.isNegative(word) ? -format.magnitude(word) : word;
    }
}
