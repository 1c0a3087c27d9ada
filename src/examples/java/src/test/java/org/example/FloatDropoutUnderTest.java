package org.example;

import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.RejectedCall;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.tensor.Tensor;

/** Connects the suite, which uses tensors, with the library, which uses arrays. */
public final class FloatDropoutUnderTest implements Implementation {
    private final FloatDropout dropout = new FloatDropout();

    /** The default is float32, in training and evaluation. The more is declared, the more is checked. */
    @Override
    public Description description() {
        return Description.of("float-dropout", "1.0").withCapabilities(Capability.BACKWARD, Capability.SEED);
    }

    @Override
    public Result dropout(Call call) {
        try {
            FloatDropout.requireRate(call.rate());
        } catch (IllegalArgumentException rejection) {
            throw new RejectedCall(rejection.getMessage());
        }
        call.seed().ifPresent(dropout::seed);
        if (!call.training()) {
            Result result = Result.of(call.input());
            return call.gradOutput().map(result::withGradInput).orElse(result);
        }
        boolean[] kept = dropout.drawMask(call.input().size(), call.rate());
        Result result = Result.of(applied(call.input(), kept, call.rate()));
        return call.gradOutput()
                .map(gradient -> result.withGradInput(applied(gradient, kept, call.rate())))
                .orElse(result);
    }

    private Tensor applied(Tensor tensor, boolean[] kept, double rate) {
        float[] x = new float[tensor.size()];
        for (int i = 0; i < x.length; i++) {
            x[i] = tensor.floatAt(i);
        }
        return Tensor.ofFloats(tensor.shape(), dropout.apply(x, kept, rate));
    }
}
