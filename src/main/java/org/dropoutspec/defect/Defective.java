package org.dropoutspec.defect;

import java.util.Optional;
import java.util.SplittableRandom;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.RejectedCall;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.reference.BernoulliMask;
import org.dropoutspec.reference.Dropout;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** A sound dropout with one defect. */
final class Defective implements Implementation {
    private static final Tensor NO_MASK = Tensor.ofBooleans(Shape.of(0));

    private final Defect defect;
    private final Description description;
    private final long first;
    private final SplittableRandom random;
    private History history;
    private int starts;

    Defective(Defect defect, Description description, long first) {
        this.defect = defect;
        this.description = description;
        this.first = first;
        this.history = new History(first);
        this.random = new SplittableRandom(first);
    }

    @Override
    public Description description() {
        return description;
    }

    @Override
    public boolean restart() {
        history = new History(IndependentWords.key(first, ++starts));
        return true;
    }

    @Override
    public Result dropout(Call call) {
        if (!(call.rate() >= 0 && call.rate() <= 1) || !call.maskShape().broadcastsTo(call.shape())) {
            history.reject();
            throw new RejectedCall("rate must be a probability, and a noise shape must broadcast");
        }
        Asked asked = Asked.of(call, history);
        if (call.training()) {
            call.seed().ifPresent(history::seed);
        }
        Optional<Strike> strike =
                defect.effect().concerns(asked) && defect.where().holds(asked, history)
                        ? Optional.of(new Strike(asked, call, history, defect.strength(), random))
                        : Optional.empty();
        strike.ifPresent(defect.effect()::react);
        return call.training() ? train(call, asked, strike) : evaluate(call, asked, strike);
    }

    private Result evaluate(Call call, Asked asked, Optional<Strike> strike) {
        Result sound = Result.of(call.presented());
        Result result = call.gradOutput().map(sound::withGradInput).orElse(sound);
        history.add(asked);
        return strike.map(struck -> defect.effect().answer(result, NO_MASK, struck))
                .orElse(result);
    }

    private Result train(Call call, Asked asked, Optional<Strike> strike) {
        Tensor mask = call.mask().orElse(NO_MASK);
        int[] words = {};
        if (asked.draws()) {
            words = words(asked, strike);
            mask = mask(asked, words, strike);
        }
        Tensor applied = mask;
        Result forward = Result.of(Dropout.forward(call.presented(), applied, call.rate()));
        Result reported = description.can(Capability.MASK_OUTPUT) ? forward.withMask(applied) : forward;
        Result result = call.gradOutput()
                .map(dy -> reported.withGradInput(Dropout.backward(dy, applied, call.rate())))
                .orElse(reported);
        Result answer = strike.map(struck -> defect.effect().answer(result, applied, struck))
                .orElse(result);
        history.add(asked, words);
        return answer;
    }

    private int[] words(Asked asked, Optional<Strike> strike) {
        long key = strike.map(struck -> defect.effect().key(history.seed(), history.drawOfSeed(), struck))
                .orElseGet(() -> IndependentWords.key(history.seed(), history.drawOfSeed()));
        int[] words = IndependentWords.of(key, asked.maskSize());
        strike.ifPresent(struck -> defect.effect().words(words, struck));
        return words;
    }

    private Tensor mask(Asked asked, int[] words, Optional<Strike> strike) {
        double rate = strike.map(defect.effect()::rate).orElse(asked.rate());
        long threshold = BernoulliMask.threshold(rate);
        byte[] kept = new byte[words.length];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = (byte) (1 - (Integer.toUnsignedLong(words[i]) - threshold >>> 63));
        }
        strike.ifPresent(struck -> defect.effect().mask(kept, struck));
        return Tensor.wrap(DType.BOOL, asked.maskShape(), kept);
    }
}
