package org.dropoutspec.sampling;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.dropoutspec.condition.Condition;
import org.dropoutspec.condition.Predecessor;
import org.dropoutspec.condition.SeedKind;
import org.dropoutspec.condition.Signature;
import org.dropoutspec.condition.ValueKind;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.RejectedCall;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.implementation.UnsupportedCall;
import org.dropoutspec.sampling.Conclusion.Inapplicable;
import org.dropoutspec.sampling.Conclusion.Undecided;
import org.dropoutspec.statistics.PackedMask;
import org.dropoutspec.statistics.Stratum;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Makes calls, puts them to the implementation and keeps the time that it takes. */
final class Sampler {
    /** So often an unused seed of one kind is looked for: the small ones are few. */
    private static final int OF_ITS_KIND = 100;

    private final Function<Call, Result> implementation;
    private final Inputs inputs;
    private final int seedBits;
    private final SplittableRandom random;
    /** No seed is used twice: its mask would have been seen before, as it should. */
    private final Set<Long> usedSeeds = new HashSet<>();

    private long number;
    private long calls;
    private long elements;
    private long nanos;
    private String unsupported = "";
    /** What became of the last call that draws a mask, if the implementation can express it. */
    private Optional<String> drawn = Optional.empty();

    Sampler(Function<Call, Result> implementation, int seedBits, long seed) {
        this.implementation = implementation;
        this.inputs = new Inputs(seed);
        this.seedBits = seedBits;
        this.random = new SplittableRandom(seed);
    }

    /** One whose calls do not depend on which were made before; what it takes counts here too. */
    Sampler part(long seed) {
        return new Sampler(this::answer, seedBits, seed);
    }

    /**
     * A call, the condition that it shows, and what is known of the elements of its mask.
     */
    record Asking(Condition condition, Call call, PackedMask... features) {
        Asking withCall(Call other) {
            return new Asking(condition, other, features);
        }
    }

    /** A training call under a condition, with values of its own. */
    Asking training(Condition condition) {
        Inputs.Input input = input(condition.dtype(), condition.values(), condition.buffer());
        Call call = Call.training(condition.rate(), input.tensor());
        if (condition.permutation().isPresent()) {
            call = call.withPermutation(condition.permutation().get());
        }
        if (condition.noiseShape().isPresent()) {
            call = call.withNoiseShape(condition.noiseShape().get());
        }
        if (condition.gradient()) {
            call = call.withGradOutput(gradient(condition.dtype(), condition.shape()));
        }
        if (condition.seed() != SeedKind.STREAM) {
            call = withFreshSeed(call, condition.seed());
        }
        boolean flat =
                condition.permutation().isEmpty() && condition.noiseShape().isEmpty();
        return new Asking(condition, call, flat ? input.features() : new PackedMask[0]);
    }

    /** The same in evaluation, without a seed. */
    Asking evaluation(Condition condition) {
        return new Asking(
                condition, training(condition).call().withTraining(false).withoutSeed());
    }

    /** The call that a row wants before it. */
    Asking predecessor(Condition row, Predecessor before) {
        Signature signature = before.signature();
        Inputs.Input input =
                input(signature.dtype(), ValueKind.MODERATE, signature.layout().buffer(signature.shape()));
        Call call = Call.training(before.rate(), input.tensor()).withTraining(signature.training());
        Optional<int[]> permutation =
                signature.layout().permutation(signature.shape().rank());
        if (permutation.isPresent()) {
            call = call.withPermutation(permutation.get());
        }
        if (signature.noiseShape().isPresent()) {
            call = call.withNoiseShape(signature.noiseShape().get());
        }
        if (signature.gradient()) {
            call = call.withGradOutput(gradient(signature.dtype(), signature.shape()));
        }
        if (signature.seeded()) {
            call = withFreshSeed(call, SeedKind.SMALL);
        }
        if (signature.masked()) {
            call = call.withMask(mask(call.maskShape()));
        }
        return new Asking(row, call);
    }

    private Inputs.Input input(DType dtype, ValueKind values, Shape shape) {
        return inputs.of(dtype, values, shape, number++);
    }

    private Tensor gradient(DType dtype, Shape shape) {
        return input(dtype, ValueKind.MODERATE, shape).tensor();
    }

    /** A mask to be given: every other element or so is kept. */
    private Tensor mask(Shape shape) {
        boolean[] kept = new boolean[shape.size()];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = random.nextBoolean();
        }
        return Tensor.ofBooleans(shape, kept);
    }

    Inputs inputs() {
        return inputs;
    }

    /** The call with a seed that was not used yet; as it is once nearly all that there are were used. */
    Call withFreshSeed(Call call, SeedKind kind) {
        if (usedSeeds.size() >= (1L << seedBits) - (1L << seedBits - 3)) {
            return call;
        }
        long seed = kind.draw(seedBits, random);
        for (int again = 1; !usedSeeds.add(seed); again++) {
            seed = again < OF_ITS_KIND ? kind.draw(seedBits, random) : random.nextLong(1L << seedBits);
        }
        return call.withSeed(seed);
    }

    /**
     * The answer; empty where the implementation cannot express the call.
     *
     * @throws RejectedCall when it rejects the call
     */
    Optional<Result> put(Call call) {
        try {
            Result result = answer(call);
            note(call, "no answer was of the type and shape of its input");
            return Optional.of(result);
        } catch (UnsupportedCall cannot) {
            unsupported = String.valueOf(cannot.getMessage());
            return Optional.empty();
        } catch (RejectedCall rejection) {
            note(call, "rejected: " + rejection.getMessage());
            throw rejection;
        }
    }

    private void note(Call call, String what) {
        if (call.training() && call.mask().isEmpty() && call.input().size() > 0 && call.rate() > 0 && call.rate() < 1) {
            drawn = Optional.of(what);
        }
    }

    private Result answer(Call call) {
        long start = System.nanoTime();
        calls++;
        elements += call.input().size();
        try {
            return implementation.apply(call);
        } finally {
            nanos += System.nanoTime() - start;
        }
    }

    /** A plain training call with moderate values, and what is known of its elements. */
    Asking plain(Stratum stratum, Shape shape) {
        Inputs.Input input = input(stratum.dtype(), ValueKind.MODERATE, shape);
        return new Asking(null, Call.training(stratum.rate(), input.tensor()), input.features());
    }

    /** The mask that a call with a visible input draws; empty where it is not answered, or in another form. */
    Optional<PackedMask> mask(Call call) {
        return tryPut(call)
                .map(Result::output)
                .filter(output ->
                        output.dtype() == call.input().dtype() && output.shape().equals(call.shape()))
                .map(PackedMask::ofOutput);
    }

    /** The answer; empty also where the call is rejected. */
    Optional<Result> tryPut(Call call) {
        try {
            return put(call);
        } catch (RejectedCall rejection) {
            return Optional.empty();
        }
    }

    /** How many calls were made. */
    long calls() {
        return calls;
    }

    /** How many elements were asked for. */
    long elements() {
        return elements;
    }

    /** What the implementation said last about a call that it cannot express. */
    String unsupported() {
        return unsupported;
    }

    /** What there is to say where no mask was seen. */
    Conclusion noMask() {
        return drawn.<Conclusion>map(why -> new Undecided(why, Map.of()))
                .orElseGet(() -> new Inapplicable(unsupported));
    }

    double seconds() {
        return nanos / 1e9;
    }
}
