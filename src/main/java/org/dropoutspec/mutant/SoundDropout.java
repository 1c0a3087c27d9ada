package org.dropoutspec.mutant;

import java.util.function.IntToLongFunction;
import java.util.stream.Stream;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Choices.DroppedNonfinite;
import org.dropoutspec.implementation.Choices.RateOne;
import org.dropoutspec.implementation.Choices.Scaling;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.RejectedCall;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.reference.BernoulliMask;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A sound dropout, cut into the steps at which an implementation can go wrong. A mutant overrides one of them.
 *
 * <p>It honours every choice that its description declares.
 */
class SoundDropout implements Implementation {
    /** All four floating types and all capabilities of one call, except the reference's own generator. */
    static final Description EVERYTHING = Description.of("specimen", "1.0")
            .withDtypes(DType.FLOAT32, DType.FLOAT64, DType.FLOAT16, DType.BFLOAT16)
            .withCapabilities(
                    Capability.BACKWARD,
                    Capability.SEED,
                    Capability.MASK_OUTPUT,
                    Capability.MASK_INPUT,
                    Capability.NOISE_SHAPE,
                    Capability.PERMUTED_INPUT);

    /** The same, with the reference's own generator. */
    static final Description WITH_PHILOX = EVERYTHING.withCapabilities(
            Stream.concat(EVERYTHING.capabilities().stream(), Stream.of(Capability.PHILOX4X32_10))
                    .toArray(Capability[]::new));

    private final Description description;
    private final boolean classic;
    private final boolean multiplied;
    private @Nullable Call presentedOf;
    private Tensor presented = Tensor.ofBooleans(Shape.of(0), new boolean[0]);
    private long seed;
    private long draws;

    SoundDropout(Description description, long seed) {
        this.description = description;
        this.classic = description.choices().scaling() == Scaling.CLASSIC;
        this.multiplied = description.choices().droppedNonfinite() == DroppedNonfinite.NAN;
        this.seed = seed;
    }

    @Override
    public final Description description() {
        return description;
    }

    @Override
    public Result dropout(Call call) {
        check(call);
        return call.training() ? train(call) : evaluate(call);
    }

    /** Rejects a call with a bad rate or a bad noise shape. */
    void check(Call call) {
        checkRate(call);
        checkNoiseShape(call);
    }

    void checkRate(Call call) {
        boolean accepted = call.rate() >= 0 && call.rate() <= 1;
        boolean oneRejected = description.choices().rateOne() == RateOne.REJECT && call.training();
        if (!accepted || call.rate() == 1 && oneRejected) {
            throw new RejectedCall("rate must be a probability, got " + call.rate());
        }
    }

    void checkNoiseShape(Call call) {
        if (!call.maskShape().broadcastsTo(call.shape())) {
            throw new RejectedCall("noise shape must broadcast to the input's");
        }
    }

    Result train(Call call) {
        call.seed().ifPresent(this::reseed);
        Tensor mask = call.mask().orElseGet(() -> draw(call));
        Tensor kept = mask.broadcastTo(call.shape());
        Tensor x = call.presented();
        Tensor y = map(x, i -> forward(call, x.bits(i), kept.bits(i) != 0, i));
        Result result = Result.of(y);
        if (description.can(Capability.MASK_OUTPUT)) {
            result = result.withMask(mask);
        }
        if (call.gradOutput().isPresent()) {
            Tensor dy = call.gradOutput().get();
            result = result.withGradInput(map(dy, i -> backward(call, dy.bits(i), kept.bits(i) != 0, i)));
        }
        return result;
    }

    /** The input in the order of its elements, computed once for each call. */
    final Tensor presented(Call call) {
        if (call != presentedOf) {
            presentedOf = call;
            presented = call.presented();
        }
        return presented;
    }

    Result evaluate(Call call) {
        Tensor x = call.presented();
        Result result = Result.of(map(x, i -> evaluated(call, x.bits(i))));
        if (call.gradOutput().isPresent()) {
            Tensor dy = call.gradOutput().get();
            return result.withGradInput(map(dy, i -> evaluatedGradient(call, dy.bits(i))));
        }
        return result;
    }

    void reseed(long value) {
        seed = value;
        draws = 0;
    }

    /** Draws the mask of a call, in the mask's own shape. */
    Tensor draw(Call call) {
        return nextMask(call.maskShape(), call.rate());
    }

    /** Draws the next mask of the stream, by the reference's generator. */
    final Tensor nextMask(Shape shape, double rate) {
        return BernoulliMask.draw(shape, rate, seed, draws++);
    }

    /** One element of the forward pass. */
    long forward(Call call, long x, boolean kept, int index) {
        return apply(call, x, kept);
    }

    /** One element of the backward pass. */
    long backward(Call call, long dy, boolean kept, int index) {
        return apply(call, dy, kept);
    }

    long evaluated(Call call, long x) {
        return classic ? dtype(call).round(value(call, x) * (1 - call.rate())) : x;
    }

    long evaluatedGradient(Call call, long dy) {
        return evaluated(call, dy);
    }

    /** Masks and scales an element as declared. */
    final long apply(Call call, long x, boolean kept) {
        if (kept) {
            return scaled(call, x);
        }
        return multiplied ? dtype(call).round(value(call, x) * 0) : 0;
    }

    long scaled(Call call, long x) {
        return classic ? x : dtype(call).round(value(call, x) / (1 - call.rate()));
    }

    static DType dtype(Call call) {
        return call.input().dtype();
    }

    static double value(Call call, long bits) {
        return dtype(call).value(bits);
    }

    /** A tensor like {@code tensor} with other elements. */
    static Tensor map(Tensor tensor, IntToLongFunction element) {
        Tensor.Builder mapped = Tensor.builder(tensor.dtype(), tensor.shape());
        for (int i = 0; i < tensor.size(); i++) {
            mapped.setBits(i, element.applyAsLong(i));
        }
        return mapped.build();
    }
}
