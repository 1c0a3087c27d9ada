package org.dropoutspec.golden.topic;

import org.dropoutspec.golden.format.Requirements;
import org.dropoutspec.golden.format.VectorFile;
import org.dropoutspec.golden.word.Ieee;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.tensor.Tensor;

/** Rates: bad ones are rejected in both modes, all others are accepted. */
final class RateTopic {
    private final Topic topic = new Topic(
            "rates", "A rate that is no probability is rejected, in evaluation too; every rate below 1 is taken.");

    private static final NamedRate SIGNALLING =
            new NamedRate("snan", Double.longBitsToDouble(ScriptedWords.of(Ieee.FLOAT64, "snan")));

    private RateTopic() {}

    static VectorFile file() {
        RateTopic rates = new RateTopic();
        for (Ieee format : Ieee.values()) {
            rates.minusZero(format);
            rates.one(format);
            rates.bad(format, SIGNALLING);
            String[] bad = {"just-below-0", "-0.1", "-1", "-inf", "just-above-1", "1.5", "2", "5", "inf", "nan"};
            for (NamedRate rate : NamedRate.of(precision(format), bad)) {
                rates.bad(format, rate);
            }
            String[] good = {"0.000000001", "0.001", "0.25", "0.3", "0.625", "0.75", "0.99", "0.9999"};
            for (NamedRate rate : NamedRate.of(Ieee.FLOAT32, good)) {
                // a type that does not hold the rate may be off by the rate's rounding, though it should not
                rates.good(format, rate, rate.isHeldBy(format) ? Requirements.GOOD_RATE : Requirements.SCALE_PRECISION);
            }
        }
        for (NamedRate rate : NamedRate.of(Ieee.FLOAT64, "tiny", "almost1")) {
            rates.good(Ieee.FLOAT64, rate, Requirements.EXTREME_RATE);
        }
        for (Ieee format : new Ieee[] {Ieee.FLOAT32, Ieee.FLOAT64}) {
            for (int k : new int[] {13, 16, 20, 24}) {
                rates.good(format, NamedRate.keeping(k), Requirements.GOOD_RATE);
            }
        }
        return rates.topic.file();
    }

    private static Ieee precision(Ieee format) {
        return format == Ieee.FLOAT64 ? Ieee.FLOAT64 : Ieee.FLOAT32;
    }

    private static String badIn(NamedRate rate) {
        if (Double.isNaN(rate.value())) {
            return Requirements.NAN_RATE;
        }
        String finite = rate.value() < 0 ? Requirements.NEGATIVE_RATE : Requirements.RATE_ABOVE_ONE;
        return Double.isInfinite(rate.value()) ? Requirements.INFINITE_RATE : finite;
    }

    private void bad(Ieee format, NamedRate rate) {
        Tensor input = ScriptedWords.vector(format, "1 -2 3 4");
        String name = rate.name().startsWith("-") ? "minus-" + rate.name().substring(1) : rate.name();
        String id = "rate-" + format.dtype() + "-" + name + "-";
        topic.add(
                id + "training",
                badIn(rate),
                "this rate is no probability",
                Call.training(rate.value(), input),
                Flag.BAD_RATE_CLAMPED);
        topic.add(
                id + "evaluation",
                Requirements.BAD_RATE_IN_EVALUATION,
                "this rate is no probability, though evaluation would not use it",
                Call.evaluation(rate.value(), input),
                Flag.BAD_RATE_IN_EVALUATION);
    }

    private void minusZero(Ieee format) {
        Tensor input = ScriptedWords.vector(format, "1 -2 3 4");
        String id = "rate-" + format.dtype() + "-minus-0-";
        String comment = "-0 equals 0, and is not below it";
        Flag flag = Flag.NEGATIVE_ZERO_REJECTED;
        Call training = Call.training(-0.0, input).withMask(ScriptedWords.mask(input.shape(), "1"));
        topic.add(id + "training", Requirements.GOOD_RATE, comment, training, flag);
        topic.add(id + "evaluation", Requirements.GOOD_RATE, comment, Call.evaluation(-0.0, input), flag);
    }

    private void one(Ieee format) {
        topic.add(
                "rate-" + format.dtype() + "-1-rejected",
                Requirements.RATE_ONE_REJECTED,
                "who declares that rate 1 is rejected rejects it",
                Call.training(1, ScriptedWords.vector(format, "1 -2 3 4")),
                Flag.RATE_ONE_ACCEPTED);
    }

    private void good(Ieee format, NamedRate rate, String requirement) {
        Tensor input = ScriptedWords.vector(format, "1 -2 3 0.1");
        topic.add(
                "rate-" + format.dtype() + "-" + rate.name() + "-good",
                requirement,
                "a rate like any other",
                Call.training(rate.value(), input).withMask(ScriptedWords.mask(input.shape(), "1101")),
                Flag.KEEP_DROP_CONFUSION);
    }
}
