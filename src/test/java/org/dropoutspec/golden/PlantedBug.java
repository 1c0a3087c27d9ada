package org.dropoutspec.golden;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongUnaryOperator;
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

    /** @param without the capabilities that it does not declare */
    PlantedBug(Flag flag, Capability... without) {
        this.flag = flag;
        Choices choices = flag == Flag.CLASSIC_SCALED_TWICE
                ? Choices.defaults().with(Choices.Scaling.CLASSIC)
                : Choices.defaults();
        EnumSet<Capability> declared = EnumSet.allOf(Capability.class);
        declared.removeAll(List.of(without));
        this.description = REFERENCE
                .description()
                .with(declared.toArray(Capability[]::new))
                .with(choices);
    }

    @Override
    public Description description() {
        return description;
    }

    @Override
    public Result dropout(Call call) {
        Result result = call.training() ? train(call) : evaluate(call);
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
        Tensor mask = masked.mask().orElseThrow();
        Tensor x = call.presented();
        return switch (flag) {
            case KEEP_DROP_CONFUSION -> REFERENCE.dropout(masked.withRate(p == 0 ? 0 : 1 - p));
            case BACKWARD_SCALED_BY_RATE -> gradient(masked, mask, 1 - p);
            case BACKWARD_MASK_OMITTED -> gradient(masked, Tensor.full(DType.BOOL, call.shape(), 1), p);
            case BACKWARD_UNSCALED -> gradient(masked, mask, 0);
            case MASK_INFERRED_FROM_OUTPUT -> gradient(masked, nonZero(Dropout.forward(x, mask, p)), p);
            case RATE_ONE_NAN ->
                p == 1 ? every(masked, word -> DType.FLOAT32.round(Double.NaN)) : REFERENCE.dropout(masked);
            case STRIDES_IGNORED ->
                Result.of(Dropout.forward(memory(call), mask.broadcastTo(call.shape()), p))
                        .withMask(mask);
            case SCALE_IN_HALF_PRECISION -> every(masked, word -> rescaled(call, word));
            case RATE_IN_SINGLE_PRECISION -> REFERENCE.dropout(masked.withRate((float) p));
            case SUBNORMALS_FLUSHED -> every(masked, word -> subnormal(call, word) ? 0 : scaled(call, word));
            case OVERFLOW_SATURATED ->
                every(
                        masked,
                        word -> Math.min(
                                scaled(call, word),
                                Ieee.of(call.input().dtype()).largest()));
            case NONFINITE_LEAKS -> multiplied(masked);
            case NONFINITE_LOST -> every(masked, word -> call.input().dtype().isNaN(word) ? 0 : scaled(call, word));
            case DTYPE_CHANGED ->
                Result.of(widened(Dropout.forward(x, mask, p))).withMask(mask);
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
        Tensor stale = Words.mask(x.shape(), "10");
        return switch (flag) {
            case EVALUATION_DROPS -> Result.of(Dropout.forward(x, stale, call.rate()));
            case EVALUATION_SCALED -> Result.of(Dropout.forward(x, Tensor.full(DType.BOOL, x.shape(), 1), call.rate()));
            case EVALUATION_NOT_BITWISE -> Result.of(Tensor.of(x.dtype(), x.shape(), plusZero(x)));
            case EVALUATION_BACKWARD_MASKED ->
                gradient.map(dy -> identity.withGradInput(Dropout.backward(dy, stale, call.rate())))
                        .orElse(identity);
            case CLASSIC_SCALED_TWICE -> Result.of(Tensor.of(x.dtype(), x.shape(), times(x, call.rate())));
            case STRIDES_IGNORED -> Result.of(Tensor.wrap(x.dtype(), x.shape(), bytes(call.input())));
            default -> result;
        };
    }

    private Tensor mask(Call call) {
        if (flag == Flag.NOISE_SHAPE_IGNORED && call.noiseShape().isPresent()) {
            return BernoulliMask.draw(call.shape(), call.rate(), 9, 0);
        }
        if (call.mask().isPresent()) {
            return call.mask().get();
        }
        long seed = call.seed().orElse(1);
        if (flag == Flag.DROP_AT_RATE_ZERO && call.rate() == 0) {
            return Words.mask(call.maskShape(), "01");
        }
        BernoulliMask.requireRate(call.rate());
        boolean[] kept = new boolean[call.maskShape().size()];
        int[] drawn = words(seed, 0, kept.length);
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
            case THRESHOLD_COARSE -> unsigned >>> 24 >= Math.floor(rate * 256);
            default -> words.keeps(word, rate);
        };
    }

    private static Result gradient(Call masked, Tensor mask, double rate) {
        Result result = REFERENCE.dropout(masked);
        return masked.gradOutput()
                .map(dy -> result.withGradInput(Dropout.backward(dy, mask, rate)))
                .orElse(result);
    }

    private static Result every(Call masked, LongUnaryOperator kept) {
        Tensor mask = masked.mask().orElseThrow();
        Tensor spread = mask.broadcastTo(masked.shape());
        Function<Tensor, Tensor> apply = x -> {
            Tensor.Builder y = Tensor.builder(x.dtype(), x.shape());
            for (int i = 0; i < x.size(); i++) {
                y.setBits(i, spread.bool(i) == 1 || masked.rate() == 1 ? kept.applyAsLong(x.bits(i)) : 0);
            }
            return y.build();
        };
        Result result = Result.of(apply.apply(masked.presented())).withMask(mask);
        return masked.gradOutput()
                .map(dy -> result.withGradInput(apply.apply(dy)))
                .orElse(result);
    }

    private static long scaled(Call call, long word) {
        DType dtype = call.input().dtype();
        return dtype.round(dtype.value(word) / (1 - call.rate()));
    }

    private static long rescaled(Call call, long word) {
        DType dtype = call.input().dtype();
        double scale = dtype.value(dtype.round(1 / dtype.value(dtype.round(1 - call.rate()))));
        return dtype.round(dtype.value(word) * scale);
    }

    private static boolean subnormal(Call call, long word) {
        Ieee format = Ieee.of(call.input().dtype());
        return format.magnitude(word) < format.smallestNormal();
    }

    private static Result multiplied(Call masked) {
        Tensor mask = masked.mask().orElseThrow();
        Tensor x = masked.presented();
        double[] y = x.values();
        for (int i = 0; i < y.length; i++) {
            y[i] = mask.broadcastTo(x.shape()).bool(i) * y[i] / (1 - masked.rate());
        }
        Result result = Result.of(Tensor.of(x.dtype(), x.shape(), y)).withMask(mask);
        return masked.gradOutput()
                .map(dy -> result.withGradInput(Dropout.backward(dy, mask, masked.rate())))
                .orElse(result);
    }

    private static Tensor nonZero(Tensor y) {
        boolean[] kept = new boolean[y.size()];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = y.value(i) != 0;
        }
        return Tensor.ofBooleans(y.shape(), kept);
    }

    private static Tensor widened(Tensor y) {
        return Tensor.of(y.dtype() == DType.FLOAT64 ? DType.FLOAT32 : DType.FLOAT64, y.shape(), y.values());
    }

    private static Tensor memory(Call call) {
        return Tensor.wrap(call.input().dtype(), call.shape(), bytes(call.input()));
    }

    private static byte[] bytes(Tensor x) {
        byte[] bytes = new byte[x.data().remaining()];
        x.data().get(bytes);
        return bytes;
    }

    private static double[] plusZero(Tensor x) {
        double[] values = x.values();
        for (int i = 0; i < values.length; i++) {
            values[i] += 0.0;
        }
        return values;
    }

    private static double[] times(Tensor x, double factor) {
        double[] values = x.values();
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
        return values;
    }
}
