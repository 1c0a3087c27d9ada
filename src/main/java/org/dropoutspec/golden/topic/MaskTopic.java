package org.dropoutspec.golden.topic;

import org.dropoutspec.golden.format.Requirements;
import org.dropoutspec.golden.format.VectorFile;
import org.dropoutspec.golden.word.Ieee;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Masks that a call gives, and masks that an answer reports. */
final class MaskTopic {
    private final Topic topic =
            new Topic("masks", "A mask that is given is applied as it is; one that is reported has its own shape.");

    private MaskTopic() {}

    static VectorFile file() {
        MaskTopic masks = new MaskTopic();
        for (Ieee format : Ieee.values()) {
            for (NamedRate rate : NamedRate.held(format, "0", "0.1", "0.9")) {
                masks.given(format, rate);
            }
            masks.givenBackward(format);
            masks.reported(format);
        }
        return masks.topic.file();
    }

    private void given(Ieee format, NamedRate rate) {
        String id = "mask-" + format.dtype() + "-r" + rate.name() + "-";
        given(id + "all", format, rate, "1");
        given(id + "none", format, rate, "0");
        given(id + "first", format, rate, "10000000");
        given(id + "all-but-last", format, rate, "11111110");
    }

    private void given(String id, Ieee format, NamedRate rate, String digits) {
        Tensor x = ScriptedWords.counting(format, Shape.of(8));
        topic.add(
                id,
                Requirements.MASK_APPLIED,
                "the mask that is given is applied, whatever the rate has to do with it",
                Call.training(rate.value(), x).withMask(ScriptedWords.mask(x.shape(), digits)),
                rate.value() == 0 && !digits.equals("1") ? Flag.GIVEN_MASK_IGNORED : null);
    }

    private void givenBackward(Ieee format) {
        Tensor x = ScriptedWords.counting(format, Shape.of(2, 4));
        topic.add(
                "mask-" + format.dtype() + "-backward",
                Requirements.MASK_APPLIED,
                "to the gradient too",
                Call.training(0.5, x)
                        .withMask(ScriptedWords.mask(x.shape(), "10110010"))
                        .withGradOutput(ScriptedWords.tile(format, x.shape(), "3 -5 7")),
                Flag.BACKWARD_MASK_OMITTED);
    }

    private void reported(Ieee format) {
        int[][] shapes = {{5}, {2, 3}, {2, 1, 3}, {1, 2, 2, 2}, {1, 2, 1, 3, 2}};
        for (int[] extents : shapes) {
            Shape shape = Shape.of(extents);
            reported(format, shape, shape, "mask-" + format.dtype() + "-reported-" + ShapeTopic.name(shape));
        }
        int[][][] noises = {{{2, 3}, {2, 1}}, {{2, 3}, {3}}, {{2, 2, 3}, {1, 2, 1}}, {{2, 1, 3, 2}, {2, 1, 1, 2}}};
        for (int[][] pair : noises) {
            Shape shape = Shape.of(pair[0]);
            Shape noise = Shape.of(pair[1]);
            String name = ShapeTopic.name(shape) + "-by-" + ShapeTopic.name(noise);
            reported(format, shape, noise, "mask-" + format.dtype() + "-reported-" + name);
        }
    }

    private void reported(Ieee format, Shape shape, Shape noise, String id) {
        Call call =
                Call.training(0.5, ScriptedWords.counting(format, shape)).withMask(ScriptedWords.mask(noise, "101"));
        topic.add(
                id,
                Requirements.MASK_SHAPE,
                "the mask is reported as bool, in the noise shape where there is one and else in the input's",
                noise.equals(shape) ? call : call.withNoiseShape(noise),
                Flag.MASK_SHAPE_WRONG);
    }
}
