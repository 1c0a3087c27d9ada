package org.dropoutspec.oracle;

import java.util.Locale;
import java.util.Optional;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Choices.Scaling;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;

/** The output of a training call that shows no mask of some kept and some dropped elements. */
public enum WholeOutput {
    /** Bit for bit the input, as in an evaluation, although what is kept has to be scaled. */
    INPUT,
    /** Nowhere 0 where the input is not, although something may have to be dropped. */
    KEPT,
    /** Zero everywhere, although something may have to be kept. */
    DROPPED,
    /** NaN everywhere, although some of the input is finite, and still is when it is scaled. */
    NAN;

    /** The kind of this output; empty where a part is kept and a part dropped, or where all has to be one or the other. */
    public static Optional<WholeOutput> of(Description description, Call call, Result result) {
        Tensor input = call.presented();
        Tensor output = result.output();
        DType dtype = input.dtype();
        if (!call.training() || output.dtype() != dtype || !output.shape().equals(input.shape())) {
            return Optional.empty();
        }
        double scale = description.choices().scaling() == Scaling.INVERTED ? 1 / (1 - call.rate()) : 1;
        boolean same = true;
        boolean kept = true;
        boolean dropped = true;
        boolean nan = true;
        boolean scales = false;
        boolean finite = false;
        boolean any = false;
        for (int i = 0; i < input.size(); i++) {
            double x = input.value(i);
            double y = output.value(i);
            long scaled = dtype.round(x * scale);
            same &= output.bits(i) == input.bits(i);
            nan &= Double.isNaN(y);
            scales |= Double.isFinite(x) && scaled != input.bits(i);
            finite |= Double.isFinite(dtype.value(scaled));
            if (x != 0) {
                any = true;
                kept &= y != 0;
                dropped &= y == 0;
            }
        }
        if (nan && finite) {
            return Optional.of(NAN);
        }
        boolean mayDrop = call.rate() > 0 || call.mask().isPresent();
        boolean mayKeep = call.rate() < 1 || call.mask().isPresent();
        if (any && kept && mayDrop) {
            return Optional.of(same && scales ? INPUT : KEPT);
        }
        return any && dropped && mayKeep ? Optional.of(DROPPED) : Optional.empty();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
