package org.dropoutspec.golden.topic;

import org.dropoutspec.golden.format.Requirements;
import org.dropoutspec.golden.format.VectorFile;
import org.dropoutspec.golden.word.Ieee;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/**
 * Sizes around those of vectors, warps and blocks. Input, mask and gradient repeat after 5, 7 and 3 elements, which
 * divide no power of two, so whoever confuses two elements takes a wrong one.
 */
final class SizeTopic {
    private static final int[][] SHAPES = {
        {13},
        {15},
        {16},
        {17},
        {31},
        {32},
        {33},
        {63},
        {64},
        {65},
        {255},
        {256},
        {257},
        {1023},
        {1024},
        {1025},
        {3, 17},
        {5, 33},
        {2, 129},
        {7, 3, 13}
    };

    private final Topic topic = new Topic(
            "sizes", "13 to 1,025 elements, around 16, 32, 64, 256 and 1,024: the tails of vectors, warps and blocks.");

    private SizeTopic() {}

    static VectorFile file() {
        SizeTopic sizes = new SizeTopic();
        for (Ieee format : Ieee.values()) {
            for (int[] extents : SHAPES) {
                sizes.add(format, Shape.of(extents));
            }
        }
        return sizes.topic.file();
    }

    private void add(Ieee format, Shape shape) {
        String id = "size-" + format.dtype() + "-" + ShapeTopic.name(shape);
        Tensor x = ScriptedWords.tile(format, shape, "1 -2 3 -4 5");
        Tensor gradient = ScriptedWords.tile(format, shape, "7 -0.5 6");
        topic.add(
                id,
                Requirements.EVERY_ELEMENT,
                "every element is dropped or scaled, the last ones too",
                Call.training(0.75, x)
                        .withMask(ScriptedWords.mask(shape, "1011010"))
                        .withGradOutput(gradient),
                Flag.TAIL_LOST);
        topic.add(
                id + "-evaluation",
                Requirements.EVALUATION,
                "every element comes out as it went in, the last ones too",
                Call.evaluation(0.75, x).withGradOutput(gradient),
                Flag.TAIL_LOST);
    }
}
