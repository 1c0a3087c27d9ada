package org.dropoutspec.golden.exact;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** The softmax of a few scores, and how far an implementation may be off, as chapter ATTN counts it. */
public final class SoftmaxDerivation {
    /** The roundings that an exponential counts for, and as many again for each unit of its argument. */
    private static final int EXPONENTIAL = 8;

    private SoftmaxDerivation() {}

    public static List<Approximate> of(ElementArithmetic arithmetic, List<Approximate> scores) {
        BigDecimal sum = BigDecimal.ZERO;
        List<BigDecimal> powers = new ArrayList<>();
        for (Approximate score : scores) {
            powers.add(Transcendental.exp(score.value()));
            sum = sum.add(powers.get(powers.size() - 1));
        }
        BigDecimal off = relativeError(arithmetic, scores);
        List<Approximate> probabilities = new ArrayList<>();
        for (BigDecimal power : powers) {
            BigDecimal probability = power.divide(sum, ElementArithmetic.DIGITS);
            probabilities.add(
                    new Approximate(probability, probability.multiply(off).add(arithmetic.tiny())));
        }
        return probabilities;
    }

    /** The largest relative error of a probability. */
    static BigDecimal relativeError(ElementArithmetic arithmetic, List<Approximate> scores) {
        BigDecimal largest = scores.get(0).value();
        BigDecimal smallest = largest;
        BigDecimal error = BigDecimal.ZERO;
        for (Approximate score : scores) {
            largest = largest.max(score.value());
            smallest = smallest.min(score.value());
            error = error.max(score.error());
        }
        BigDecimal reach = largest.subtract(smallest)
                .add(largest.abs().max(smallest.abs()))
                .add(error)
                .add(error);
        boolean flat = largest.compareTo(smallest) == 0 && error.signum() == 0;
        int roundings = reach.multiply(BigDecimal.valueOf(2L * EXPONENTIAL))
                        .setScale(0, RoundingMode.CEILING)
                        .intValueExact()
                + 2 * EXPONENTIAL
                + scores.size()
                + 4
                + (flat ? 0 : (EXPONENTIAL + 1) * (scores.size() - 1));
        // e^(2 error) (1 + k u/(1 - k u)), with e^x at most 1 + x + x^2 for x below 1
        BigDecimal carried = error.multiply(BigDecimal.valueOf(2));
        BigDecimal grown = BigDecimal.ONE.add(carried).add(carried.multiply(carried));
        return grown.multiply(BigDecimal.ONE.add(arithmetic.roundings(roundings)), ElementArithmetic.DIGITS)
                .subtract(BigDecimal.ONE);
    }

    /** The cross-entropy of the softmax at one class. */
    public static Approximate loss(ElementArithmetic arithmetic, List<Approximate> logits, int target) {
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal most = BigDecimal.ONE;
        for (Approximate logit : logits) {
            sum = sum.add(Transcendental.exp(logit.value()));
            most = most.max(logit.most());
        }
        BigDecimal log = Transcendental.log(sum);
        BigDecimal magnitudes = log.abs().add(most.multiply(BigDecimal.valueOf(3)));
        return new Approximate(
                log.subtract(logits.get(target).value()),
                relativeError(arithmetic, logits).add(magnitudes.multiply(arithmetic.roundings(12))));
    }
}
