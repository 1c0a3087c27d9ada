package org.dropoutspec.contract;

import org.dropoutspec.implementation.Call;
import org.dropoutspec.oracle.Chunks;
import org.dropoutspec.oracle.Scaled;
import org.dropoutspec.statistics.PackedMask;
import org.dropoutspec.tensor.Tensor;

/** Holds every element of an answer to dropout; a large one with nothing wrong in it is passed at once. */
final class WholeAnswer {
    private final CheckRun run = CheckRun.current();
    private final Observation seen;
    private final Call call;

    private WholeAnswer(Observation seen) {
        this.seen = seen;
        this.call = seen.call();
    }

    /** Requires the whole of dropout, element by element: the output and, where there is one, the gradient. */
    static void require(Observation seen) {
        new WholeAnswer(seen).requireDropout();
    }

    private void requireDropout() {
        if (isDropoutAtOnce()) {
            return;
        }
        for (int i = 0; i < seen.size(); i++) {
            requireElement("", i, seen.output(), seen.input().bits(i));
            if (call.gradOutput().isPresent()) {
                requireElement(
                        Observation.GRADIENT,
                        i,
                        seen.gradInput(),
                        call.gradOutput().get().bits(i));
            }
        }
    }

    /** Whether a quick look at a large answer finds nothing, so that its elements need not be looked at one by one. */
    private boolean isDropoutAtOnce() {
        return call.training()
                && isScaledOrZeroAtOnce(seen.input(), seen.output())
                && (call.gradOutput().isEmpty()
                        || isScaledOrZeroAtOnce(call.gradOutput().get(), seen.gradInput())
                                && PackedMask.ofOutput(seen.output()).equals(PackedMask.ofOutput(seen.gradInput())));
    }

    private boolean isScaledOrZeroAtOnce(Tensor x, Tensor y) {
        return seen.size() >= Chunks.SIZE
                && call.rate() < 1
                && PackedMask.ofOutput(x).count() == 0
                && new Chunks().scaledOrZero(x, y, call.rate(), Applies.INVERTED.holdsFor(run.description()));
    }

    private void requireElement(String name, int index, Tensor tensor, long x) {
        if (!call.training()) {
            seen.requireEvaluated(name, index, tensor, x);
        } else if (seen.showsKept(index)) {
            seen.requireClose(name, index, tensor, seen.scaled(x), Scaled.ULPS);
        } else {
            seen.requireZero(name, index, tensor);
        }
    }

    /** Requires what the output shows as kept to be scaled, where it is a finite number. */
    static void requireKeptScaled(Observation seen) {
        new WholeAnswer(seen).requireKeptScaled();
    }

    private void requireKeptScaled() {
        if (isScaledOrZeroAtOnce(seen.input(), seen.output())) {
            return;
        }
        for (int i = 0; i < seen.size(); i++) {
            long expected = seen.scaled(seen.input().bits(i));
            if (Double.isFinite(seen.input().value(i))
                    && seen.showsKept(i)
                    && !Scaled.close(seen.dtype(), expected, seen.output().bits(i), Scaled.ULPS)) {
                Violation wrong = seen.unexpected("", i, seen.dtype().text(expected), seen.output());
                boolean ofOther = OtherRate.isUsed(
                        call, seen.input().value(i), seen.output().value(i));
                throw ofOther ? run.cause().partOf(call.rate() == 0 ? "RATE-7" : "MASK-1", wrong) : wrong;
            }
        }
    }
}
