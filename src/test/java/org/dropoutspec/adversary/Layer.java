package org.dropoutspec.adversary;

import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Choices.RateOne;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.RejectedCall;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.reference.Dropout;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;

/** A dropout as one writes it in an afternoon: sound, and each step may be overridden. */
class Layer implements Implementation {
    /** One type and nothing else: such as a layer without a seed in a hurry. */
    static final Description PLAIN = Description.of("layer", "1").withDtypes(DType.FLOAT32);

    static final Description SEEDED = PLAIN.withCapabilities(Capability.SEED);
    static final Description BACKWARD = PLAIN.withCapabilities(Capability.BACKWARD);
    static final Description STRIDED = PLAIN.withCapabilities(Capability.BACKWARD, Capability.PERMUTED_INPUT);
    static final Description NOISY = PLAIN.withCapabilities(Capability.BACKWARD, Capability.NOISE_SHAPE);
    static final Description REPORTING = PLAIN.withCapabilities(Capability.MASK_OUTPUT, Capability.PERMUTED_INPUT);

    private final Description description;
    private final long first;
    private int starts;
    private SplittableRandom random;

    Layer(Description description, long seed) {
        this.description = description;
        this.first = seed;
        seed(seed);
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

    /** What else a process holds when it starts is for whoever holds it to reset. */
    @Override
    public boolean restart() {
        seed(first + ++starts * 0x9E37_79B9L);
        return true;
    }

    void check(Call call) {
        boolean probability = call.rate() >= 0 && call.rate() <= 1;
        boolean one =
                call.rate() == 1 && call.training() && description.choices().rateOne() == RateOne.REJECT;
        if (!probability || one) {
            throw new RejectedCall("bad rate " + call.rate());
        }
        if (!call.maskShape().broadcastsTo(call.shape())) {
            throw new RejectedCall("bad noise shape " + call.maskShape());
        }
    }

    Result train(Call call) {
        call.seed().ifPresent(this::seed);
        Tensor mask = call.mask().orElseGet(() -> mask(call));
        Result result = Result.of(forward(call, call.presented(), mask));
        if (description.can(Capability.MASK_OUTPUT)) {
            result = result.withMask(reported(call, mask));
        }
        if (call.gradOutput().isPresent()) {
            result = result.withGradInput(backward(call, call.gradOutput().get(), mask));
        }
        return result;
    }

    Result evaluate(Call call) {
        Result result = Result.of(call.presented());
        return call.gradOutput().map(result::withGradInput).orElse(result);
    }

    void seed(long seed) {
        random = new SplittableRandom(seed);
    }

    Tensor mask(Call call) {
        byte[] kept = new byte[call.maskShape().size()];
        draw(kept, call);
        return Tensor.wrap(DType.BOOL, call.maskShape(), kept);
    }

    /** Fills the mask of a call: 1 keeps, 0 drops. */
    void draw(byte[] kept, Call call) {
        fill(kept, 0, kept.length, call.rate());
    }

    final void fill(byte[] kept, int from, int to, double rate) {
        long threshold = threshold(rate);
        for (int i = from; i < to; i++) {
            kept[i] = keep(word(), threshold);
        }
    }

    /** The next word of the stream, from 0 to 2^32 - 1. */
    long word() {
        return random.nextLong() >>> 32;
    }

    final double uniform() {
        return word() * 0x1p-32;
    }

    static long threshold(double rate) {
        return (long) Math.ceil(Math.scalb(rate, 32));
    }

    static byte keep(long word, long threshold) {
        return (byte) (1 - (word - threshold >>> 63));
    }

    Tensor forward(Call call, Tensor x, Tensor mask) {
        return Dropout.forward(x, mask, call.rate());
    }

    Tensor backward(Call call, Tensor dy, Tensor mask) {
        return Dropout.backward(dy, mask, call.rate());
    }

    Tensor reported(Call call, Tensor mask) {
        return mask;
    }

    static Tensor map(Tensor tensor, DoubleUnaryOperator element) {
        return each(tensor, i -> element.applyAsDouble(tensor.value(i)));
    }

    /** A tensor like this one with other elements, rounded to its type. */
    static Tensor each(Tensor tensor, IntToDoubleFunction element) {
        Tensor.Builder mapped = Tensor.builder(tensor.dtype(), tensor.shape());
        for (int i = 0; i < tensor.size(); i++) {
            mapped.setBits(i, tensor.dtype().round(element.applyAsDouble(i)));
        }
        return mapped.build();
    }

    static int size(Call call) {
        return call.shape().size();
    }

    static int rank(Call call) {
        return call.shape().rank();
    }

    /** The extent of the last axis. */
    static int row(Call call) {
        int rank = call.maskShape().rank();
        return rank == 0 ? 1 : call.maskShape().extent(rank - 1);
    }

    static boolean isStrided(Call call) {
        return call.permutation().isPresent();
    }
}
