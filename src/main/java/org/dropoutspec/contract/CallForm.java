package org.dropoutspec.contract;

import java.util.Optional;
import org.dropoutspec.condition.Condition;
import org.dropoutspec.condition.Signature;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Makes the call that a condition or a signature stands for. */
final class CallForm {
    private CallForm() {}

    /** The call of a condition, without a seed; an upstream gradient, where it carries one, is 1, 2, 3 and so on. */
    static Call of(Condition condition, Fill kind, long variety) {
        return of(condition.signature(), condition.rate(), kind, variety);
    }

    /** The call of a signature, without a seed; its input is 1, 2, 3 and so on. */
    static Call of(Signature signature, double rate) {
        return of(signature, rate, Fill.COUNTING, 0);
    }

    private static Call of(Signature signature, double rate, Fill kind, long variety) {
        Shape shape = signature.shape();
        Call call = Call.training(
                        rate, kind.fill(signature.dtype(), signature.layout().buffer(shape), variety))
                .withTraining(signature.training());
        Optional<int[]> permutation = signature.layout().permutation(shape.rank());
        if (permutation.isPresent()) {
            call = call.withPermutation(permutation.get());
        }
        if (signature.noiseShape().isPresent()) {
            call = call.withNoiseShape(signature.noiseShape().get());
        }
        if (signature.gradient()) {
            call = call.withGradOutput(Fill.COUNTING.fill(signature.dtype(), shape, 0));
        }
        return signature.masked() ? call.withMask(everyOther(call.maskShape())) : call;
    }

    /** A mask that keeps the second element, the fourth and so on. */
    static Tensor everyOther(Shape shape) {
        boolean[] kept = new boolean[shape.size()];
        for (int i = 1; i < kept.length; i += 2) {
            kept[i] = true;
        }
        return Tensor.ofBooleans(shape, kept);
    }

    /** The same call in evaluation, without mask and noise shape, which mean nothing there. */
    static Call evaluated(Call call) {
        return new Call(
                call.rate(),
                false,
                call.input(),
                call.gradOutput(),
                call.seed(),
                Optional.empty(),
                Optional.empty(),
                call.permutation());
    }
}
