package org.dropoutspec.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a requirement's failure usually means, and where to look in an implementation: by requirement, else by chapter.
 */
final class WhereToLook {
    private static final Map<String, String> BY_NAME = parsed("""
            RATE: The check of the rate in the first lines of the call: what it compares, in which type, and in which modes.
            RATE-1: A valid rate is refused: the check compares with < where it needs <=, or a cast turns a rate near 1 into 1.
            RATE-2,RATE-3,RATE-5: The rate is not checked, or it is clamped in silence. Look at who was to check it: the layer, the function, or the kernel.
            RATE-4: The check is written so that NaN passes, as in: if (rate < 0 || rate > 1). Ask instead for what is allowed: if (!(rate >= 0 && rate <= 1)).
            RATE-6: Evaluation returns before the rate is checked.
            RATE-7: The comparison of the draw with the rate: < in the place of <=, or a draw that can be negative or NaN.
            RATE-8: Rate 1 has no branch of its own: 1/(1 - rate) is infinite, and 0 times infinity is NaN; or a draw can be equal to 1. The gradient needs the branch too.
            RATE-9: What the layer's documentation says of rate 1, and its check.
            RATE-11: The rate is rounded before it is compared: to a float, to a byte or to a table of thresholds.
            MASK: The generator, and how a draw is compared with the rate.
            MASK-1: The wrong rate: rate and keep probability exchanged, the draw made in a type with few bits, an interval that is not [0, 1), or a threshold that was rounded.
            MASK-2: Elements share random bits: one draw for a vector or a warp, a generator whose neighbouring outputs are related, or an index that is cut off and starts again.
            MASK-3: A mask is used twice: it is cached by shape, the counter is not advanced, or a graph holds the draw as a constant.
            MASK-4,MASK-14: The mask that is reported is not the one that was applied: another draw, its inverse, or the state before.
            MASK-5: The type or the shape of the reported mask: numbers in the place of booleans, or the input's shape where the noise shape is smaller.
            MASK-6: The mask that is given is ignored, inverted or applied in one direction only: look at the gradient too.
            MASK-7,MASK-12: The draw looks at the input: zeros are skipped, elements are sorted, or the seed is made from the data.
            MASK-8: Some positions have a rate of their own: the first or the last element, a tail that does not fill a vector, a lane, a block.
            MASK-9: The number of dropped elements is fixed or drawn first, a rate is drawn for each call, or a mask that drops everything is drawn again.
            MASK-10: The generator starts again: a short period, a seed of few bits, a counter that wraps, or the same seed in two places.
            MASK-11: A generator with linear relations between its outputs, such as a shift register or a lagged sum, whose raw bits are used.
            MASK-13: A draw of few bits: at rate 1e-3 eight or sixteen of them show. Look at the type in which the uniform number is made.
            FWD: The scale and the selection, in the forward pass.
            FWD-1: The scale: 1/rate or 1 - rate in the place of 1/(1 - rate), applied twice or not at all, or computed in a half type.
            FWD-2: Dropped elements are not set to zero: the buffer held something else, or a mask of -1 or of NaN.
            FWD-3,FWD-4: The mask multiplies where it was to select: 0 times infinity is NaN. Declare the choice dropped_nonfinite if that is meant.
            FWD-5,FWD-6,FWD-10: A cast or a reshape on the way that is not undone.
            FWD-9,FWD-11: The call writes to its input's buffer, or leaves in it something else than the output.
            BWD: What the forward pass keeps for the backward pass: it needs the mask and the scale, not the output.
            BWD-1,BWD-11: The backward pass has another mask than its forward pass: drawn again, of the last call, or cached by shape. NaN at a dropped element: the scale overflowed, and was multiplied by 0.
            BWD-2: The gradient is not scaled, or scaled by another rate.
            BWD-3,BWD-6: The gradient takes the zeros of the output for the mask; an input that is 0 is kept, too.
            BWD-4,BWD-5,BWD-7,BWD-8,BWD-9: The backward pass of evaluation, of special values, and its type and shape.
            BWD-10: Forward with and without a gradient are two kernels, or one is fused. Compare their draws and their scale.
            BWD-12: The state of the generator is not restored before the forward pass is recomputed.
            BWD-13: The backward pass draws a mask, and so moves the stream on.
            BWD-14,BWD-15: How long a forward pass is kept: until it is used or released, and no longer.
            EVAL: The branch for evaluation: it returns the input at once, at every size and in every type.
            EVAL-3: Evaluation draws, and throws away what it drew.
            EVAL-4: A flag or a buffer of the last training call is used in evaluation.
            EVAL-5: The scale of evaluation under classic scaling: 1 - rate, once.
            SEED: How a seed becomes the state of the generator: its width, what is left of the state before, where a counter starts.
            SEED-1,SEED-2: Something is left of the state before the seed: half a block of random words, a cached normal number, a call counter.
            SEED-3: The stream does not move on after a seeded call, or the seed is kept and used again.
            SEED-4,SEED-5,SEED-8: Bits of the seed are lost or folded together: cut to 32 bits, divided, rounded through a float, or mixed with the counter by a sum.
            SEED-6: The rounds, the key schedule, the counter, and the order of the words of Philox4x32-10.
            SEED-7: A mask is drawn although one was given.
            SEED-9: A state that the generator never leaves, such as 0, is set by a seed.
            NUM: The types of intermediate results, and modes that flush subnormal numbers to zero.
            NUM-1,NUM-7: The scale is rounded before it is applied, or is clamped: at rates near 1 it is large.
            NUM-2,NUM-4: The scale is computed in the element's type, or the rate passes through float32.
            NUM-5,NUM-6: An index of 32 bits, a grid that is too small, a tail that is not reached, or a fast path from some size on.
            SHAPE: Strides, broadcasting, empty tensors and scalars: whether an index runs over the view or over its buffer.
            SPATIAL: Which axis is the channel, also in a view, and whether all of a channel shares one draw.
            DEPTH: One draw for each example, and the scale of those that stay.
            ALPHA: The constants a, b and the value of what is dropped, and that the mean and the variance stay.
            GAUSS: The noise: its standard deviation (rate/(1 - rate))^(1/2), its mean 1, and that the gradient has the same noise.
            CONN: The mask is on the weights and not on the units, and the bias has none.
            RNN: One mask for all time steps, on the input and on the state apart, and gradients through both.
            ATTN: Where the mask stands: after the softmax, and before the product with the value.
            NET: The order of bias, ReLU and mask, a mask for each layer and each example, and the mean in the loss.
            STATE: All that a draw depends on: the words of the generator, the call counter, half-used blocks, and each instance's own.
            """);

    private WhereToLook() {}

    /** Empty where nothing is known about the requirement. */
    static String of(String id) {
        return BY_NAME.getOrDefault(id, BY_NAME.getOrDefault(id.substring(0, id.indexOf('-')), ""));
    }

    private static Map<String, String> parsed(String lines) {
        Map<String, String> byName = new LinkedHashMap<>();
        lines.lines().forEach(line -> {
            int colon = line.indexOf(':');
            names(line.substring(0, colon)).forEach(name -> byName.put(name, line.substring(colon + 2)));
        });
        return byName;
    }

    private static Stream<String> names(String list) {
        return List.of(list.split(",")).stream();
    }

    /** All requirements and chapters that have an entry, for the test that each of them exists. */
    static List<String> names() {
        return List.copyOf(BY_NAME.keySet());
    }
}
