package org.dropoutspec.sampling;

import java.util.Optional;
import java.util.function.Function;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.RejectedCall;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.implementation.UnsupportedCall;
import org.dropoutspec.tensor.Tensor;

/** Puts calls to the implementation and keeps the time that it takes. */
final class Asker {
    private final Function<Call, Result> implementation;
    private long elements;
    private long nanos;
    private String unsupported = "";

    Asker(Function<Call, Result> implementation) {
        this.implementation = implementation;
    }

    /** The output, which shows the mask; empty where the implementation cannot express the call. */
    Optional<Tensor> output(Call call) {
        long start = System.nanoTime();
        elements += call.input().size();
        try {
            Tensor output = implementation.apply(call).output();
            if (output.dtype() != call.input().dtype() || !output.shape().equals(call.shape())) {
                throw new Refusal("output expected as " + call.input().dtype() + " " + call.shape() + ", got "
                        + output.dtype() + " " + output.shape() + " (" + call + ")");
            }
            return Optional.of(output);
        } catch (UnsupportedCall cannot) {
            unsupported = String.valueOf(cannot.getMessage());
            return Optional.empty();
        } catch (RejectedCall rejection) {
            throw new Refusal("rejected: " + rejection.getMessage() + " (" + call + ")");
        } finally {
            nanos += System.nanoTime() - start;
        }
    }

    /** How many elements were asked for. */
    long elements() {
        return elements;
    }

    /** What the implementation said last about a call that it cannot express. */
    String unsupported() {
        return unsupported;
    }

    double seconds() {
        return nanos / 1e9;
    }
}
