package org.dropoutspec.defect;

import java.util.List;
import java.util.Set;
import org.dropoutspec.condition.Factor;
import org.dropoutspec.condition.ValueKind;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.tensor.Tensor;

/**
 * Elements of the output, or of the gradient, have wrong values.
 *
 * @param by the relative error of a wrong scale
 */
record ValueEffect(Change change, boolean gradient, double by) implements Effect {
    /** What happens to an element. */
    enum Change {
        OFF("scales by a factor that is off"),
        UNSCALED("does not scale"),
        TWICE("scales twice"),
        RATE("scales by 1/rate"),
        STALE("writes the element before"),
        LEAKS("lets through what is dropped");

        private final String words;

        Change(String words) {
            this.words = words;
        }
    }

    @Override
    public String kind() {
        return gradient ? "gradient" : "value";
    }

    @Override
    public Set<Capability> needs() {
        return gradient ? Set.of(Capability.BACKWARD) : Set.of();
    }

    @Override
    public boolean concerns(Asked asked) {
        return asked.training()
                && asked.rate() > 0
                && asked.rate() < 1
                && asked.size() > 0
                && (!gradient || asked.gradient());
    }

    @Override
    public boolean isSeenInSingleCalls() {
        return true;
    }

    /** A wrong scale is seen only beyond what rounding may do: 2^-4 in coarse types, 2^-20 or 2^-19 in others. */
    @Override
    public List<Trace> traces(Asked asked, History history) {
        double p = asked.rate();
        double size = asked.size();
        boolean coarse = asked.dtype().fractionBits() < 23;
        boolean visible = switch (change) {
            case OFF -> by > (coarse ? 0x1p-4 : 0x1p-20);
            case UNSCALED, TWICE -> p > (coarse ? 0x1p-4 : 0x1p-19);
            case RATE -> Math.abs(p - 0.5) > (coarse ? 0x1p-4 : 0x1p-19);
            case STALE, LEAKS -> true;
        };
        // zeros, huge and constant inputs show less of the effect
        boolean moderate = asked.is(Factor.VALUES.level(ValueKind.MODERATE.ordinal()));
        // where the element before is dropped, the zero written in its place looks like a drop
        double share = change == Change.LEAKS ? p : change == Change.STALE ? (1 - p) * (1 - p) : 1 - p;
        return visible && moderate && (change != Change.STALE || size > 1)
                ? List.of(new Trace.Shown(share, change == Change.STALE ? size - 1 : size))
                : List.of();
    }

    @Override
    public Result answer(Result sound, Tensor mask, Strike strike) {
        return gradient
                ? sound.withGradInput(changed(
                        sound.gradInput().orElseThrow(),
                        strike.call().gradOutput().orElseThrow(),
                        strike))
                : new Result(
                        changed(sound.output(), strike.call().presented(), strike), sound.mask(), sound.gradInput());
    }

    private Tensor changed(Tensor right, Tensor given, Strike strike) {
        double p = strike.asked().rate();
        Tensor.Builder changed = Tensor.builder(right.dtype(), right.shape());
        for (int i = 0; i < right.size(); i++) {
            boolean concerns = right.value(i) == 0 == (change == Change.LEAKS);
            changed.setBits(
                    i, concerns && strike.hits() ? right.dtype().round(number(right, given, i, p)) : right.bits(i));
        }
        return changed.build();
    }

    private double number(Tensor right, Tensor given, int i, double p) {
        return switch (change) {
            case OFF -> right.value(i) * (1 + by);
            case UNSCALED, LEAKS -> given.value(i);
            case TWICE -> right.value(i) / (1 - p);
            case RATE -> given.value(i) / p;
            case STALE -> right.value(Math.max(0, i - 1));
        };
    }

    @Override
    public String toString() {
        return change.words + (change == Change.OFF ? " by " + by : "") + (gradient ? ", in the gradient" : "");
    }
}
