package org.dropoutspec.adversary;

import java.util.function.DoubleUnaryOperator;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.tensor.Tensor;

/** A layer that scales in evaluation and not in training. */
final class ClassicLayer extends Layer {
    private final Kept kept;

    /** What becomes of an element under its mask. */
    interface Kept {
        /** @param bit 1 where the element is kept, 0 where it is dropped */
        double of(double x, int bit);
    }

    ClassicLayer(Description description, long seed, Kept kept) {
        super(description, seed);
        this.kept = kept;
    }

    @Override
    Tensor forward(Call call, Tensor x, Tensor mask) {
        Tensor bits = mask.broadcastTo(x.shape());
        return each(x, i -> kept.of(x.value(i), bits.bool(i)));
    }

    @Override
    Tensor backward(Call call, Tensor dy, Tensor mask) {
        return forward(call, dy, mask);
    }

    @Override
    Result evaluate(Call call) {
        DoubleUnaryOperator scaled = x -> x * (1 - call.rate());
        Result result = Result.of(map(call.presented(), scaled));
        return call.gradOutput()
                .map(dy -> result.withGradInput(map(dy, scaled)))
                .orElse(result);
    }
}
