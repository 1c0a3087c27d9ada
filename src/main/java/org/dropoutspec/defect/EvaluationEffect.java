package org.dropoutspec.defect;

import java.util.List;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.tensor.Tensor;

/** An evaluation is not the identity. */
record EvaluationEffect(boolean scales) implements Effect {
    @Override
    public String kind() {
        return "evaluation";
    }

    @Override
    public boolean concerns(Asked asked) {
        return !asked.training() && asked.rate() > 0 && asked.rate() < 1 && asked.size() > 0;
    }

    @Override
    public boolean isSeenInSingleCalls() {
        return true;
    }

    @Override
    public List<Trace> traces(Asked asked, History history) {
        boolean visible = !scales || asked.rate() > 0x1p-6;
        return visible ? List.of(new Trace.Shown(0.7, asked.size())) : List.of();
    }

    @Override
    public Result answer(Result sound, Tensor mask, Strike strike) {
        Tensor x = sound.output();
        double p = strike.asked().rate();
        Tensor.Builder changed = Tensor.builder(x.dtype(), x.shape());
        for (int i = 0; i < x.size(); i++) {
            boolean hit = strike.hits();
            changed.setBits(i, hit ? x.dtype().round(scales ? x.value(i) * (1 - p) : 0) : x.bits(i));
        }
        return new Result(changed.build(), sound.mask(), sound.gradInput());
    }

    @Override
    public String toString() {
        return scales ? "scales in evaluation" : "drops in evaluation";
    }
}
