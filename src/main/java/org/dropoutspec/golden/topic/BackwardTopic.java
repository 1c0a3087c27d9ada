package org.dropoutspec.golden.topic;

import org.dropoutspec.golden.format.Requirements;
import org.dropoutspec.golden.format.VectorFile;
import org.dropoutspec.golden.word.Ieee;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.tensor.Tensor;

/** Training, the backward pass: the upstream gradient times the mask of the forward pass, with the same scale. */
final class BackwardTopic {
    private final Topic topic = new Topic(
            "backward", "Training, backward: the upstream gradient passes the forward's own mask with the same scale.");

    private BackwardTopic() {}

    static VectorFile file() {
        BackwardTopic backward = new BackwardTopic();
        for (Ieee format : Ieee.values()) {
            for (NamedRate rate : NamedRate.all(format)) {
                backward.add(format, rate);
            }
        }
        return backward.topic.file();
    }

    private void add(Ieee format, NamedRate rate) {
        String id = "bwd-" + format.dtype() + "-r" + rate.name() + "-";
        boolean inside = rate.isInside();
        Flag omitted = rate.value() > 0 ? Flag.BACKWARD_MASK_OMITTED : null;
        boolean scaleShows = rate.isLopsided() && !rate.name().equals("tiny");
        Flag atOne = rate.value() == 1 ? Flag.RATE_ONE_NAN : null;
        topic.add(
                id + "plain",
                requirement(rate, scaleShows ? Requirements.GRADIENT_SCALE : Requirements.GRADIENT_MASK),
                "the gradient is masked and scaled as the output is",
                call(format, rate, "1 -2 3 4 -5 6", "2 4 -6 0.5 7 -1", "110101"),
                omitted,
                atOne,
                rate.isLopsided() ? Flag.BACKWARD_SCALED_BY_RATE : null,
                inside && !rate.name().equals("tiny") ? Flag.BACKWARD_UNSCALED : null);
        topic.add(
                id + "x-zero",
                requirement(rate, Requirements.GRADIENT_AT_ZERO),
                "the input is 0, so the output is 0 whatever the mask: the gradient still goes by the mask",
                call(format, rate, "0 0 -0 -0", "3 -5 7 2", "1010"),
                omitted,
                atOne,
                rate.value() < 1 ? Flag.MASK_INFERRED_FROM_OUTPUT : null);
        topic.add(
                id + "zero-upstream",
                requirement(rate, Requirements.ZERO_UPSTREAM),
                "no upstream gradient, no gradient",
                call(format, rate, "1 -2 3 4", "0 -0 0 -0", "1100"),
                atOne);
        if (rate.value() >= 0.5 || rate.name().equals("0.1")) {
            topic.add(
                    id + "x-special",
                    rate.value() == 1 ? Requirements.RATE_ONE : Requirements.GRADIENT_WHATEVER_THE_INPUT,
                    "the input is NaN, infinite or 0: the gradient does not look at it, kept or dropped",
                    call(format, rate, "nan nan inf inf -inf -inf 0 0 -0 -0", "3 -5 2 7 -4 6 1 -9 0.5 8", "10"),
                    Flag.GRADIENT_FROM_VALUES);
        }
        if (rate.value() == 0.5 || rate.name().equals("0.1") || rate.value() == 1) {
            topic.add(
                    id + "nonfinite-upstream",
                    Requirements.DROPPED_NONFINITE_UPSTREAM,
                    "a dropped NaN or infinity of the upstream gradient becomes what dropped_nonfinite declares",
                    call(format, rate, "1 2 3 4", "nan inf -inf 1", "0001"),
                    Flag.NONFINITE_LEAKS);
        }
        if (rate.value() == 0 || rate.name().equals("tiny")) { // an implementation's own mask keeps all here too
            topic.add(
                    id + "nonfinite-upstream-kept",
                    Requirements.KEPT_NONFINITE_UPSTREAM,
                    "a kept NaN or infinity of the upstream gradient stays what it is",
                    call(format, rate, "1 2 3 4", "nan inf -inf 1", "1111"),
                    Flag.NONFINITE_LOST);
        }
        if (rate.value() == 0.5) {
            topic.add(
                    id + "snan-upstream",
                    Requirements.KEPT_NONFINITE_UPSTREAM,
                    "a signalling NaN of the upstream gradient is a NaN like any other",
                    call(format, rate, "1 2 3 4", "snan -snan 2 snan", "1111"),
                    Flag.NONFINITE_LOST);
        }
    }

    private static String requirement(NamedRate rate, String otherwise) {
        return rate.value() == 0 ? Requirements.RATE_ZERO : otherwise;
    }

    private static Call call(Ieee format, NamedRate rate, String x, String gradient, String mask) {
        Tensor input = ScriptedWords.vector(format, x);
        return Call.training(rate.value(), input)
                .withGradOutput(ScriptedWords.vector(format, gradient))
                .withMask(ScriptedWords.mask(input.shape(), ForwardTopic.digits(rate, mask)));
    }
}
