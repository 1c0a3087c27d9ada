package org.dropoutspec.implementation;

import java.util.Optional;
import org.dropoutspec.tensor.Tensor;

/**
 * The answer to a call of dropout.
 *
 * @param output in the type and shape of the input that the implementation saw
 * @param mask true = kept, in the mask's own shape
 * @param gradInput the gradient of the input, in the type and shape of the output
 */
public record Result(Tensor output, Optional<Tensor> mask, Optional<Tensor> gradInput) {

    public static Result of(Tensor output) {
        return new Result(output, Optional.empty(), Optional.empty());
    }

    public Result withMask(Tensor drawn) {
        return new Result(output, Optional.of(drawn), gradInput);
    }

    public Result withGradInput(Tensor gradient) {
        return new Result(output, mask, Optional.of(gradient));
    }
}
