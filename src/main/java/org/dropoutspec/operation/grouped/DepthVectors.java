package org.dropoutspec.operation.grouped;

import java.util.Arrays;
import org.dropoutspec.golden.format.VectorFile;
import org.dropoutspec.golden.topic.OperationTopic;
import org.dropoutspec.golden.topic.ScriptedWords;
import org.dropoutspec.golden.word.Ieee;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.tensor.Shape;

/** Vectors of stochastic depth: examples of one to three axes. */
final class DepthVectors extends GroupedVectors {
    @Override
    public String name() {
        return StochasticDepth.NAME;
    }

    @Override
    Shape maskShape(OperationCall call, Shape input) {
        return Shape.of(input.extent(0));
    }

    @Override
    Shape noiseShape(OperationCall call, Shape input) {
        int[] noise = new int[input.rank()];
        Arrays.fill(noise, 1);
        noise[0] = input.extent(0);
        return Shape.of(noise);
    }

    @Override
    public VectorFile file() {
        OperationTopic topic = new OperationTopic(this, "Stochastic depth: whole examples of a batch.");
        for (Ieee format : Ieee.values()) {
            String id = "depth-" + format.dtype() + "-";
            OperationCall call = topic.call(0.25, true)
                    .with("input", ScriptedWords.counting(format, Shape.of(4, 3)))
                    .with("mask", ScriptedWords.mask(Shape.of(4), "1011"))
                    .with("grad_output", ScriptedWords.tile(format, Shape.of(4, 3), "3 -5 0.5 7 2"));
            topic.add(id + "rows", "DEPTH-1", "one example of four is dropped", call, AN_ELEMENT, NOT_SCALED, GRADIENT);
            topic.add(
                    id + "vector",
                    "DEPTH-1",
                    "an example of a single element",
                    topic.call(0.5, true)
                            .with("input", ScriptedWords.counting(format, Shape.of(5)))
                            .with("mask", ScriptedWords.mask(Shape.of(5), "01101")),
                    NOT_SCALED);
            topic.add(
                    id + "images",
                    "DEPTH-1",
                    "examples of three axes",
                    topic.call(0.875, true)
                            .with("input", ScriptedWords.counting(format, Shape.of(3, 2, 1, 3)))
                            .with("mask", ScriptedWords.mask(Shape.of(3), "010")),
                    AN_ELEMENT,
                    NOT_SCALED);
            topic.add(
                    id + "evaluation",
                    "EVAL-1",
                    "evaluation drops nothing",
                    call.without("mask").with("training", false),
                    NOT_SCALED);
            topic.add(
                    id + "rate-1",
                    "RATE-8",
                    "at rate 1 all examples are dropped, or the call is rejected",
                    call.with("rate", 1.0).with("mask", ScriptedWords.mask(Shape.of(4), "0")));
        }
        topic.addBadRates(
                "depth-rate",
                "rate",
                topic.call(0.5, true).with("input", ScriptedWords.counting(Ieee.FLOAT32, Shape.of(2, 2))));
        return topic.file();
    }
}
