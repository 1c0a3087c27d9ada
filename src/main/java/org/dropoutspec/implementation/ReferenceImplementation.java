package org.dropoutspec.implementation;

import java.util.OptionalLong;
import org.dropoutspec.reference.BernoulliMask;
import org.dropoutspec.reference.Dropout;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;

/** The reference under test: it takes every floating type and every field of a {@link Call}, with default choices. */
public final class ReferenceImplementation implements Implementation {
    /** The description that every instance gives of itself. */
    public static final Description DESCRIPTION = Description.of("reference", "1.0")
            .withDtypes(DType.FLOAT32, DType.FLOAT64, DType.FLOAT16, DType.BFLOAT16)
            .withCapabilities(
                    Capability.BACKWARD,
                    Capability.SEED,
                    Capability.MASK_OUTPUT,
                    Capability.MASK_INPUT,
                    Capability.NOISE_SHAPE,
                    Capability.PERMUTED_INPUT,
                    Capability.PHILOX4X32_10);

    private final Dropout dropout;

    /** @param seed the seed with which the stream of unseeded calls begins */
    public ReferenceImplementation(long seed) {
        this(new Dropout(seed));
    }

    /** Draws from a stream of masks that others may use too. */
    public ReferenceImplementation(Dropout dropout) {
        this.dropout = dropout;
    }

    @Override
    public Description description() {
        return DESCRIPTION;
    }

    @Override
    public Result dropout(Call call) {
        try {
            return call.training() ? train(call) : evaluate(call);
        } catch (IllegalArgumentException rejection) {
            throw new RejectedCall(rejection.getMessage());
        }
    }

    private Result train(Call call) {
        Tensor x = call.presented();
        seed(call.seed());
        Tensor mask = call.mask().orElseGet(() -> dropout.drawMask(call.maskShape(), call.rate()));
        Result result = Result.of(Dropout.forward(x, mask, call.rate())).withMask(mask);
        return call.gradOutput()
                .map(gradient -> result.withGradInput(Dropout.backward(gradient, mask, call.rate())))
                .orElse(result);
    }

    private static Result evaluate(Call call) {
        BernoulliMask.requireRate(call.rate());
        Result result = Result.of(call.presented());
        return call.gradOutput().map(result::withGradInput).orElse(result);
    }

    private void seed(OptionalLong seed) {
        seed.ifPresent(dropout::reseed);
    }
}
