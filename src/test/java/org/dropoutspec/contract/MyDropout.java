package org.dropoutspec.contract;

import java.util.Random;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.RejectedCall;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;

/** A dropout as somebody else would write it in Java: float32, a generator of the JDK, nothing declared. */
class MyDropout implements Implementation {
    private final Random random = new Random(1);

    @Override
    public Description description() {
        return Description.of("my dropout", "1.0");
    }

    @Override
    public Result dropout(Call call) {
        if (!(call.rate() >= 0 && call.rate() <= 1)) {
            throw new RejectedCall("rate must be in [0, 1], got " + call.rate());
        }
        if (!call.training()) {
            return Result.of(call.input());
        }
        Tensor.Builder y = Tensor.builder(DType.FLOAT32, call.shape());
        for (int i = 0; i < call.input().size(); i++) {
            boolean kept = random.nextDouble() >= call.rate();
            y.setFloatBits(i, kept ? Float.floatToRawIntBits(scale(call.input().floatAt(i), call.rate())) : 0);
        }
        return Result.of(y.build());
    }

    float scale(float x, double rate) {
        return (float) (x / (1 - rate));
    }
}
