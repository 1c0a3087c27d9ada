package org.dropoutspec.golden.topic;

import org.dropoutspec.golden.format.Requirements;
import org.dropoutspec.golden.format.VectorFile;
import org.dropoutspec.golden.word.Ieee;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.tensor.Tensor;

/** Classic scaling, a declared choice: training is unscaled, and evaluation multiplies by 1 - rate. */
final class ClassicTopic {
    private final Topic topic = new Topic(
            "classic",
            "Classic scaling, a declared choice: training leaves x as it is, evaluation multiplies by 1-rate.");

    private ClassicTopic() {}

    static VectorFile file() {
        ClassicTopic classic = new ClassicTopic();
        for (Ieee format : Ieee.values()) {
            for (NamedRate rate : NamedRate.held(format, "0.1", "third", "0.25", "0.5", "0.9")) {
                classic.add(format, rate);
            }
        }
        for (Ieee format : Ieee.values()) {
            for (NamedRate rate : NamedRate.held(format, "0", "0.1", "0.5", "0.9", "1")) {
                classic.special(format, rate);
            }
        }
        return classic.topic.file();
    }

    private void add(Ieee format, NamedRate rate) {
        String id = "classic-" + format.dtype() + "-r" + rate.name() + "-";
        Tensor x = ScriptedWords.vector(format, "1 -2 0.3 100 -0 max");
        Tensor gradient = ScriptedWords.vector(format, "3 -5 2 0.7 1 9");
        Call training = Call.training(rate.value(), x).withMask(ScriptedWords.mask(x.shape(), "110111"));
        Flag twice = Flag.CLASSIC_SCALED_TWICE;
        topic.addClassic(id + "training", Requirements.CLASSIC, "what is kept is the input itself", training, twice);
        topic.addClassic(
                id + "training-backward",
                Requirements.GRADIENT_SCALE,
                "the gradient is masked and not scaled",
                training.withGradOutput(gradient),
                twice,
                Flag.BACKWARD_MASK_OMITTED);
        topic.addClassic(
                id + "evaluation",
                Requirements.CLASSIC_EVALUATION,
                "nothing is dropped, everything is multiplied by 1 - rate",
                Call.evaluation(rate.value(), x),
                rate.isLopsided() ? twice : null);
        topic.addClassic(
                id + "evaluation-backward",
                Requirements.GRADIENT_IN_EVALUATION,
                "so is the gradient",
                Call.evaluation(rate.value(), x).withGradOutput(gradient),
                rate.isLopsided() ? twice : null);
        topic.addClassic(
                id + "training-subnormal",
                Requirements.SUBNORMALS,
                "the smallest numbers of the type are themselves too",
                training.withInput(ScriptedWords.vector(format, "min -min 3min subnormal -subnormal -min")),
                Flag.SUBNORMALS_FLUSHED);
    }

    /** Zeros, infinities and NaNs, and the rates 0 and 1. */
    private void special(Ieee format, NamedRate rate) {
        String id = "classic-" + format.dtype() + "-r" + rate.name() + "-";
        Flag atOne = rate.value() == 1 ? Flag.RATE_ONE_NAN : null;
        if (!rate.isInside()) {
            topic.addClassic(
                    id + "plain-backward",
                    ForwardTopic.requirement(rate, Requirements.CLASSIC),
                    "plain numbers and gradients at the end of the rates",
                    training(format, rate, "1 -2 0.3 100 -0.75 7", "110101")
                            .withGradOutput(ScriptedWords.vector(format, "3 -5 2 0.7 1 9")),
                    Flag.CLASSIC_SCALED_TWICE,
                    atOne);
        }
        topic.addClassic(
                id + "zeros",
                ForwardTopic.requirement(rate, Requirements.ZERO_STAYS_ZERO),
                "zeros of both signs stay zeros, kept and dropped; the sign counts at rate 0 alone",
                training(format, rate, "0 -0 0 -0", "1100"),
                atOne);
        if (rate.value() < 1) {
            topic.addClassic(
                    id + "nonfinite-kept",
                    ForwardTopic.requirement(rate, Requirements.KEPT_NONFINITE),
                    "a kept NaN stays a NaN, a kept infinity keeps its sign",
                    training(format, rate, "nan inf -inf 1", "1111"),
                    Flag.NONFINITE_LOST);
            topic.addClassic(
                    id + "evaluation-special",
                    Requirements.CLASSIC_EVALUATION,
                    "a zero stays a zero, a NaN a NaN, and an infinity keeps its sign",
                    Call.evaluation(rate.value(), ScriptedWords.vector(format, "0 -0 nan inf -inf 1")),
                    Flag.NONFINITE_LOST);
        }
        if (rate.value() > 0) {
            topic.addClassic(
                    id + "nonfinite-dropped",
                    ForwardTopic.requirement(rate, Requirements.DROPPED_NONFINITE),
                    "a dropped NaN or infinity becomes what dropped_nonfinite declares",
                    training(format, rate, "nan inf -inf 1", "0001"),
                    Flag.NONFINITE_LEAKS);
        }
    }

    private static Call training(Ieee format, NamedRate rate, String x, String mask) {
        Tensor input = ScriptedWords.vector(format, x);
        return Call.training(rate.value(), input)
                .withMask(ScriptedWords.mask(input.shape(), ForwardTopic.digits(rate, mask)));
    }
}
