package org.dropoutspec.defect;

import java.util.List;
import org.dropoutspec.implementation.RejectedCall;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** A call gets a wrong kind of answer, or none. */
record ReactionEffect(Reaction reaction) implements Effect {
    /** What the implementation does instead. */
    enum Reaction {
        REJECTS("rejects the call"),
        FLATTENS("answers in rank 1"),
        CONVERTS("answers in another type");

        private final String words;

        Reaction(String words) {
            this.words = words;
        }
    }

    @Override
    public String kind() {
        return "reaction";
    }

    @Override
    public boolean concerns(Asked asked) {
        return asked.size() > 0
                && asked.rate() < 1
                && (reaction != Reaction.FLATTENS || asked.shape().rank() != 1);
    }

    @Override
    public boolean isSeenInSingleCalls() {
        return true;
    }

    @Override
    public List<Trace> traces(Asked asked, History history) {
        return List.of(new Trace.Shown(1, 1));
    }

    @Override
    public void react(Strike strike) {
        if (reaction == Reaction.REJECTS && strike.hits()) {
            throw new RejectedCall("cannot do this");
        }
    }

    @Override
    public Result answer(Result sound, Tensor mask, Strike strike) {
        if (reaction == Reaction.REJECTS || !strike.hits()) {
            return sound;
        }
        Tensor y = sound.output();
        Tensor other = reaction == Reaction.FLATTENS ? y.reshaped(Shape.of(y.size())) : converted(y);
        return new Result(other, sound.mask(), sound.gradInput());
    }

    private static Tensor converted(Tensor y) {
        DType type = y.dtype() == DType.FLOAT64 ? DType.FLOAT32 : DType.FLOAT64;
        return Tensor.of(type, y.shape(), y.values());
    }

    @Override
    public String toString() {
        return reaction.words;
    }
}
