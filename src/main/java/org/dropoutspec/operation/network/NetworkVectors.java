package org.dropoutspec.operation.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dropoutspec.golden.format.VectorFile;
import org.dropoutspec.golden.format.VectorFile.Note;
import org.dropoutspec.golden.format.VectorOperation;
import org.dropoutspec.golden.topic.Flag;
import org.dropoutspec.golden.topic.OperationTopic;
import org.dropoutspec.golden.topic.ScriptedWords;
import org.dropoutspec.golden.word.Ieee;
import org.dropoutspec.implementation.Choices;
import org.dropoutspec.implementation.Choices.Scaling;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.ResultField;
import org.dropoutspec.implementation.ResultField.Kind;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Vectors of a step of a network with dropout of the input and of a hidden layer. */
final class NetworkVectors implements VectorOperation {
    private static final Note EXCHANGED = new Note(
            "layers-masks-exchanged",
            "uses one layer's mask or rate for another one",
            "no report known; masks kept in a list");
    private static final Note GRADIENT = new Note(
            "unthinned-gradient", "passes a gradient through a dropped unit, or leaves the scale out", "numpy-ml#94");
    private static final Note MEAN = new Note(
            "loss-summed",
            "sums the loss over the batch, or its gradient, and does not take the mean",
            "no report known");

    private static final Note OVERFLOW = new Note(
            "exponentials-overflow",
            "takes the exponentials of the logits as they are, not of how far they are below the largest",
            "no report known");

    /** The bias of the three classes. */
    private static final String BIAS = "0.125 -0.25 0";

    @Override
    public String name() {
        return NetworkDropout.NAME;
    }

    @Override
    public Set<String> fields() {
        return Set.of("training", "layers", "input", "target", "masks", "gradients");
    }

    @Override
    public List<Drawn> drawn(OperationCall call) {
        List<Drawn> drawn = new ArrayList<>();
        int width = call.tensor("input").shape().extent(1);
        for (Map<?, ?> layer : layers(call)) {
            if (layer.get("dense") instanceof Map<?, ?> dense) {
                width = ((Tensor) NetworkLayers.required(dense, "bias")).size();
            } else if (layer.get("dropout") instanceof Map<?, ?> dropout) {
                Shape shape = Shape.of(call.tensor("input").shape().extent(0), width);
                drawn.add(new Drawn("masks", drawn.size(), shape, (Double) NetworkLayers.required(dropout, "rate")));
            }
        }
        return drawn;
    }

    static List<Map<?, ?>> layers(OperationCall call) {
        List<Map<?, ?>> layers = new ArrayList<>();
        ((List<?>) call.required("layers")).forEach(layer -> layers.add((Map<?, ?>) layer));
        return layers;
    }

    @Override
    public List<ResultField> result(OperationCall call) {
        List<ResultField> fields = new ArrayList<>(
                List.of(ResultField.of("loss", Kind.NUMBER), ResultField.of("activations", Kind.TENSORS)));
        if (call.flag("gradients")) {
            fields.add(ResultField.of("gradients", Kind.TENSORS_BY_NAME));
            fields.add(ResultField.tensor("grad_input"));
        }
        return fields;
    }

    @Override
    public Map<String, Object> answer(OperationCall call, Choices choices) {
        return new NetworkDerivation(call, choices.scaling() == Scaling.INVERTED).answer();
    }

    @Override
    public VectorFile file() {
        OperationTopic topic = new OperationTopic(
                this,
                "A step of a network: loss, what each layer gives, and all gradients, under a mask for each dropout layer.");
        for (Ieee format : new Ieee[] {Ieee.FLOAT32, Ieee.FLOAT64}) {
            String id = "network-" + format.dtype() + "-";
            OperationCall step = step(format, 0.25, 0.5)
                    .with(
                            "masks",
                            List.of(
                                    ScriptedWords.mask(Shape.of(2, 2), "1101"),
                                    ScriptedWords.mask(Shape.of(2, 2), "0110")));
            topic.add(id + "forward", "NET-1", "dropout of the input and of the hidden layer", step, EXCHANGED, MEAN);
            topic.add(
                    id + "backward",
                    "NET-3",
                    "and the gradients of the thinned network",
                    step.with("gradients", true),
                    GRADIENT,
                    EXCHANGED,
                    MEAN);
            topic.add(
                    id + "dropped-unit",
                    "NET-4",
                    "a hidden unit that is dropped in the whole batch gets no gradient and gives none",
                    step.with("gradients", true)
                            .with(
                                    "masks",
                                    List.of(
                                            ScriptedWords.mask(Shape.of(2, 2), "1"),
                                            ScriptedWords.mask(Shape.of(2, 2), "10"))),
                    GRADIENT);
            topic.add(
                    id + "large-logits",
                    "NET-2",
                    "logits near 100, whose exponentials float32 does not hold",
                    step(format, 0.25, 0.5, "100.125 99.75 100").with("masks", step.required("masks")),
                    OVERFLOW);
            topic.add(
                    id + "evaluation",
                    "NET-5",
                    "evaluation is the network without dropout",
                    step.without("masks").with("training", false).with("gradients", true),
                    MEAN);
        }
        Note clamped = Flag.BAD_RATE_CLAMPED.note();
        topic.add(
                "network-rate-negative",
                "RATE-2",
                "a layer of a negative rate is rejected",
                step(Ieee.FLOAT32, 0.25, -0.5),
                clamped);
        topic.add(
                "network-rate-above-1",
                "RATE-3",
                "a layer of a rate above 1 is rejected",
                step(Ieee.FLOAT32, 1.5, 0.5),
                clamped);
        return topic.file();
    }

    private static OperationCall step(Ieee format, double first, double second) {
        return step(format, first, second, BIAS);
    }

    /** A step with two inputs, two hidden units that no ReLU stops, and three classes. */
    private static OperationCall step(Ieee format, double first, double second, String bias) {
        return OperationCall.of(NetworkDropout.NAME)
                .with("training", true)
                .with(
                        "layers",
                        List.of(
                                NetworkLayers.dropout(first),
                                NetworkLayers.dense(
                                        ScriptedWords.tensor(format, Shape.of(2, 2), "0.5 -0.25 0.375 0.75"),
                                        ScriptedWords.vector(format, "1 0.5")),
                                NetworkLayers.relu(),
                                NetworkLayers.dropout(second),
                                NetworkLayers.dense(
                                        ScriptedWords.tensor(format, Shape.of(3, 2), "0.25 -0.5 0.125 0.375 -0.75 0.5"),
                                        ScriptedWords.vector(format, bias))))
                .with("input", ScriptedWords.tensor(format, Shape.of(2, 2), "1 0.5 0.25 2"))
                .with("target", List.of(2L, 0L));
    }
}
