package org.dropoutspec.operation.attention;

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

/** Vectors of attention dropout: one and two examples, up to three keys. */
final class AttentionVectors implements VectorOperation {
    private static final Note BEFORE = new Note(
            "masked-before-softmax",
            "masks the scores and not the probabilities, or takes the softmax anew over what is kept",
            "no report known; masks of padding are applied there");
    private static final Note AFTER = new Note(
            "masked-after-product",
            "masks what is put out and not the probabilities",
            "no report known; dropout after the layer");
    private static final Note UNSCALED =
            new Note("probabilities-unscaled", "does not scale the probabilities that are kept", "no report known");
    private static final Note GRADIENT = new Note(
            "query-gradient-unmasked",
            "leaves the mask out of the gradient of query and key",
            "no report known; fused backward kernels draw the mask again");

    @Override
    public String name() {
        return AttentionDropout.NAME;
    }

    @Override
    public Set<String> fields() {
        return Set.of("training", "rate", "query", "key", "value", "scale", "mask", "grad_output");
    }

    @Override
    public List<Drawn> drawn(OperationCall call) {
        Shape query = call.tensor("query").shape();
        Shape key = call.tensor("key").shape();
        return List.of(Drawn.mask("mask", Shape.of(query.extent(0), query.extent(1), key.extent(1)), call.rate()));
    }

    @Override
    public List<String> gradients() {
        return List.of("grad_query", "grad_key", "grad_value");
    }

    @Override
    public Map<String, Object> answer(OperationCall call, Choices choices) {
        return new AttentionDerivation(call, choices.scaling() == Scaling.INVERTED).answer();
    }

    @Override
    public VectorFile file() {
        OperationTopic topic = new OperationTopic(
                this, "Attention dropout: probabilities are dropped after the softmax, and what is kept is scaled.");
        for (Ieee format : new Ieee[] {Ieee.FLOAT32, Ieee.FLOAT64}) {
            String id = "attention-" + format.dtype() + "-";
            OperationCall call = topic.call(0.5, true)
                    .with("query", ScriptedWords.tensor(format, Shape.of(1, 2, 2), "0.5 -0.25 0.75 0.5"))
                    .with("key", ScriptedWords.tensor(format, Shape.of(1, 3, 2), "0.25 0.5 -0.5 1 0.75 -0.125"))
                    .with("value", ScriptedWords.tensor(format, Shape.of(1, 3, 2), "1 2 3 5 7 11"))
                    .with("scale", 0.5)
                    .with("mask", ScriptedWords.mask(Shape.of(1, 2, 3), "101011"));
            topic.add(
                    id + "forward",
                    "ATTN-1",
                    "two queries, three keys, one of each dropped",
                    call,
                    BEFORE,
                    AFTER,
                    UNSCALED);
            topic.add(
                    id + "backward",
                    "ATTN-3",
                    "and the gradients",
                    call.with("grad_output", ScriptedWords.tensor(format, Shape.of(1, 2, 2), "1 -0.5 0.25 2")),
                    GRADIENT,
                    UNSCALED);
            topic.add(
                    id + "batch",
                    "ATTN-2",
                    "two examples with masks of their own",
                    topic.call(0.25, true)
                            .with("query", ScriptedWords.tensor(format, Shape.of(2, 2, 1), "0.5 -0.25 0.75 0.5"))
                            .with("key", ScriptedWords.tensor(format, Shape.of(2, 2, 1), "0.25 0.5 -0.5 1"))
                            .with("value", ScriptedWords.tensor(format, Shape.of(2, 2, 1), "1 3 5 2"))
                            .with("scale", 1.0)
                            .with("mask", ScriptedWords.mask(Shape.of(2, 2, 2), "10110111"))
                            .with("grad_output", ScriptedWords.tensor(format, Shape.of(2, 2, 1), "1 2 0.5 3")),
                    BEFORE,
                    AFTER,
                    GRADIENT);
            topic.add(
                    id + "uniform",
                    "ATTN-1",
                    "queries of 0 give every key the same probability",
                    call.with("query", ScriptedWords.tile(format, Shape.of(1, 2, 2), "0")),
                    BEFORE,
                    UNSCALED);
            topic.add(
                    id + "evaluation",
                    "ATTN-4",
                    "evaluation is attention without dropout",
                    call.without("mask").with("training", false),
                    BEFORE,
                    UNSCALED);
            topic.add(
                    id + "evaluation-backward",
                    "ATTN-4",
                    "and so are its gradients",
                    call.without("mask")
                            .with("training", false)
                            .with("grad_output", ScriptedWords.tensor(format, Shape.of(1, 2, 2), "1 -0.5 0.25 2")),
                    GRADIENT);
            topic.add(
                    id + "rate-1",
                    "RATE-8",
                    "at rate 1 nothing is attended to, or the call is rejected",
                    call.with("rate", 1.0).with("mask", ScriptedWords.mask(Shape.of(1, 2, 3), "0")));
        }
        topic.addBadRates(
                "attention-rate",
                "rate",
                topic.call(0.5, true)
                        .with("query", ScriptedWords.tensor(Ieee.FLOAT32, Shape.of(1, 1, 1), "1"))
                        .with("key", ScriptedWords.tensor(Ieee.FLOAT32, Shape.of(1, 1, 1), "1"))
                        .with("value", ScriptedWords.tensor(Ieee.FLOAT32, Shape.of(1, 1, 1), "1"))
                        .with("scale", 1.0));
        return topic.file();
    }
}
