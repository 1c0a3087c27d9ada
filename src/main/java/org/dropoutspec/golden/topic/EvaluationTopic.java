package org.dropoutspec.golden.topic;

import org.dropoutspec.golden.format.Requirements;
import org.dropoutspec.golden.format.VectorFile;
import org.dropoutspec.golden.word.Ieee;
import org.dropoutspec.implementation.Call;

/** Evaluation: the identity, bit for bit, forward and backward. */
final class EvaluationTopic {
    private final Topic topic = new Topic("evaluation", "Evaluation is the identity, bit for bit, in both directions.");

    private EvaluationTopic() {}

    static VectorFile file() {
        EvaluationTopic evaluation = new EvaluationTopic();
        for (Ieee format : Ieee.values()) {
            for (NamedRate rate : NamedRate.held(format, "0", "0.1", "0.5", "almost1", "1")) {
                evaluation.add(format, rate);
            }
        }
        return evaluation.topic.file();
    }

    private void add(Ieee format, NamedRate rate) {
        String id = "eval-" + format.dtype() + "-r" + rate.name() + "-";
        boolean inside = rate.value() > 0;
        Call plain = Call.evaluation(rate.value(), ScriptedWords.vector(format, "1 -2 3 0.75 100 -7 0.1 9"));
        topic.add(
                id + "plain",
                Requirements.EVALUATION,
                "plain numbers",
                plain,
                inside ? Flag.EVALUATION_DROPS : null,
                inside ? Flag.EVALUATION_SCALED : null);
        topic.add(
                id + "edges",
                Requirements.EVALUATION,
                "zeros of both signs, NaNs, infinities, subnormal and largest numbers",
                Call.evaluation(
                        rate.value(),
                        ScriptedWords.vector(format, "0 -0 nan1 -nan1 inf -inf min -subnormal normal max -max")),
                Flag.EVALUATION_NOT_BITWISE);
        Call signalling = Call.evaluation(rate.value(), ScriptedWords.vector(format, "snan -snan 1 -0"));
        if (rate.value() == 0.5) {
            topic.add(
                    id + "snan",
                    Requirements.EVALUATION,
                    "a signalling NaN is a NaN like any other",
                    signalling,
                    Flag.EVALUATION_NOT_BITWISE);
            topic.add(
                    id + "snan-backward",
                    Requirements.GRADIENT_IN_EVALUATION,
                    "and so it is in the gradient",
                    signalling.withGradOutput(signalling.input()),
                    Flag.EVALUATION_NOT_BITWISE);
        }
        Call quiet = Call.evaluation(rate.value(), ScriptedWords.vector(format, "nan -nan nan1 -nan1"));
        topic.addByBits(
                id + "payload",
                Requirements.NAN_PAYLOAD,
                "quiet NaNs keep sign and payload",
                quiet,
                Flag.EVALUATION_NOT_BITWISE);
        topic.add(
                id + "backward",
                Requirements.GRADIENT_IN_EVALUATION,
                "the upstream gradient passes as it is",
                plain.withGradOutput(ScriptedWords.vector(format, "3 -1 -0 nan1 -inf min max 0.3")),
                inside ? Flag.EVALUATION_BACKWARD_MASKED : null,
                inside ? Flag.EVALUATION_SCALED : null);
    }
}
