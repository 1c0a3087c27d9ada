package org.dropoutspec.operation.dropconnect;

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
import org.dropoutspec.golden.word.Ieee;
import org.dropoutspec.implementation.Choices;
import org.dropoutspec.implementation.Choices.Scaling;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Vectors of DropConnect, whose sums have the error that the chapter CONN allows. */
final class ConnectVectors implements VectorOperation {
    private static final Note OUTPUTS = new Note(
            "activations-masked", "drops what the layer puts out, or takes, and not its weights", "KerasDropconnect#1");
    private static final Note BIAS = new Note(
            "bias-masked", "drops or scales the bias too", "no report known; a mask of all parameters of a layer");
    private static final Note GRADIENT = new Note(
            "weight-gradient-unmasked",
            "gives a dropped weight a gradient, or leaves the scale out",
            "no report known; the gradient of the dense layer");

    @Override
    public String name() {
        return DropConnect.NAME;
    }

    @Override
    public Set<String> fields() {
        return Set.of("training", "rate", "input", "weight", "bias", "mask", "grad_output");
    }

    @Override
    public List<Drawn> drawn(OperationCall call) {
        Shape weight = call.tensor("weight").shape();
        boolean each = call.has("mask") && call.tensor("mask").shape().rank() == 3;
        Shape shape =
                each ? Shape.of(call.tensor("input").shape().extent(0), weight.extent(0), weight.extent(1)) : weight;
        return List.of(Drawn.mask("mask", shape, call.rate()));
    }

    @Override
    public Map<String, String> when(OperationCall call) {
        return call.has("mask")
                ? Map.of("weight_mask", call.tensor("mask").shape().rank() == 3 ? "example" : "call")
                : Map.of();
    }

    @Override
    public List<String> gradients() {
        return List.of("grad_input", "grad_weight", "grad_bias");
    }

    @Override
    public Map<String, Object> answer(OperationCall call, Choices choices) {
        return new Exact(call, choices).answer();
    }

    /** The arithmetic of one call. */
    private static final class Exact {
        private final OperationCall call;
        private final ElementArithmetic arithmetic;
        private final Tensor x;
        private final Tensor weight;
        private final int examples;
        private final int inputs;
        private final int outputs;
        private final Approximate scale;

        Exact(OperationCall call, Choices choices) {
            this.call = call;
            this.x = call.tensor("input");
            this.weight = call.tensor("weight");
            this.arithmetic = new ElementArithmetic(x.dtype());
            this.examples = x.shape().extent(0);
            this.inputs = x.shape().extent(1);
            this.outputs = weight.shape().extent(0);
            this.scale = ElementArithmetic.factor(call.rate(), call.training(), choices.scaling() == Scaling.INVERTED);
        }

        private boolean isKept(int b, int o, int i) {
            if (!call.training()) {
                return true;
            }
            Tensor mask = call.tensor("mask");
            int row = mask.shape().rank() == 3 ? b * outputs + o : o;
            return mask.bool(row * inputs + i) != 0;
        }

        Map<String, Object> answer() {
            Map<String, Object> answer = new LinkedHashMap<>();
            List<Approximate> output = new ArrayList<>();
            for (int b = 0; b < examples; b++) {
                for (int o = 0; o < outputs; o++) {
                    List<List<Approximate>> terms = new ArrayList<>();
                    for (int i = 0; i < inputs; i++) {
                        if (isKept(b, o, i)) {
                            terms.add(List.of(arithmetic.of(x, b * inputs + i), weight(o, i), scale));
                        }
                    }
                    terms.add(List.of(arithmetic.of(call.tensor("bias"), o)));
                    output.add(arithmetic.sum(inputs + 4, terms));
                }
            }
            answer.put("output", arithmetic.expected(Shape.of(examples, outputs), output));
            call.optionalTensor("grad_output").ifPresent(dy -> gradients(dy, answer));
            return answer;
        }

        private Approximate weight(int o, int i) {
            return arithmetic.of(weight, o * inputs + i);
        }

        private void gradients(Tensor dy, Map<String, Object> answer) {
            List<Approximate> ofInput = new ArrayList<>();
            for (int b = 0; b < examples; b++) {
                for (int i = 0; i < inputs; i++) {
                    List<List<Approximate>> terms = new ArrayList<>();
                    for (int o = 0; o < outputs; o++) {
                        if (isKept(b, o, i)) {
                            terms.add(List.of(arithmetic.of(dy, b * outputs + o), weight(o, i), scale));
                        }
                    }
                    ofInput.add(arithmetic.sum(outputs + 4, terms));
                }
            }
            answer.put("grad_input", arithmetic.expected(x.shape(), ofInput));
            List<Approximate> ofWeight = new ArrayList<>();
            List<Approximate> ofBias = new ArrayList<>();
            for (int o = 0; o < outputs; o++) {
                for (int i = 0; i < inputs; i++) {
                    List<List<Approximate>> terms = new ArrayList<>();
                    for (int b = 0; b < examples; b++) {
                        if (isKept(b, o, i)) {
                            terms.add(List.of(
                                    arithmetic.of(dy, b * outputs + o), arithmetic.of(x, b * inputs + i), scale));
                        }
                    }
                    ofWeight.add(arithmetic.sum(examples + 4, terms));
                }
                List<List<Approximate>> terms = new ArrayList<>();
                for (int b = 0; b < examples; b++) {
                    terms.add(List.of(arithmetic.of(dy, b * outputs + o)));
                }
                ofBias.add(arithmetic.sum(examples, terms));
            }
            answer.put("grad_weight", arithmetic.expected(weight.shape(), ofWeight));
            answer.put("grad_bias", arithmetic.expected(Shape.of(outputs), ofBias));
        }
    }

    @Override
    public VectorFile file() {
        OperationTopic topic = new OperationTopic(
                this,
                "DropConnect: a dense layer whose weights are dropped, with one mask for a call or for each example.");
        for (Ieee format : Ieee.values()) {
            String id = "connect-" + format.dtype() + "-";
            OperationCall call = topic.call(0.5, true)
                    .with("input", ScriptedWords.tensor(format, Shape.of(2, 3), "1 -2 3 0.5 4 -1"))
                    .with("weight", ScriptedWords.tensor(format, Shape.of(2, 3), "2 1 -3 -1 5 0.5"))
                    .with("bias", ScriptedWords.vector(format, "7 -11"))
                    .with("mask", ScriptedWords.mask(Shape.of(2, 3), "110011"))
                    .with("grad_output", ScriptedWords.tensor(format, Shape.of(2, 2), "1 -3 5 2"));
            topic.add(
                    id + "half",
                    "CONN-1",
                    "small whole numbers, doubled: exact in every order",
                    call,
                    OUTPUTS,
                    BIAS,
                    GRADIENT);
            topic.add(
                    id + "third",
                    "CONN-3",
                    "positive numbers scaled by 8/5",
                    topic.call(0.375, true)
                            .with("input", ScriptedWords.tensor(format, Shape.of(2, 3), "1 2 3 0.5 4 1"))
                            .with("weight", ScriptedWords.tensor(format, Shape.of(2, 3), "2 1 3 1 5 0.5"))
                            .with("bias", ScriptedWords.vector(format, "7 11"))
                            .with("mask", ScriptedWords.mask(Shape.of(2, 3), "011101"))
                            .with("grad_output", ScriptedWords.tensor(format, Shape.of(2, 2), "1 3 5 2")),
                    OUTPUTS,
                    BIAS,
                    GRADIENT);
            topic.add(
                    id + "example",
                    "CONN-4",
                    "a mask for each example",
                    call.with("mask", ScriptedWords.mask(Shape.of(2, 2, 3), "101011010110")),
                    OUTPUTS,
                    GRADIENT);
            topic.add(
                    id + "zero-input",
                    "CONN-2",
                    "a zero input shows the bias alone",
                    call.without("grad_output").with("input", ScriptedWords.tile(format, Shape.of(2, 3), "0")),
                    BIAS);
            topic.add(
                    id + "evaluation",
                    "CONN-7",
                    "evaluation is a dense layer",
                    call.without("mask").with("training", false),
                    OUTPUTS,
                    BIAS);
            topic.add(
                    id + "rate-1",
                    "RATE-8",
                    "at rate 1 every weight is dropped and the bias is left, or the call is rejected",
                    call.with("rate", 1.0).with("mask", ScriptedWords.mask(Shape.of(2, 3), "0")),
                    BIAS);
        }
        topic.addBadRates(
                "connect-rate",
                "rate",
                topic.call(0.5, true)
                        .with("input", ScriptedWords.tensor(Ieee.FLOAT32, Shape.of(1, 2), "1 -2"))
                        .with("weight", ScriptedWords.tensor(Ieee.FLOAT32, Shape.of(1, 2), "1 -2"))
                        .with("bias", ScriptedWords.vector(Ieee.FLOAT32, "1")));
        return topic.file();
    }
}
