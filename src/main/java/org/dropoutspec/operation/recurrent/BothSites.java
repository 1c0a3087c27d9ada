package org.dropoutspec.operation.recurrent;

import java.util.Arrays;
import java.util.Set;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.operation.MaskSite;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Both masks as one, that of the input first, to judge whether they are independent of each other. */
final class BothSites extends HeldSite {
    private static final int LONGEST_ROW = 4;

    @Override
    public String name() {
        return "mask and recurrent_mask";
    }

    @Override
    public Set<Capability> capabilities() {
        return MaskSite.withBetweenCalls(Capability.SEED, Capability.MASK_OUTPUT, Capability.INPUT_AFTER);
    }

    @Override
    public boolean isOfSeveral() {
        return true;
    }

    /** The elements of both masks. If the size is odd, the end of the recurrent mask is left out. */
    @Override
    boolean[] shown(boolean[] in, boolean[] back, int size) {
        boolean[] both = Arrays.copyOf(in, size);
        System.arraycopy(back, 0, both, in.length, size - in.length);
        return both;
    }

    @Override
    public OperationCall call(Call plain, Description description) {
        int size = plain.input().size();
        int row = Math.max(1, Math.min(LONGEST_ROW, size / 2));
        Shape shape = Shape.of((size + 2 * row - 1) / (2 * row), row);
        // the state has to show, beside the bias, whether the input was kept
        Tensor x = sequence(RecurrentSite.magnitudes(plain.input(), shape, plain.rate(), 1), 2, false);
        return RecurrentDropout.expecting(call(plain, plain.rate(), plain.rate(), x, BIAS, RECURRENT), description);
    }
}
