package org.dropoutspec.contract;

import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.RejectedCall;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;
import org.opentest4j.TestAbortedException;

/**
 * Whether an output that is scaled wrongly is that of dropout at another rate, such as the keep probability: then the
 * mask is of that rate too, and the rate is what is wrong. This only decides which requirement tells what was seen.
 */
final class OtherRate {
    /** Enough elements to tell two rates apart that are not near each other. */
    static final Shape ASKED = Shape.of(256);

    /** The logarithm of the factor by which, at least, the other rate makes the drops likelier. */
    private static final double LIKELIER = Math.log(1e6);

    /** No rate is taken to be nearer to 0 or 1 than this, so that a few elements of a mask do not refute it. */
    private static final double NEAREST = 1e-3;

    private OtherRate() {}

    /** @param x an element of the input, which came out as {@code y} */
    static boolean isUsed(Call call, double x, double y) {
        double other = 1 - x / y;
        if (!call.training() || call.mask().isPresent() || !(other >= 0 && other < 1)) {
            return false;
        }
        CheckRun run = CheckRun.current();
        Tensor input = Fill.COUNTING.fill(call.input().dtype(), ASKED, 0);
        try {
            Call plain = run.session().shapes().fitted(Call.training(call.rate(), input));
            Result result = run.ask(plain);
            return result.output().shape().equals(plain.shape())
                    && result.output().dtype() == plain.input().dtype()
                    && isLikelier(Observation.of(plain, result), other, call.rate());
        } catch (RejectedCall | TestAbortedException nothingSeen) {
            // what was seen before stands
            return false;
        }
    }

    /** Whether one rate makes what was dropped far likelier than another does. */
    static boolean isLikelier(Observation seen, double rate, double than) {
        int dropped = 0;
        for (int i = 0; i < seen.size(); i++) {
            dropped += seen.showsKept(i) ? 0 : 1;
        }
        return log(dropped, seen.size(), rate) - log(dropped, seen.size(), than) > LIKELIER;
    }

    private static double log(int dropped, int elements, double rate) {
        double p = Math.min(1 - NEAREST, Math.max(NEAREST, rate));
        return dropped * Math.log(p) + (elements - dropped) * Math.log(1 - p);
    }
}
