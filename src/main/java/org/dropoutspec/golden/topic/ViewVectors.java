package org.dropoutspec.golden.topic;

import org.dropoutspec.golden.format.Requirements;
import org.dropoutspec.golden.word.Ieee;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Noise shapes of high rank, of strided views and of empty tensors, and the shapes of answers for strided views. */
final class ViewVectors {
    private final Topic topic;
    private final Ieee format;

    ViewVectors(Topic topic, Ieee format) {
        this.topic = topic;
        this.format = format;
    }

    void add() {
        noiseOfHighRank();
        noiseOfViews();
        noiseOfNothing();
        emptyViews();
        shapesOfViews();
    }

    private void noiseOfHighRank() {
        int[][][] pairs = {
            {{2, 1, 3, 2}, {2, 1, 1, 2}},
            {{2, 1, 3, 2}, {1, 1, 3, 1}},
            {{2, 1, 3, 2}, {3, 1}},
            {{1, 2, 1, 3, 2}, {1, 2, 1, 1, 2}},
            {{1, 2, 1, 3, 2}, {1, 1, 1, 3, 1}},
            {{1, 2, 1, 3, 2}, {2, 1, 1, 2}}
        };
        for (int[][] pair : pairs) {
            Shape shape = Shape.of(pair[0]);
            Shape noise = Shape.of(pair[1]);
            noise(id("noise", shape) + "-by-" + ShapeTopic.name(noise), Call.training(0.75, counting(shape)), noise);
        }
    }

    private void noiseOfViews() {
        int[][][] views = {
            {{2, 3}, {1, 0}, {3, 1}},
            {{2, 3}, {1, 0}, {1, 2}},
            {{2, 3}, {1, 0}, {2}},
            {{2, 2, 3}, {2, 0, 1}, {3, 1, 2}},
            {{2, 2, 3}, {2, 0, 1}, {1, 2, 1}},
            {{1, 2, 3, 2}, {0, 2, 3, 1}, {1, 3, 1, 2}}
        };
        for (int[][] view : views) {
            Shape noise = Shape.of(view[2]);
            Call call = view(view[0], view[1]);
            noise(viewId("noise", view) + "-by-" + ShapeTopic.name(noise), call, noise);
        }
    }

    private void noise(String id, Call plain, Shape noise) {
        Call call = plain.withNoiseShape(noise).withMask(ScriptedWords.mask(noise, "10"));
        Flag strided = call.permutation().isPresent() ? Flag.STRIDES_IGNORED : null;
        topic.add(
                id,
                Requirements.NOISE_SHAPE,
                "elements that share a cell of the mask are kept or dropped together",
                call,
                Flag.NOISE_SHAPE_IGNORED,
                strided);
        topic.add(
                id + "-backward",
                Requirements.NOISE_SHAPE,
                "and so are their gradients",
                call.withGradOutput(counting(call.shape())),
                Flag.NOISE_SHAPE_IGNORED,
                strided);
    }

    private void noiseOfNothing() {
        int[][][] pairs = {{{0}, {1}}, {{0, 3}, {1, 3}}, {{2, 0, 3}, {2, 1, 3}}, {{2, 0, 3}, {2, 0, 1}}};
        for (int[][] pair : pairs) {
            Shape shape = Shape.of(pair[0]);
            Shape noise = Shape.of(pair[1]);
            Call call = Call.training(0.5, counting(shape)).withNoiseShape(noise);
            topic.add(
                    id("noise", shape) + "-by-" + ShapeTopic.name(noise),
                    Requirements.EMPTY,
                    "a noise shape of a tensor without elements may have elements, and shares none of them",
                    call.withMask(ScriptedWords.mask(noise, "10")).withGradOutput(call.input()),
                    Flag.SCALAR_OR_EMPTY);
        }
        Shape shape = Shape.of(0, 3);
        topic.add(
                id("noise", shape) + "-by-2x3-bad",
                Requirements.BAD_NOISE_SHAPE,
                "2 is neither 1 nor 0, the input's extent",
                Call.training(0.5, counting(shape)).withNoiseShape(Shape.of(2, 3)),
                Flag.NOISE_SHAPE_GROWS);
    }

    private void emptyViews() {
        int[][][] views = {{{0, 3}, {1, 0}}, {{2, 0, 3}, {2, 0, 1}}};
        for (int[][] view : views) {
            Call call = view(view[0], view[1]);
            String id = viewId("strided", view);
            String comment = "a view of a tensor without elements";
            topic.add(
                    id,
                    Requirements.EMPTY,
                    comment,
                    call.withMask(ScriptedWords.mask(call.shape(), "10")).withGradOutput(counting(call.shape())),
                    Flag.SCALAR_OR_EMPTY);
            topic.add(id + "-evaluation", Requirements.EMPTY, comment, call.withTraining(false), Flag.SCALAR_OR_EMPTY);
        }
    }

    /** Vectors whose elements are all the same, so that only a shape can be wrong. */
    private void shapesOfViews() {
        int[][][] views = {{{2, 3}, {1, 0}}, {{1, 2, 3}, {2, 0, 1}}, {{3, 1, 2}, {1, 2, 0}}, {{1, 2, 3}, {0, 2, 1}}};
        for (int[][] view : views) {
            Shape buffer = Shape.of(view[0]);
            Call call = Call.training(0.5, ones(buffer)).withPermutation(view[1]);
            Call backward = call.withMask(ScriptedWords.mask(call.shape(), "1")).withGradOutput(ones(call.shape()));
            String id = viewId("strided", view) + "-shape";
            String comment = "output and gradient have the shape of the view";
            topic.add(id, Requirements.STRIDED_SHAPE, comment, backward, Flag.STRIDED_SHAPE_LOST);
            topic.add(
                    id + "-evaluation",
                    Requirements.STRIDED_SHAPE,
                    comment,
                    call.withTraining(false).withGradOutput(ones(call.shape())),
                    Flag.STRIDED_SHAPE_LOST);
        }
    }

    private Call view(int[] buffer, int[] axes) {
        return Call.training(0.75, counting(Shape.of(buffer))).withPermutation(axes);
    }

    private Tensor counting(Shape shape) {
        return ScriptedWords.counting(format, shape);
    }

    private Tensor ones(Shape shape) {
        return ScriptedWords.tile(format, shape, "1");
    }

    private String id(String kind, Shape shape) {
        return kind + "-" + format.dtype() + "-" + ShapeTopic.name(shape);
    }

    private String viewId(String kind, int[][] view) {
        return id(kind, Shape.of(view[0])) + "-axes-" + ShapeTopic.name(Shape.of(view[1]));
    }
}
