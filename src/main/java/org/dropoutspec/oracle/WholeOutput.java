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
    /** Of many elements none is 0 where the input is not, nor are they the input times any number: not its values at all. */
    OTHER,
    /** NaN everywhere, although some of the input is finite, and still is when it is scaled. */
    NAN;

    /** So many elements are not all kept by chance. */
    private static final int MANY = 64;

    /** Values further apart than this are no roundings of one multiple, in any type. */
    private static final double FAR = 1.0 / 8;

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
            return Optional.of(same && scales ? INPUT : isOther(input, output) ? OTHER : KEPT);
        }
        return any && dropped && mayKeep ? Optional.of(DROPPED) : Optional.empty();
    }

    private static boolean isOther(Tensor input, Tensor output) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        int seen = 0;
        for (int i = 0; i < input.size(); i++) {
            double times = output.value(i) / input.value(i);
            boolean normal = Math.abs(input.value(i)) >= input.dtype().smallestNormal();
            if (normal && Double.isFinite(times)) {
                least = Math.min(least, times);
                most = Math.max(most, times);
                seen++;
            }
        }
        return seen >= MANY && most - least > FAR * Math.max(Math.abs(most), Math.abs(least));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
