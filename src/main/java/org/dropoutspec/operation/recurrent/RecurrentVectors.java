package org.dropoutspec.operation.recurrent;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dropoutspec.golden.format.VectorFile;
import org.dropoutspec.golden.format.VectorFile.Note;
import org.dropoutspec.golden.format.VectorOperation;
import org.dropoutspec.golden.topic.OperationTopic;
import org.dropoutspec.golden.topic.ScriptedWords;
import org.dropoutspec.golden.word.Ieee;
import org.dropoutspec.implementation.Choices;
import org.dropoutspec.implementation.Choices.Scaling;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Vectors of recurrent dropout: Elman's cell over one to three steps, with both masks. */
final class RecurrentVectors implements VectorOperation {
    private static final Note ANEW = new Note(
            "mask-anew-at-each-step",
            "draws a mask anew at each step",
            "Gal and Ghahramani 2016, the naive way that they compare with");
    private static final Note EXCHANGED = new Note(
            "masks-exchanged",
            "uses one mask or one rate for both connections, or exchanges them",
            "no report known; two masks of one shape where inputs and states are as many");
    private static final Note PUT_OUT = new Note(
            "output-masked",
            "masks the state that is put out, and not what comes back",
            "no report known; dropout after the cell");
    private static final Note GRADIENT = new Note(
            "gradient-of-another-cell",
            "leaves a mask or its scale out of a gradient",
            "no report known; the mask is applied far from the weight");

    @Override
    public String name() {
        return RecurrentDropout.NAME;
    }

    @Override
    public Set<String> fields() {
        return Set.of(
                "training",
                "rate",
                "recurrent_rate",
                "input",
                "weight_input",
                "weight_recurrent",
                "bias",
                "mask",
                "recurrent_mask",
                "grad_output");
    }

    @Override
    public List<Drawn> drawn(OperationCall call) {
        Shape input = call.tensor("input").shape();
        int states = call.tensor("bias").size();
        return List.of(
                Drawn.mask("mask", Shape.of(input.extent(1), input.extent(2)), call.rate()),
                Drawn.mask("recurrent_mask", Shape.of(input.extent(1), states), call.number("recurrent_rate")));
    }

    @Override
    public List<String> gradients() {
        return List.of("grad_input", "grad_weight_input", "grad_weight_recurrent", "grad_bias");
    }

    @Override
    public Map<String, Object> answer(OperationCall call, Choices choices) {
        ExactCell cell = new ExactCell(call, choices.scaling() == Scaling.INVERTED);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("output", cell.output());
        if (call.has("grad_output")) {
            answer.putAll(cell.gradients(call.tensor("grad_output")));
        }
        return answer;
    }

    @Override
    public VectorFile file() {
        OperationTopic topic = new OperationTopic(
                this, "Recurrent dropout: Elman's cell, with a mask of what comes in and one of what comes back.");
        for (Ieee format : new Ieee[] {Ieee.FLOAT32, Ieee.FLOAT64}) {
            String id = "rnn-" + format.dtype() + "-";
            OperationCall small = call(topic, format, 3, 1, 0.5, 0.25)
                    .with("mask", ScriptedWords.mask(Shape.of(1, 2), "10"))
                    .with("recurrent_mask", ScriptedWords.mask(Shape.of(1, 2), "01"));
            topic.add(
                    id + "steps",
                    "RNN-1",
                    "three steps, one input and one state dropped",
                    small,
                    ANEW,
                    EXCHANGED,
                    PUT_OUT);
            topic.add(
                    id + "backward",
                    "RNN-5",
                    "and the gradients through time",
                    small.with("grad_output", upstream(format, Shape.of(3, 1, 2))),
                    GRADIENT);
            OperationCall batch = call(topic, format, 2, 2, 0.25, 0.5)
                    .with("mask", ScriptedWords.mask(Shape.of(2, 2), "1101"))
                    .with("recurrent_mask", ScriptedWords.mask(Shape.of(2, 2), "0111"))
                    .with("grad_output", upstream(format, Shape.of(2, 2, 2)));
            topic.add(id + "batch", "RNN-2", "each example has masks of its own", batch, ANEW, EXCHANGED, GRADIENT);
            topic.add(
                    id + "input-alone",
                    "RNN-1",
                    "rate 0 keeps what comes back",
                    call(topic, format, 2, 1, 0.75, 0)
                            .with("mask", ScriptedWords.mask(Shape.of(1, 2), "01"))
                            .with("recurrent_mask", ScriptedWords.mask(Shape.of(1, 2), "1")),
                    EXCHANGED);
            topic.add(
                    id + "evaluation",
                    "RNN-7",
                    "evaluation is Elman's cell",
                    small.without("mask").without("recurrent_mask").with("training", false),
                    PUT_OUT);
            topic.add(
                    id + "evaluation-backward",
                    "RNN-7",
                    "and so is its gradient",
                    small.without("mask")
                            .without("recurrent_mask")
                            .with("training", false)
                            .with("grad_output", upstream(format, Shape.of(3, 1, 2))),
                    GRADIENT);
            topic.add(
                    id + "recurrent-rate-1",
                    "RATE-8",
                    "at recurrent rate 1 nothing comes back, or the call is rejected",
                    small.with("recurrent_rate", 1.0).with("recurrent_mask", ScriptedWords.mask(Shape.of(1, 2), "0")));
        }
        topic.addBadRates("rnn-rate", "rate", call(topic, Ieee.FLOAT32, 1, 1, 0.5, 0.5));
        topic.addBadRates("rnn-recurrent-rate", "recurrent_rate", call(topic, Ieee.FLOAT32, 1, 1, 0.5, 0.5));
        return topic.file();
    }

    /** A call with two inputs and two states, in which no two weights are equal. */
    private static OperationCall call(
            OperationTopic topic, Ieee format, int steps, int examples, double rate, double recurrentRate) {
        Tensor x = ScriptedWords.tile(format, Shape.of(steps, examples, 2), "0.5 -1 0.75 1.5 -0.25");
        return topic.call(rate, true)
                .with("recurrent_rate", recurrentRate)
                .with("input", x)
                .with("weight_input", ScriptedWords.tensor(format, Shape.of(2, 2), "0.5 -0.25 0.375 0.75"))
                .with("weight_recurrent", ScriptedWords.tensor(format, Shape.of(2, 2), "-0.5 0.625 0.25 0.875"))
                .with("bias", ScriptedWords.vector(format, "0.125 -0.375"));
    }

    private static Tensor upstream(Ieee format, Shape shape) {
        return ScriptedWords.tile(format, shape, "1 -0.5 0.25 2 -1.5");
    }
}
