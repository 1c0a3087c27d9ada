package org.dropoutspec.certify;

import java.util.function.Function;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.ReferenceImplementation;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** An implementation that is one function. */
record Handwritten(Description description, Function<Call, Result> answer) implements Implementation {
    static final Description SEEDED = Description.of("handwritten", "1")
            .withCapabilities(Capability.SEED, Capability.BACKWARD, Capability.MASK_OUTPUT);

    @Override
    public Result dropout(Call call) {
        return answer.apply(call);
    }

    static Handwritten that(Function<Call, Result> answer) {
        return new Handwritten(SEEDED, answer);
    }

    /** The same, once the plainest calls, which come first and have to be answered, were answered by the reference. */
    static Handwritten afterPlainCalls(Description description, Function<Call, Result> answer) {
        Implementation reference = new ReferenceImplementation(1);
        boolean[] begun = new boolean[1];
        return new Handwritten(description, call -> {
            begun[0] |= !call.input().shape().equals(Shape.of(2, 3)) || call.rate() != 0.5;
            return begun[0] ? answer.apply(call) : reference.dropout(call);
        });
    }

    static Handwritten afterPlainCalls(Function<Call, Result> answer) {
        return afterPlainCalls(SEEDED, answer);
    }

    /** The reference, which forgets to scale in the forward pass. */
    static Handwritten unscaled() {
        Implementation reference = new ReferenceImplementation(1);
        return that(call -> {
            Result result = reference.dropout(call);
            return call.training()
                    ? new Result(maskedOnly(call, result.mask().orElseThrow()), result.mask(), result.gradInput())
                    : result;
        });
    }

    private static Tensor maskedOnly(Call call, Tensor mask) {
        Tensor.Builder y = Tensor.builder(DType.FLOAT32, call.shape());
        for (int i = 0; i < call.input().size(); i++) {
            y.setBits(i, mask.bits(i) == 0 ? 0 : call.input().bits(i));
        }
        return y.build();
    }
}
