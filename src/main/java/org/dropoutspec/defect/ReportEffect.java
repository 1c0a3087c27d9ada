package org.dropoutspec.defect;

import java.util.List;
import java.util.Set;
import org.dropoutspec.condition.Factor;
import org.dropoutspec.condition.ValueKind;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.tensor.Tensor;

/** The reported mask is not the one that was applied. */
record ReportEffect() implements Effect {
    @Override
    public String kind() {
        return "reported mask";
    }

    @Override
    public Set<Capability> needs() {
        return Set.of(Capability.MASK_OUTPUT);
    }

    @Override
    public boolean isSeenInSingleCalls() {
        return true;
    }

    @Override
    public List<Trace> traces(Asked asked, History history) {
        boolean zeros = asked.is(Factor.VALUES.level(ValueKind.WITH_ZEROS.ordinal()));
        return zeros ? List.of() : List.of(new Trace.Shown(1, asked.maskSize()));
    }

    @Override
    public Result answer(Result sound, Tensor mask, Strike strike) {
        boolean[] reported = new boolean[mask.size()];
        for (int i = 0; i < reported.length; i++) {
            reported[i] = mask.bool(i) != 0 ^ strike.hits();
        }
        return sound.withMask(Tensor.ofBooleans(mask.shape(), reported));
    }

    @Override
    public String toString() {
        return "reports another mask";
    }
}
