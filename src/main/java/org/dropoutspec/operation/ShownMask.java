package org.dropoutspec.operation;

import java.util.Optional;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Choices;
import org.dropoutspec.implementation.Choices.Scaling;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.oracle.Scaled;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;

/**
 * The results of plain dropout with a given mask, for sites whose operation has arithmetic of its own. The mask is
 * judged as that of plain dropout, the arithmetic by the operation's own chapter.
 */
public final class ShownMask {
    private ShownMask() {}

    /**
     * The result of a training call.
     *
     * @param kept the mask as the answer shows it, with as many elements as the plain call's input
     * @param reported the mask as the implementation reports it, in whatever shape
     */
    public static Result trained(Call plain, boolean[] kept, Optional<Tensor> reported, Choices choices) {
        Tensor x = plain.input();
        DType dtype = x.dtype();
        Tensor.Builder output = Tensor.builder(dtype, x.shape());
        boolean inverted = choices.scaling() == Scaling.INVERTED;
        for (int i = 0; i < kept.length; i++) {
            if (kept[i]) {
                output.setBits(i, inverted ? Scaled.quotient(dtype, x.bits(i), plain.rate()) : x.bits(i));
            }
        }
        Result result = Result.of(output.build());
        return reported.map(mask -> result.withMask(isShapedOtherwise(plain, mask) ? mask.reshaped(x.shape()) : mask))
                .orElse(result);
    }

    /** Whether the mask has as many elements as the input, but in the shape that the operation has them in. */
    private static boolean isShapedOtherwise(Call plain, Tensor mask) {
        return mask.size() == plain.input().size()
                && mask.dtype() == DType.BOOL
                && !mask.shape().equals(plain.maskShape());
    }

    /**
     * The result of an evaluation.
     *
     * @param whole whether the answer is right for a call without a mask; if not, the result is zero
     */
    public static Result evaluated(Call plain, boolean whole, Choices choices) {
        Tensor x = plain.input();
        if (!whole) {
            return Result.of(Tensor.builder(x.dtype(), x.shape()).build());
        }
        if (choices.scaling() == Scaling.INVERTED) {
            return Result.of(x);
        }
        Tensor.Builder output = Tensor.builder(x.dtype(), x.shape());
        for (int i = 0; i < x.size(); i++) {
            output.setBits(i, Scaled.product(x.dtype(), x.bits(i), plain.rate()));
        }
        return Result.of(output.build());
    }
}
