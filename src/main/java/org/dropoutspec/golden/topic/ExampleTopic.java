package org.dropoutspec.golden.topic;

import org.dropoutspec.golden.format.Requirements;
import org.dropoutspec.golden.format.VectorFile;
import org.dropoutspec.golden.word.Ieee;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.tensor.Tensor;

/** The worked examples of lectures and textbooks: four neurons, two of them dropped. */
final class ExampleTopic {
    private final Topic topic =
            new Topic("examples", "The worked examples that dropout is taught with: start here, by hand.");

    private ExampleTopic() {}

    static VectorFile file() {
        ExampleTopic examples = new ExampleTopic();
        for (Ieee format : Ieee.values()) {
            examples.add(format);
        }
        return examples.topic.file();
    }

    private void add(Ieee format) {
        String id = "example-" + format.dtype() + "-";
        Tensor x = ScriptedWords.vector(format, "2 4 6 8");
        double third = NamedRate.held(format, "third").get(0).value();
        Call half = Call.training(0.5, x).withMask(ScriptedWords.mask(x.shape(), "1010"));
        topic.add(
                id + "half",
                Requirements.SCALE,
                "2 4 6 8 at rate 1/2 with the second and the fourth dropped give 4 0 12 0",
                half);
        topic.add(
                id + "third",
                Requirements.SCALE,
                "2 4 6 8 at rate 1/3 with the third dropped give 3 6 0 12: the kept ones are scaled by 1.5",
                half.withRate(third).withMask(ScriptedWords.mask(x.shape(), "1101")),
                Flag.KEEP_DROP_CONFUSION);
        topic.add(
                id + "half-backward",
                Requirements.GRADIENT_MASK,
                "the upstream gradient 1 1 1 1 times the cached mask, times 2, is 2 0 2 0",
                half.withGradOutput(ScriptedWords.vector(format, "1 1 1 1")),
                Flag.BACKWARD_MASK_OMITTED,
                Flag.BACKWARD_UNSCALED);
        topic.add(
                id + "evaluation",
                Requirements.EVALUATION,
                "in evaluation 2 4 6 8 are 2 4 6 8",
                Call.evaluation(0.5, x),
                Flag.EVALUATION_DROPS,
                Flag.EVALUATION_SCALED);
        topic.addClassic(
                id + "classic-training",
                Requirements.CLASSIC,
                "with classic scaling, training gives 2 0 6 0",
                half,
                Flag.CLASSIC_SCALED_TWICE);
        topic.addClassic(
                id + "classic-evaluation",
                Requirements.CLASSIC_EVALUATION,
                "and evaluation 1 2 3 4",
                Call.evaluation(0.5, x),
                Flag.CLASSIC_SCALED_TWICE);
    }
}
