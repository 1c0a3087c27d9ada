package org.dropoutspec.golden.topic;

import org.dropoutspec.golden.format.Requirements;
import org.dropoutspec.golden.format.VectorFile;
import org.dropoutspec.golden.word.Ieee;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Shapes: scalars, ranks up to 5, extents of 0, broadcast masks, strided input. */
final class ShapeTopic {
    private final Topic topic =
            new Topic("shapes", "Rank 0 to 5, extents of 0, masks that are broadcast, input in strided memory.");

    private ShapeTopic() {}

    static VectorFile file() {
        ShapeTopic shapes = new ShapeTopic();
        for (Ieee format : Ieee.values()) {
            shapes.ranks(format);
        }
        for (Ieee format : new Ieee[] {Ieee.FLOAT32, Ieee.FLOAT16}) {
            shapes.noiseShapes(format);
            shapes.strided(format);
            new ViewVectors(shapes.topic, format).add();
        }
        return shapes.topic.file();
    }

    private void ranks(Ieee format) {
        int[][] shapes = {{}, {1}, {2, 3}, {2, 1, 3}, {1, 2, 2, 2}, {1, 2, 1, 3, 2}, {0}, {2, 0, 3}, {0, 0}};
        for (int[] extents : shapes) {
            Shape shape = Shape.of(extents);
            boolean edge = shape.rank() == 0 || shape.size() == 0;
            String edges = shape.rank() == 0 ? Requirements.SCALAR : Requirements.EMPTY;
            String output = shape.rank() == 1 ? Requirements.SAME_TYPE : Requirements.SAME_SHAPE;
            Flag flag = edge ? Flag.SCALAR_OR_EMPTY : Flag.DTYPE_CHANGED;
            Call call = Call.training(0.5, ScriptedWords.counting(format, shape))
                    .withMask(ScriptedWords.mask(shape, "101"));
            String id = "shape-" + format.dtype() + "-" + name(shape);
            topic.add(id, edge ? edges : output, "output of the type and shape of the input", call, flag);
            topic.add(
                    id + "-backward",
                    edge ? edges : Requirements.GRADIENT_TYPE_AND_SHAPE,
                    "gradient of the type and shape of the input",
                    call.withGradOutput(ScriptedWords.counting(format, shape)),
                    flag);
            topic.add(
                    id + "-evaluation",
                    edge ? edges : output,
                    "and in evaluation",
                    Call.evaluation(0.5, ScriptedWords.counting(format, shape)),
                    flag);
        }
    }

    private void noiseShapes(Ieee format) {
        int[][][] good = {
            {{2, 3}, {2, 1}},
            {{2, 3}, {1, 3}},
            {{2, 3}, {1, 1}},
            {{2, 3}, {3}},
            {{2, 3}, {}},
            {{2, 2, 3}, {2, 1, 3}},
            {{2, 2, 3}, {1, 2, 1}},
            {{2, 2, 3}, {2, 1}}
        };
        for (int[][] shapes : good) {
            Shape shape = Shape.of(shapes[0]);
            Shape noise = Shape.of(shapes[1]);
            String id = "noise-" + format.dtype() + "-" + name(shape) + "-by-" + name(noise);
            Call call = Call.training(0.25, ScriptedWords.counting(format, shape))
                    .withNoiseShape(noise)
                    .withMask(ScriptedWords.mask(noise, "10"));
            topic.add(
                    id,
                    Requirements.NOISE_SHAPE,
                    "elements that share a cell of the mask are kept or dropped together",
                    call,
                    Flag.NOISE_SHAPE_IGNORED);
            topic.add(
                    id + "-backward",
                    Requirements.NOISE_SHAPE,
                    "and so are their gradients",
                    call.withGradOutput(ScriptedWords.counting(format, shape)),
                    Flag.NOISE_SHAPE_IGNORED);
        }
        int[][][] bad = {{{1, 3}, {4, 3}}, {{2, 3}, {2, 2}}, {{2}, {3}}, {{2, 3}, {1, 2, 3}}, {{2, 3}, {2}}};
        for (int[][] shapes : bad) {
            Shape shape = Shape.of(shapes[0]);
            Shape noise = Shape.of(shapes[1]);
            topic.add(
                    "noise-" + format.dtype() + "-" + name(shape) + "-by-" + name(noise) + "-bad",
                    Requirements.BAD_NOISE_SHAPE,
                    "this mask does not broadcast to the shape of the input",
                    Call.training(0.5, ScriptedWords.counting(format, shape)).withNoiseShape(noise),
                    Flag.NOISE_SHAPE_GROWS);
        }
    }

    private void strided(Ieee format) {
        int[][][] views = {
            {{2, 3}, {1, 0}},
            {{3, 2}, {1, 0}},
            {{2, 2, 3}, {2, 0, 1}},
            {{2, 2, 3}, {0, 2, 1}},
            {{1, 2, 3, 2}, {0, 2, 3, 1}}
        };
        for (int[][] view : views) {
            Shape buffer = Shape.of(view[0]);
            Shape shape = buffer.permuted(view[1]);
            Tensor gradient = ScriptedWords.counting(format, shape);
            String id = "strided-" + format.dtype() + "-" + name(buffer) + "-axes-" + name(Shape.of(view[1]));
            Call call =
                    Call.training(0.75, ScriptedWords.counting(format, buffer)).withPermutation(view[1]);
            Call masked = call.withMask(ScriptedWords.mask(shape, "11010"));
            String comment = "the input is a transposed view: the mask goes by its elements, not by its memory";
            topic.add(id, Requirements.STRIDED, comment, masked, Flag.STRIDES_IGNORED);
            topic.add(
                    id + "-backward",
                    Requirements.STRIDED,
                    comment,
                    masked.withGradOutput(gradient),
                    Flag.STRIDES_IGNORED);
            topic.add(
                    id + "-evaluation",
                    Requirements.STRIDED_EVALUATION,
                    "the input is a transposed view, and evaluation gives it back",
                    call.withTraining(false),
                    Flag.STRIDES_IGNORED);
        }
    }

    /** The shape in an id: {@code 2x3}, or {@code scalar} for rank 0. */
    static String name(Shape shape) {
        StringBuilder name = new StringBuilder();
        for (int extent : shape.extents()) {
            name.append(name.length() == 0 ? "" : "x").append(extent);
        }
        return name.length() == 0 ? "scalar" : name.toString();
    }
}
