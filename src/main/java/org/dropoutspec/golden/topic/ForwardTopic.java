package org.dropoutspec.golden.topic;

import org.dropoutspec.golden.format.Requirements;
import org.dropoutspec.golden.format.VectorFile;
import org.dropoutspec.golden.word.Ieee;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.tensor.Tensor;

/** Training, the forward pass with a given mask, for every type, every rate and every kind of number. */
final class ForwardTopic {
    private final Topic topic = new Topic(
            "forward", "Training, forward, with a given mask: what is kept is scaled by 1/(1-rate), the rest is zero.");

    private ForwardTopic() {}

    static VectorFile file() {
        ForwardTopic forward = new ForwardTopic();
        for (Ieee format : Ieee.values()) {
            for (NamedRate rate : NamedRate.all(format)) {
                forward.add(format, rate);
            }
        }
        return forward.topic.file();
    }

    private void add(Ieee format, NamedRate rate) {
        Flag confusion = rate.isLopsided() ? Flag.KEEP_DROP_CONFUSION : null;
        Flag atZero = rate.value() == 0 ? Flag.DROP_AT_RATE_ZERO : null;
        Flag atOne = rate.value() == 1 ? Flag.RATE_ONE_NAN : null;
        String id = "fwd-" + format.dtype() + "-r" + rate.name() + "-";
        topic.add(
                id + "plain",
                requirement(rate, Requirements.SCALE),
                "plain numbers, kept and dropped",
                call(format, rate, "1 -2 3 0.75 100 -7", "101101"),
                confusion,
                atZero,
                atOne);
        topic.add(
                id + "zeros",
                requirement(rate, Requirements.ZERO_STAYS_ZERO),
                "zeros of both signs stay zeros, kept and dropped; the sign counts at rate 0 alone",
                call(format, rate, "0 -0 0 -0", "1100"),
                atOne);
        topic.add(
                id + "subnormal",
                // at rate 0 the specification asks this only of normal numbers
                rate.value() == 0 ? Requirements.SUBNORMALS : requirement(rate, Requirements.SUBNORMALS),
                "the smallest numbers of the type are numbers like all others",
                call(format, rate, "min -3min subnormal -normal min", "111110"),
                rate.value() < 1 ? Flag.SUBNORMALS_FLUSHED : null,
                atOne);
        topic.add(
                id + "largest",
                requirement(rate, Requirements.OVERFLOW),
                "the largest numbers of the type: infinity where the quotient is beyond them",
                call(format, rate, "max -max max/2 -max", "1110"),
                rate.isInside() && !rate.name().equals("tiny") ? Flag.OVERFLOW_SATURATED : null,
                atOne);
        if (rate.value() == 0.5) {
            topic.add(
                    id + "dropped",
                    Requirements.DROPPED_IS_ZERO,
                    "plain numbers, all dropped",
                    call(format, rate, "1 -2 3 0.75 100 -7", "000000"));
        }
        if (rate.value() < 1) {
            topic.add(
                    id + "nonfinite-kept",
                    requirement(rate, Requirements.KEPT_NONFINITE),
                    "a kept NaN stays a NaN, a kept infinity keeps its sign",
                    call(format, rate, "nan inf -inf 1", "1111"),
                    Flag.NONFINITE_LOST);
        }
        if (rate.value() > 0) {
            topic.add(
                    id + "nonfinite-dropped",
                    requirement(rate, Requirements.DROPPED_NONFINITE),
                    "a dropped NaN or infinity becomes what dropped_nonfinite declares",
                    call(format, rate, "nan inf -inf 1", "0001"),
                    Flag.NONFINITE_LEAKS);
        }
        if (rate.value() == 0 || rate.value() == 0.5) {
            topic.add(
                    id + "snan",
                    requirement(rate, Requirements.KEPT_NONFINITE),
                    "a signalling NaN is a NaN like any other",
                    call(format, rate, "snan -snan 1 snan", "1111"),
                    Flag.NONFINITE_LOST);
        }
        if (rate.value() == 0.5) {
            topic.add(
                    id + "snan-dropped",
                    Requirements.DROPPED_NONFINITE,
                    "a signalling NaN that is dropped becomes what dropped_nonfinite declares",
                    call(format, rate, "snan -snan 1 snan", "0010"),
                    Flag.NONFINITE_LEAKS);
        }
    }

    /** The requirement that rate 0 or 1 serves; at other rates it is {@code inside}. */
    static String requirement(NamedRate rate, String inside) {
        return rate.value() == 0 ? Requirements.RATE_ZERO : rate.value() == 1 ? Requirements.RATE_ONE : inside;
    }

    private static Call call(Ieee format, NamedRate rate, String x, String mask) {
        Tensor input = ScriptedWords.vector(format, x);
        return Call.training(rate.value(), input).withMask(ScriptedWords.mask(input.shape(), digits(rate, mask)));
    }

    /** The mask's digits, except at rates 0 and 1, where only one mask is possible. */
    static String digits(NamedRate rate, String mask) {
        return rate.value() == 0 ? "1" : rate.value() == 1 ? "0" : mask;
    }
}
