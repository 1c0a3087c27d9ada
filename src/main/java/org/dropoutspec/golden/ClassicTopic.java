package org.dropoutspec.golden;

import org.dropoutspec.implementation.Call;
import org.dropoutspec.tensor.Tensor;

/** Classic scaling, a declared choice: training unscaled, evaluation times 1 - rate. */
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
        return classic.topic.file();
    }

    private void add(Ieee format, NamedRate rate) {
        String id = "classic-" + format.dtype() + "-r" + rate.name() + "-";
        Tensor x = Words.vector(format, "1 -2 0.3 100 -0 max");
        Tensor gradient = Words.vector(format, "3 -5 2 0.7 1 9");
        Call training = Call.training(rate.value(), x).withMask(Words.mask(x.shape(), "110111"));
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
                training.withInput(Words.vector(format, "min -min 3min subnormal -subnormal -min")),
                Flag.SUBNORMALS_FLUSHED);
    }
}
