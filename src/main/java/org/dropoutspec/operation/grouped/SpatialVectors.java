package org.dropoutspec.operation.grouped;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.dropoutspec.golden.format.VectorFile;
import org.dropoutspec.golden.format.VectorFile.Note;
import org.dropoutspec.golden.topic.OperationTopic;
import org.dropoutspec.golden.topic.ScriptedWords;
import org.dropoutspec.golden.word.Ieee;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.tensor.Shape;

/** Vectors of spatial dropout: channels on either side, one to three spatial axes, strided input. */
final class SpatialVectors extends GroupedVectors {
    private static final Note AXIS = new Note(
            "channel-axis-confused",
            "takes axis 1 for the channels where they are last, or the other way round",
            "Keras and PyTorch lay channels out differently");
    private static final Note STRIDES = new Note(
            "channels-of-the-buffer",
            "finds the channels of a strided input in its memory",
            "the channels_last memory format");

    @Override
    public String name() {
        return SpatialDropout.NAME;
    }

    @Override
    public Set<String> fields() {
        Set<String> fields = new HashSet<>(super.fields());
        fields.addAll(Set.of("channel_axis", "permutation"));
        return fields;
    }

    @Override
    Shape maskShape(OperationCall call, Shape input) {
        int axis = (int) call.integer("channel_axis");
        if (axis != 1 && axis != input.rank() - 1) {
            throw new IllegalArgumentException("channel_axis (" + axis + ") must be 1 or the last");
        }
        return Shape.of(input.extent(0), input.extent(axis));
    }

    @Override
    Shape noiseShape(OperationCall call, Shape input) {
        int axis = (int) call.integer("channel_axis");
        int[] noise = new int[input.rank()];
        Arrays.fill(noise, 1);
        noise[0] = input.extent(0);
        noise[axis] = input.extent(axis);
        return Shape.of(noise);
    }

    @Override
    public VectorFile file() {
        OperationTopic topic = new OperationTopic(
                this, "Spatial dropout: whole channels of an example, on either axis, with one to three spatial axes.");
        for (Ieee format : Ieee.values()) {
            String id = "spatial-" + format.dtype() + "-";
            OperationCall first = topic.call(0.25, true)
                    .with("input", ScriptedWords.counting(format, Shape.of(2, 3, 2)))
                    .with("channel_axis", 1L)
                    .with("mask", ScriptedWords.mask(Shape.of(2, 3), "101011"))
                    .with("grad_output", ScriptedWords.tile(format, Shape.of(2, 3, 2), "3 -5 0.5 7 2"));
            topic.add(
                    id + "first",
                    "SPATIAL-1",
                    "channels on axis 1, scaled by 4/3",
                    first,
                    AN_ELEMENT,
                    NOT_SCALED,
                    GRADIENT);
            topic.add(
                    id + "last",
                    "SPATIAL-1",
                    "channels on the last axis, doubled",
                    topic.call(0.5, true)
                            .with("input", ScriptedWords.counting(format, Shape.of(2, 2, 3)))
                            .with("channel_axis", 2L)
                            .with("mask", ScriptedWords.mask(Shape.of(2, 3), "101011"))
                            .with("grad_output", ScriptedWords.tile(format, Shape.of(2, 2, 3), "3 -5 0.5 7 2")),
                    AN_ELEMENT,
                    AXIS,
                    GRADIENT);
            topic.add(
                    id + "square",
                    "SPATIAL-1",
                    "channels on the last axis, as many as the axis before has elements",
                    topic.call(0.5, true)
                            .with("input", ScriptedWords.counting(format, Shape.of(2, 3, 3)))
                            .with("channel_axis", 2L)
                            .with("mask", ScriptedWords.mask(Shape.of(2, 3), "101011")),
                    AN_ELEMENT,
                    AXIS);
            topic.add(
                    id + "volume",
                    "SPATIAL-1",
                    "three spatial axes",
                    topic.call(0.75, true)
                            .with("input", ScriptedWords.counting(format, Shape.of(1, 3, 2, 1, 2)))
                            .with("channel_axis", 1L)
                            .with("mask", ScriptedWords.mask(Shape.of(1, 3), "011")),
                    AN_ELEMENT,
                    NOT_SCALED);
            topic.add(
                    id + "strided",
                    "SPATIAL-2",
                    "channels last in memory, seen as channels first",
                    topic.call(0.5, true)
                            .with("input", ScriptedWords.counting(format, Shape.of(2, 2, 3)))
                            .with("channel_axis", 1L)
                            .with("mask", ScriptedWords.mask(Shape.of(2, 3), "110010"))
                            .with("permutation", new int[] {0, 2, 1}),
                    STRIDES);
            topic.add(
                    id + "evaluation",
                    "EVAL-1",
                    "evaluation drops nothing",
                    first.without("mask").with("training", false),
                    NOT_SCALED);
            topic.add(
                    id + "rate-1",
                    "RATE-8",
                    "at rate 1 all channels are dropped, or the call is rejected",
                    first.with("rate", 1.0).with("mask", ScriptedWords.mask(Shape.of(2, 3), "0")));
        }
        topic.addBadRates(
                "spatial-rate",
                "rate",
                topic.call(0.5, true)
                        .with("input", ScriptedWords.counting(Ieee.FLOAT32, Shape.of(1, 2, 2)))
                        .with("channel_axis", 1L));
        return topic.file();
    }
}
