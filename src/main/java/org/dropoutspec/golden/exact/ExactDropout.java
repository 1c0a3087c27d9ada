package org.dropoutspec.golden.exact;

import java.util.ArrayList;
import java.util.List;
import org.dropoutspec.golden.word.Expected;
import org.dropoutspec.golden.word.ExpectedRelation;
import org.dropoutspec.golden.word.Ieee;
import org.dropoutspec.golden.word.Rational;
import org.dropoutspec.implementation.Choices;
import org.dropoutspec.implementation.Choices.DroppedNonfinite;
import org.dropoutspec.implementation.Choices.Scaling;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;

/**
 * Dropout in exact fractions with one rounding at the end, and the distance from it that an implementation may have.
 *
 * <p>It shares no arithmetic with the reference. Forward and backward are one function: both multiply by mask/(1-rate).
 *
 * <p>The tolerance counts roundings. An implementation that computes 1 - rate, its reciprocal and the product in the
 * type itself rounds three times, of which the first may be exact; the vector's word is rounded once. There is no
 * tolerance where every reasonable order of operations is exact up to that last rounding: where the scale is a power of
 * two, the result is zero or infinite, or the rate is so small that the result is the input.
 */
public final class ExactDropout {
    private final Ieee format;
    private final Rational keep;
    private final Choices choices;

    public ExactDropout(DType dtype, double rate, Choices choices) {
        this.format = Ieee.of(dtype);
        this.keep = Rational.ONE.minus(Ieee.FLOAT64.exact(Double.doubleToRawLongBits(rate)));
        this.choices = choices;
    }

    /** One element: the expected word, and the relation that an implementation's word must have to it. */
    public record Element(long word, ExpectedRelation relation) {}

    /** Training, forward (of x) or backward (of the upstream gradient): x * mask / (1 - rate). */
    public Expected training(Tensor x, Tensor mask) {
        int[] cells = mask.shape().indicesBroadcastTo(x.shape());
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < x.size(); i++) {
            elements.add(training(x.bits(i), mask.bits(cells[i]) == 1));
        }
        return expected(x, elements);
    }

    /** Evaluation, forward or backward: the identity, or with classic scaling x * (1 - rate). */
    public Expected evaluation(Tensor x) {
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < x.size(); i++) {
            elements.add(evaluation(x.bits(i)));
        }
        return expected(x, elements);
    }

    public Element training(long x, boolean kept) {
        if (!kept) {
            boolean nan = !format.isFinite(x) && choices.droppedNonfinite() == DroppedNonfinite.NAN;
            return nan ? new Element(format.quietNaN(), ExpectedRelation.NAN) : new Element(0, ExpectedRelation.ZERO);
        }
        if (format.isNaN(x)) {
            return new Element(x, ExpectedRelation.NAN);
        }
        if (format.isZero(x) && keep.compareTo(Rational.ONE) < 0) {
            return new Element(x, ExpectedRelation.ZERO);
        }
        boolean unscaled = choices.scaling() == Scaling.CLASSIC || !format.isFinite(x) || format.isZero(x);
        return unscaled ? new Element(x, ExpectedRelation.BITS) : quotient(x);
    }

    private Element quotient(long x) {
        Rational exact = format.exact(x).dividedBy(keep);
        long word = format.round(exact);
        boolean certain = isPowerOfTwo(keep) || isNearlyOne(keep) || overflowsByFar(exact);
        return new Element(
                word, certain ? ExpectedRelation.BITS : new ExpectedRelation.WithinUlp(isExactInType(keep) ? 2 : 3));
    }

    private Element evaluation(long x) {
        if (format.isNaN(x)) {
            return new Element(x, ExpectedRelation.NAN);
        }
        if (choices.scaling() == Scaling.INVERTED || !format.isFinite(x)) {
            return new Element(x, ExpectedRelation.BITS);
        }
        if (format.isZero(x)) {
            return new Element(x, ExpectedRelation.ZERO);
        }
        long word = format.round(format.exact(x).times(keep)) | x & format.signBit();
        boolean certain = isPowerOfTwo(keep) || isNearlyOne(keep);
        return new Element(
                word, certain ? ExpectedRelation.BITS : new ExpectedRelation.WithinUlp(isExactInType(keep) ? 1 : 2));
    }

    private static boolean isPowerOfTwo(Rational value) {
        int exponent = value.numerator().bitLength() - value.denominator().bitLength();
        return value.signum() > 0 && value.compareTo(Rational.powerOfTwo(exponent)) == 0;
    }

    /** Whether it is so near 1 that x / keep and x * keep round to x, in whichever precision keep is held. */
    private boolean isNearlyOne(Rational value) {
        return Rational.ONE.minus(value).compareTo(Rational.powerOfTwo(-format.fractionBits() - 3)) < 0;
    }

    private boolean isExactInType(Rational value) {
        return format.exact(format.round(value)).compareTo(value) == 0;
    }

    /** Whether it exceeds the largest number by more than the tolerance, so that only infinity is right. */
    private boolean overflowsByFar(Rational value) {
        Rational largest = format.exact(format.largest());
        Rational margin = largest.times(Rational.ONE.plus(Rational.powerOfTwo(2 - format.fractionBits())));
        return value.abs().compareTo(margin) > 0;
    }

    private static Expected expected(Tensor like, List<Element> elements) {
        long[] words = elements.stream().mapToLong(Element::word).toArray();
        return new Expected(
                Tensor.ofBits(like.dtype(), like.shape(), words),
                elements.stream().map(Element::relation).toList());
    }
}
