package org.dropoutspec.oracle;

import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.tensor.Tensor;

/** The answer to a training call that should have been one to an evaluation. */
public final class Identity {
    private Identity() {}

    /** Whether a training call at a rate above 0 put out its input, bit for bit: neither dropped nor scaled. */
    public static boolean isAnswerOf(Call call, Result result) {
        Tensor input = call.presented();
        Tensor output = result.output();
        if (!call.training()
                || call.rate() == 0
                || input.size() == 0
                || output.dtype() != input.dtype()
                || !output.shape().equals(input.shape())) {
            return false;
        }
        for (int i = 0; i < input.size(); i++) {
            if (output.bits(i) != input.bits(i)) {
                return false;
            }
        }
        return true;
    }
}
