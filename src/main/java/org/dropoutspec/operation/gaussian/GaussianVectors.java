package org.dropoutspec.operation.gaussian;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dropoutspec.golden.exact.Approximate;
import org.dropoutspec.golden.exact.ElementArithmetic;
import org.dropoutspec.golden.format.VectorFile;
import org.dropoutspec.golden.format.VectorFile.Note;
import org.dropoutspec.golden.format.VectorOperation;
import org.dropoutspec.golden.topic.OperationTopic;
import org.dropoutspec.golden.topic.ScriptedWords;
import org.dropoutspec.golden.word.Expected;
import org.dropoutspec.golden.word.Ieee;
import org.dropoutspec.implementation.Choices;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.tensor.Tensor;

/** Vectors of Gaussian dropout, with noise that is given, or else the noise that is reported. */
final class GaussianVectors implements VectorOperation {
    /** The roundings that GAUSS-1 and GAUSS-2 allow; beside them stands how often a result may be flushed. */
    private static final int OF_OUTPUT = 6;

    private static final int OF_GRADIENT = 10;

    private static final Note ADDED = new Note(
            "noise-added", "adds the noise and does not multiply by it", "layers of Gaussian noise, by their name");
    private static final Note FROM_ZERO = new Note(
            "noise-around-zero",
            "multiplies by the noise less 1, or by 1 more",
            "no report known; noise of mean 0 where it has mean 1");
    private static final Note GRADIENT = new Note(
            "gradient-without-noise",
            "passes the gradient without the noise",
            "no report known; noise taken for a constant of the input");

    @Override
    public String name() {
        return Gaussian.NAME;
    }

    @Override
    public Set<String> fields() {
        return Set.of("training", "rate", "input", "noise", "grad_output");
    }

    @Override
    public boolean isScaled() {
        return false;
    }

    @Override
    public List<Drawn> drawn(OperationCall call) {
        return List.of(Drawn.mask("noise", call.tensor("input").shape(), call.rate()));
    }

    @Override
    public Map<String, Object> answer(OperationCall call, Choices choices) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("output", times(call, call.tensor("input"), OF_OUTPUT, 2));
        call.optionalTensor("grad_output").ifPresent(dy -> answer.put("grad_input", times(call, dy, OF_GRADIENT, 4)));
        return answer;
    }

    private static Expected times(OperationCall call, Tensor x, int roundings, int flushed) {
        ElementArithmetic arithmetic = new ElementArithmetic(x.dtype());
        List<Approximate> elements = new ArrayList<>();
        for (int i = 0; i < x.size(); i++) {
            Approximate value = arithmetic.of(x, i);
            if (!call.training()) {
                elements.add(value);
            } else if (call.rate() == 1 || value.isZero()) {
                elements.add(Approximate.ZERO);
            } else {
                BigDecimal noise = arithmetic.of(call.tensor("noise"), i).value();
                BigDecimal most = value.value().abs().multiply(BigDecimal.ONE.add(noise.abs()));
                elements.add(new Approximate(
                        value.value().multiply(noise),
                        most.multiply(arithmetic.roundings(roundings))
                                .add(arithmetic.tiny().multiply(BigDecimal.valueOf(flushed)))));
            }
        }
        return arithmetic.expected(x.shape(), elements);
    }

    @Override
    public VectorFile file() {
        OperationTopic topic =
                new OperationTopic(this, "Gaussian dropout: the input, and the gradient, times noise that is given.");
        for (Ieee format : Ieee.values()) {
            Tensor x = ScriptedWords.vector(format, "1 -2 0.5 3 0 8");
            Tensor dy = ScriptedWords.vector(format, "3 -5 2 0.5 7 -1");
            Tensor noise = ScriptedWords.vector(format, "1.5 0.25 -0.75 2.25 1.125 0.875");
            for (double rate : new double[] {0.25, 0.5}) {
                topic.add(
                        "gaussian-" + format.dtype() + "-r" + rate,
                        "GAUSS-1",
                        "noise on both sides of 1, and below 0; the rate has no part in it",
                        topic.call(rate, true).with("input", x).with("noise", noise),
                        ADDED,
                        FROM_ZERO);
            }
            String id = "gaussian-" + format.dtype() + "-";
            topic.add(
                    id + "backward",
                    "GAUSS-2",
                    "the gradient has the same noise, also where the input is 0",
                    topic.call(0.5, true).with("input", x).with("noise", noise).with("grad_output", dy),
                    GRADIENT);
            topic.add(
                    id + "evaluation",
                    "GAUSS-4",
                    "evaluation is the identity",
                    topic.call(0.5, false).with("input", x).with("grad_output", dy),
                    ADDED);
            topic.add(
                    id + "rate-1",
                    "RATE-8",
                    "at rate 1, where the variance is infinite, all is zero, or the call is rejected",
                    topic.call(1, true).with("input", x).with("noise", noise).with("grad_output", dy));
        }
        topic.addBadRates(
                "gaussian-rate",
                "rate",
                topic.call(0.5, true).with("input", ScriptedWords.vector(Ieee.FLOAT32, "1 -2")));
        return topic.file();
    }
}
