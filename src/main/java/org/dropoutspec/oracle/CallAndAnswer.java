package org.dropoutspec.oracle;

import java.util.Arrays;
import java.util.Optional;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.statistics.PackedMask;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;

/**
 * A call, and the parts of its answer that the oracle looks at.
 *
 * @param x the input, in the shape that the call presents it in
 * @param y the output
 * @param gradient the gradient of the input; empty where the call does not ask for it
 * @param reported the mask that the answer to a training call reports
 */
record CallAndAnswer(Call call, Tensor x, Tensor y, Optional<Tensor> gradient, Optional<Tensor> reported) {
    static CallAndAnswer of(Call call, Result result) {
        return new CallAndAnswer(
                call,
                call.presented(),
                result.output(),
                call.gradOutput().isPresent() ? result.gradInput() : Optional.empty(),
                call.training() ? result.mask() : Optional.empty());
    }

    DType dtype() {
        return x.dtype();
    }

    Optional<Tensor> upstream() {
        return call.gradOutput();
    }

    boolean isStrided() {
        return call.permutation().isPresent();
    }

    /** Whether the output shows the element as kept; meaningful only where the input is not 0. */
    boolean isKept(int i) {
        return !(Math.abs(y.value(i)) < Math.abs(x.value(i)) / 2);
    }

    /** For each element, the index of its element of the mask; a group is all elements that share one. */
    int[] groups() {
        return call.maskShape().indicesBroadcastTo(x.shape());
    }

    /** For each group its first element that is not hidden; -1 where all are hidden. */
    int[] firstShown(int[] groups, PackedMask hidden) {
        int[] first = new int[call.maskShape().size()];
        Arrays.fill(first, -1);
        boolean all = hidden.count() == 0;
        for (int i = groups.length - 1; i >= 0; i--) {
            if (all || !hidden.dropped(i)) {
                first[groups[i]] = i;
            }
        }
        return first;
    }
}
