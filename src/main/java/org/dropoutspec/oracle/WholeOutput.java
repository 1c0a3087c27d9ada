package org.dropoutspec.oracle;

import java.util.Locale;
import java.util.Optional;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.tensor.Tensor;

/** The output of a training call that shows no mask of some kept and some dropped elements. */
public enum WholeOutput {
    /** Bit for bit the input, as in an evaluation. */
    INPUT,
    /** Nowhere 0 where the input is not, although something may have to be dropped. */
    KEPT,
    /** Zero everywhere, although something may have to be kept. */
    DROPPED,
    /** NaN everywhere, although some of the input is finite. */
    NAN;

    /** The kind of this output; empty where a part is kept and a part dropped, or where all has to be one or the other. */
    public static Optional<WholeOutput> of(Call call, Result result) {
        Tensor input = call.presented();
        Tensor output = result.output();
        if (!call.training()
                || output.dtype() != input.dtype()
                || !output.shape().equals(input.shape())) {
            return Optional.empty();
        }
        boolean same = true;
        boolean kept = true;
        boolean dropped = true;
        boolean nan = true;
        boolean finite = false;
        boolean any = false;
        for (int i = 0; i < input.size(); i++) {
            double x = input.value(i);
            double y = output.value(i);
            same &= output.bits(i) == input.bits(i);
            nan &= Double.isNaN(y);
            finite |= Double.isFinite(x);
            if (x != 0) {
                any = true;
                kept &= y != 0;
                dropped &= y == 0;
            }
        }
        if (!any) {
            return Optional.empty();
        }
        if (nan && finite) {
            return Optional.of(NAN);
        }
        boolean mayDrop = call.rate() > 0 || call.mask().isPresent();
        boolean mayKeep = call.rate() < 1 || call.mask().isPresent();
        if (kept && mayDrop) {
            return Optional.of(same ? INPUT : KEPT);
        }
        return dropped && mayKeep ? Optional.of(DROPPED) : Optional.empty();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
