package org.dropoutspec.golden.topic;

import java.util.Locale;
import org.dropoutspec.golden.format.VectorFile;

/** A bug that vectors look for: what it does, and where it was seen or why it is likely. */
public enum Flag {
    KEEP_DROP_CONFUSION(
            "takes the drop rate for the probability of keeping, so kept elements are scaled by 1/rate", "electra#61"),
    BACKWARD_SCALED_BY_RATE("scales the gradient by the rate, or by its reciprocal, instead of 1/(1-rate)", "apex#816"),
    BACKWARD_MASK_OMITTED("lets the gradient through where the element was dropped", "numpy-ml#94"),
    MASK_INFERRED_FROM_OUTPUT(
            "tells the mask from zeros of the output, and loses the gradient of a kept element that is 0",
            "kaldi#3890"),
    BACKWARD_UNSCALED(
            "masks the gradient but forgets the scale", "PyTorch's rule grad*mask*scale, of which half is easily lost"),
    DROP_AT_RATE_ZERO(
            "drops elements at rate 0, since a coarse uniform number meets the boundary", "mxnet#9816, boltz#553"),
    RATE_ONE_NAN(
            "divides by 1 - rate = 0 and gives NaN at rate 1, in the output or in the gradient",
            "Paddle#26977; Equinox, its formula run"),
    BAD_RATE_CLAMPED(
            "clamps or ignores a rate that is no probability instead of rejecting it",
            "flax#5497; tfjs 4.22, layers.dropout with rate -3, 5 or NaN, run"),
    BAD_RATE_IN_EVALUATION("looks at the rate in training only", "PyTorch 2.13, native_dropout(x, 2., False), run"),
    EVALUATION_DROPS("drops elements in evaluation", "pytorch/pytorch#10584, #124464"),
    EVALUATION_SCALED(
            "scales the output or the gradient in evaluation although training was scaled",
            "brain.js, read: evaluation times the rate"),
    EVALUATION_NOT_BITWISE(
            "does arithmetic in evaluation, which loses the sign of zero, NaN payloads or subnormal numbers",
            "IEEE 754-2008, 6.2 and 6.3: -0 + 0 is +0, and operations may change payloads"),
    EVALUATION_BACKWARD_MASKED(
            "applies the mask of the last training step to the gradient in evaluation", "mlpack, read"),
    MASK_REPORTED_WRONG("reports another mask than the one that it applied", "mxnet#15659"),
    STRIDES_IGNORED("takes a strided input for a contiguous one", "pytorch/pytorch#47176"),
    NOISE_SHAPE_GROWS(
            "lets a noise shape that does not fit widen the output",
            "TensorFlow 2.21 and tfjs 4.22, [4,3] on [1,3], run"),
    NOISE_SHAPE_IGNORED(
            "drops single elements where a noise shape shares them",
            "no report known; the mask's shape is easily lost where a kernel takes no strides of 0"),
    SCALE_IN_HALF_PRECISION(
            "rounds rate or scale to the half type of the input", "TensorFlow 2.21, bfloat16 and float16, run"),
    RATE_IN_SINGLE_PRECISION(
            "passes the rate through float32 although the numbers are float64",
            "no report known; interfaces that take the rate as a float"),
    SUBNORMALS_FLUSHED("takes subnormal numbers for zero", "flush-to-zero modes of GPU compilers and of -ffast-math"),
    OVERFLOW_SATURATED(
            "gives the largest finite number where the scaled element overflows",
            "saturating conversions of accelerators, such as CUDA's __NV_SATFINITE"),
    NONFINITE_LEAKS(
            "gives NaN for a dropped NaN or infinity while declaring 0, or the other way round",
            "Burn and MXNet, read: 0 * inf"),
    NONFINITE_LOST("replaces a kept NaN or infinity by a number", "comparisons and clamps, which are false for NaN"),
    DTYPE_CHANGED("gives the output in another type than the input", "mlx#1321"),
    SCALAR_OR_EMPTY("fails on a scalar or on an extent of 0", "kernels launched with an empty grid"),
    CLASSIC_SCALED_TWICE(
            "scales in training and in evaluation, or evaluation by the rate", "convnetjs, pull request 61"),
    THRESHOLD_OFF_BY_ONE(
            "compares the word by <= instead of <, or rounds the threshold down", "mxnet#9816: u in (0,1]"),
    THRESHOLD_ROUNDED(
            "rounds the threshold down or to the nearest integer, so that a word between it and rate * 2^32 is kept",
            "no report known; a conversion to an integer rounds down"),
    THRESHOLD_COARSE(
            "keeps too few bits of word or rate before comparing", "flash-attention: uint8 <= floor(keep*255)"),
    GENERATOR_ROUNDS("runs too few rounds or another order of rounds", "the paper offers Philox4x32-7 beside it"),
    GENERATOR_COUNTER(
            "puts seed, draw or block into the wrong words, or cuts one to 32 bits",
            "ffpa-attn#352: the offset is not 64-bit"),
    RATE_ONE_ACCEPTED(
            "declares that rate 1 is rejected, and accepts it",
            "no report known; the ratio of the ONNX operator Dropout lies in [0, 1)"),
    NEGATIVE_ZERO_REJECTED("tells a negative rate by its sign bit, and rejects -0", "IEEE 754-2008, 5.11: -0 equals 0"),
    KEEP_PROBABILITY_CLAMPED(
            "adds an epsilon to 1 - rate, or keeps it away from 0",
            "no report known; a common way to avoid a division by zero"),
    GRADIENT_FROM_VALUES(
            "computes the gradient from input and output, as dy * y / x, which is NaN beside a zero, an infinity or a NaN",
            "no report known; the mask and scale that y / x is need not be kept"),
    OUTPUT_FOLLOWS_GRADIENT(
            "takes other code for the output where a gradient is asked for",
            "no report known; training with and without a recorded graph"),
    MASK_SHAPE_WRONG("reports the mask in the shape of the input, or in a floating type", "onnxruntime#1487"),
    GIVEN_MASK_IGNORED(
            "does not apply the mask that it is given where the rate says that nothing is dropped",
            "no report known; a short cut at rate 0"),
    MASK_FOLLOWS_INPUT(
            "draws another mask where the input holds zeros, NaN or infinities",
            "no report known; generators that are called for some elements only"),
    STREAM_NOT_REPLAYED("does not begin the same stream anew at the same seed", "mxnet#15662, xformers#173"),
    STREAM_MOVED("takes numbers from the generator in evaluation, or where a mask is given", "mxnet#16705"),
    TRAINING_LEFT_OVER(
            "leaves mask, scale or mode of the last training call in the evaluation after it",
            "implementations that keep them in the layer"),
    TAIL_LOST(
            "leaves out the last elements, which do not fill a vector, a warp or a block, or gives them others' mask",
            "ffpa-attn#352: an offset that is too narrow"),
    STRIDED_SHAPE_LOST(
            "gives output or gradient of a strided input in the shape of its memory",
            "no report known; kernels that take the input's layout for the output's");

    private final String hunts;
    private final String source;

    Flag(String hunts, String source) {
        this.hunts = hunts;
        this.source = source;
    }

    public VectorFile.Note note() {
        return new VectorFile.Note(toString(), hunts, source);
    }

    /** The name in the vectors, such as {@code keep-drop-confusion}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
