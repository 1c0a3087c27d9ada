package org.dropoutspec.golden;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.dropoutspec.golden.topic.Flag;
import org.dropoutspec.golden.topic.ScriptedWords;
import org.dropoutspec.golden.verify.ReferenceWords;
import org.dropoutspec.golden.verify.WordGenerator;
import org.dropoutspec.golden.word.Ieee;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Choices;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.ReferenceImplementation;
import org.dropoutspec.implementation.RejectedCall;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.reference.BernoulliMask;
import org.dropoutspec.reference.Dropout;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;

/** The reference with one bug, for each flag of the vectors. */
final class PlantedBug implements Implementation, WordGenerator {
    private static final Implementation REFERENCE = new ReferenceImplementation(5);

    private final Flag flag;
    private final Description description;
    private final ReferenceWords words = new ReferenceWords();
    private long seed = 1;
    private long draws;
    private Optional<Tensor> lastMask = Optional.empty();

    /** @param without the capabilities that it does not declare */
    PlantedBug(Flag flag, Capability... without) {
        this.flag = flag;
        Choices choices = switch (flag) {
            case CLASSIC_SCALED_TWICE -> Choices.defaults().with(Choices.Scaling.CLASSIC);
            case RATE_ONE_ACCEPTED -> Choices.defaults().with(Choices.RateOne.REJECT);
            default -> Choices.defaults();
        };
        EnumSet<Capability> declared = EnumSet.range(Capability.BACKWARD, Capability.PHILOX4X32_10);
        declared.removeAll(List.of(without));
        this.description = REFERENCE
                .description()
                .withCapabilities(declared.toArray(Capability[]::new))
                .with(choices);
    }

    @Override
    public Description description() {
        return description;
    }

    @Override
    public Result dropout(Call call) {
        if (flag == Flag.NEGATIVE_ZERO_REJECTED && Math.copySign(1, call.rate()) < 0) {
            throw new RejectedCall("the rate is negative");
        }
        Result result = call.training() ? train(call) : evaluate(call);
        if (flag == Flag.STREAM_MOVED && (!call.training() || call.mask().isPresent())) {
            draws++;
        } else if (flag == Flag.STRIDED_SHAPE_LOST
                && result.output().shape().size() == call.input().size()) {
            return new Result(
                    result.output().reshaped(call.input().shape()),
                    result.mask(),
                    result.gradInput()
                            .map(gradient -> gradient.reshaped(call.input().shape())));
        } else if (flag == Flag.MASK_SHAPE_WRONG && call.training()) {
            return result.withMask(result.mask().orElseThrow().broadcastTo(call.shape()));
        } else if (flag == Flag.TAIL_LOST) {
            return Damage.tailLost(call, result);
        }
        if (flag == Flag.MASK_REPORTED_WRONG && call.training()) {
            return result.withMask(Tensor.full(DType.BOOL, call.maskShape(), 0));
        }
        boolean lacksGradient =
                call.gradOutput().isPresent() && result.gradInput().isEmpty();
        return lacksGradient ? result.withGradInput(call.gradOutput().get()) : result;
    }

    private Result train(Call call) {
        double p = call.rate();
        if (flag == Flag.BAD_RATE_CLAMPED && !(p >= 0 && p <= 1)) {
            return REFERENCE.dropout(call.withRate(p > 1 ? 1 : 0));
        }
        if (flag == Flag.NOISE_SHAPE_GROWS && !call.maskShape().broadcastsTo(call.shape())) {
            return Result.of(Tensor.full(call.input().dtype(), call.maskShape(), 1));
        }
        Call masked = call.withMask(mask(call));
        lastMask = masked.mask();
        Tensor mask = masked.mask().orElseThrow();
        Tensor x = call.presented();
        return switch (flag) {
            case KEEP_DROP_CONFUSION -> REFERENCE.dropout(masked.withRate(p == 0 ? 0 : 1 - p));
            case BACKWARD_SCALED_BY_RATE -> Damage.gradient(masked, mask, 1 - p);
            case BACKWARD_MASK_OMITTED -> Damage.gradient(masked, Tensor.full(DType.BOOL, call.shape(), 1), p);
            case BACKWARD_UNSCALED -> Damage.gradient(masked, mask, 0);
            case MASK_INFERRED_FROM_OUTPUT -> Damage.gradient(masked, Damage.nonZero(Dropout.forward(x, mask, p)), p);
            case RATE_ONE_NAN ->
                p == 1 ? Damage.every(masked, word -> DType.FLOAT32.round(Double.NaN)) : REFERENCE.dropout(masked);
            case STRIDES_IGNORED ->
                Result.of(Dropout.forward(Damage.memory(call), mask.broadcastTo(call.shape()), p))
                        .withMask(mask);
            case SCALE_IN_HALF_PRECISION -> Damage.every(masked, word -> Damage.rescaled(call, word));
            case RATE_IN_SINGLE_PRECISION -> REFERENCE.dropout(masked.withRate((float) p));
            case SUBNORMALS_FLUSHED ->
                Damage.every(masked, word -> Damage.subnormal(call, word) ? 0 : Damage.scaled(call, word));
            case OVERFLOW_SATURATED ->
                Damage.every(
                        masked,
                        word -> Math.min(
                                Damage.scaled(call, word),
                                Ieee.of(call.input().dtype()).largest()));
            case KEEP_PROBABILITY_CLAMPED -> Damage.every(masked, word -> Damage.clamped(call, word));
            case GRADIENT_FROM_VALUES -> Damage.gradientFromValues(masked);
            case OUTPUT_FOLLOWS_GRADIENT -> Damage.nudgedBesideAGradient(masked);
            case NONFINITE_LEAKS -> Damage.multiplied(masked);
            case NONFINITE_LOST ->
                Damage.every(masked, word -> call.input().dtype().isNaN(word) ? 0 : Damage.scaled(call, word));
            case DTYPE_CHANGED ->
                Result.of(Damage.widened(Dropout.forward(x, mask, p))).withMask(mask);
            case SCALAR_OR_EMPTY -> {
                if (call.shape().rank() == 0 || call.shape().size() == 0) {
                    throw new RejectedCall("invalid grid");
                }
                yield REFERENCE.dropout(masked);
            }
            default -> REFERENCE.dropout(masked);
        };
    }

    private Result evaluate(Call call) {
        Tensor x = call.presented();
        Optional<Tensor> gradient = call.gradOutput();
        Result identity = Result.of(x);
        Result result = gradient.map(identity::withGradInput).orElse(identity);
        if (flag == Flag.BAD_RATE_IN_EVALUATION) {
            return result;
        }
        REFERENCE.dropout(call);
        Tensor stale = ScriptedWords.mask(x.shape(), "10");
        return switch (flag) {
            case EVALUATION_DROPS -> Result.of(Dropout.forward(x, stale, call.rate()));
            case EVALUATION_SCALED -> Result.of(Dropout.forward(x, Tensor.full(DType.BOOL, x.shape(), 1), call.rate()));
            case EVALUATION_NOT_BITWISE -> Result.of(Tensor.of(x.dtype(), x.shape(), Damage.plusZero(x)));
            case EVALUATION_BACKWARD_MASKED ->
                gradient.map(dy -> identity.withGradInput(Dropout.backward(dy, stale, call.rate())))
                        .orElse(identity);
            case CLASSIC_SCALED_TWICE -> Result.of(Tensor.of(x.dtype(), x.shape(), Damage.times(x, call.rate())));
            case TRAINING_LEFT_OVER -> leftOver(call, result);
            case STRIDES_IGNORED -> Result.of(Tensor.wrap(x.dtype(), x.shape(), Damage.bytes(call.input())));
            default -> result;
        };
    }

    private Tensor mask(Call call) {
        if (flag == Flag.NOISE_SHAPE_IGNORED && call.noiseShape().isPresent()) {
            return BernoulliMask.draw(call.shape(), call.rate(), 9, 0);
        }
        if (flag == Flag.GIVEN_MASK_IGNORED && call.rate() == 0) {
            return Tensor.full(DType.BOOL, call.maskShape(), 1);
        }
        if (call.mask().isPresent()) {
            return call.mask().get();
        }
        if (flag == Flag.DROP_AT_RATE_ZERO && call.rate() == 0) {
            return ScriptedWords.mask(call.maskShape(), "01");
        }
        BernoulliMask.requireRate(call.rate());
        if (call.seed().isPresent()) {
            seed = call.seed().getAsLong();
            draws = flag == Flag.STREAM_NOT_REPLAYED ? draws : 0;
        }
        boolean[] kept = new boolean[call.maskShape().size()];
        boolean other = flag == Flag.MASK_FOLLOWS_INPUT && Damage.holdsSpecial(call.input());
        int[] drawn = words(seed, other ? ~draws : draws, kept.length);
        draws++;
        for (int i = 0; i < kept.length; i++) {
            kept[i] = keeps(drawn[i], call.rate());
        }
        return Tensor.ofBooleans(call.maskShape(), kept);
    }

    @Override
    public int[] block(int[] counter, int[] key) {
        int[] swapped = {counter[2], counter[3], counter[0], counter[1]};
        int[] other = {counter[0] + 1, counter[1], counter[2], counter[3]};
        return words.block(
                flag == Flag.GENERATOR_COUNTER ? swapped : flag == Flag.GENERATOR_ROUNDS ? other : counter, key);
    }

    @Override
    public int[] words(long seed, long draw, int count) {
        boolean wrong = flag == Flag.GENERATOR_COUNTER || flag == Flag.GENERATOR_ROUNDS;
        return words.words(wrong ? Long.reverse(seed) + 1 : seed, draw, count);
    }

    @Override
    public boolean keeps(int word, double rate) {
        long unsigned = Integer.toUnsignedLong(word);
        return switch (flag) {
            case THRESHOLD_OFF_BY_ONE -> unsigned > BernoulliMask.threshold(rate) || rate == 0;
            case THRESHOLD_ROUNDED -> unsigned >= (long) Math.floor(Math.scalb(rate, 32));
            case THRESHOLD_COARSE -> unsigned >>> 24 >= Math.floor(rate * 256);
            default -> words.keeps(word, rate);
        };
    }

    private Result leftOver(Call call, Result evaluated) {
        Optional<Tensor> stale = lastMask.filter(mask -> mask.shape().equals(call.shape()));
        lastMask = Optional.empty();
        return stale.map(mask -> REFERENCE.dropout(call.withTraining(true).withMask(mask)))
                .orElse(evaluated);
    }
}
