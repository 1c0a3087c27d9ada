package org.dropoutspec.sampling;

import java.util.HashSet;
import java.util.List;
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
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.RejectedCall;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.implementation.UnsupportedCall;
import org.dropoutspec.sampling.Conclusion.Inapplicable;
import org.dropoutspec.sampling.Conclusion.Undecided;
import org.dropoutspec.statistics.PackedMask;
import org.dropoutspec.statistics.Stratum;
import org.dropoutspec.tensor.Bits;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Makes calls, puts them to the implementation and keeps the time that it takes. */
final class Sampler {
    /** Seeds that agree in these may stand for one another: whether the other bits count is SEED-5, which is advice. */
    static final int LOW_BITS = 16;

    /** So many seeds that differ in their low bits are found by drawing again, some eight times at most. */
    private static final int MOST_SEEDS = (1 << LOW_BITS) - (1 << LOW_BITS - 3);

    /** Of so many elements the values cost no more than the call does. */
    private static final int FEW = 1 << 12;

    private static final List<ValueKind> UPSTREAM =
            List.of(ValueKind.MODERATE, ValueKind.TINY, ValueKind.MODERATE, ValueKind.HUGE, ValueKind.CONSTANT);

    private final Implementation implementation;
    private final Description description;
    private final Inputs inputs;
    private final int seedBits;
    private final Part part;
    private final SplittableRandom random;
    /** The low bits of the seeds used. None comes twice: the mask may have been seen before, as it should. */
    private final Set<Long> usedSeeds = new HashSet<>();

    private long number;
    private int gradients;
    private long calls;
    private long elements;
    private long nanos;
    private long elementsInBits;
    private String unsupported = "";
    /** What became of the last call that draws a mask, if the implementation can express it. */
    private Optional<String> drawn = Optional.empty();

    /** Of the strata in which no mask could be asked so far, those in which one was to be. */
    private final Set<Stratum> inexpressible = new HashSet<>();

    private final Set<Stratum> expressible = new HashSet<>();

    /** Whether bits were seen to tell the same as answers in full. */
    private boolean inBits;

    Sampler(Implementation implementation, long seed) {
        this(implementation, seed, Part.WHOLE);
    }

    /** @param part whose seeds it sets: a mask that two processes draw is to be counted once */
    Sampler(Implementation implementation, long seed, Part part) {
        this.implementation = implementation;
        this.part = part;
        this.description = implementation.description();
        this.inputs = new Inputs(seed, description.can(Capability.TILED_INPUT));
        this.seedBits = description.seeding().bits();
        this.random = new SplittableRandom(seed);
    }

    /** One whose calls do not depend on which were made before; what it takes counts here too. */
    Sampler part(long seed) {
        Sampler alone = new Sampler(
                new Implementation() {
                    @Override
                    public Description description() {
                        return description;
                    }

                    @Override
                    public Result dropout(Call call) {
                        return Sampler.this.answer(call);
                    }

                    @Override
                    public Bits kept(Call call) {
                        return answerInBits(call);
                    }
                },
                seed);
        alone.inBits = inBits;
        return alone;
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

    /** Of all kinds in turn but for zeros, which would show nothing of what became of them. */
    private Tensor gradient(DType dtype, Shape shape) {
        return input(dtype, UPSTREAM.get(gradients++ % UPSTREAM.size()), shape).tensor();
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

    /** The call with a seed whose low bits were not used yet; as it is once nearly all that there are were used. */
    Call withFreshSeed(Call call, SeedKind kind) {
        if (usedSeeds.size() >= MOST_SEEDS / part.of()) {
            return call;
        }
        long seed = kind.draw(seedBits, random);
        while (!part.holds(low(seed)) || !usedSeeds.add(low(seed))) {
            seed = kind.draw(seedBits, random);
        }
        return call.withSeed(seed);
    }

    /** What two seeds must differ in for their masks to be held against each other. */
    static long low(long seed) {
        return seed % (1L << LOW_BITS);
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
            noteUnsupported(call);
            return Optional.empty();
        } catch (RejectedCall rejection) {
            note(call, "rejected: " + rejection.getMessage());
            throw rejection;
        }
    }

    /**
     * The mask by a bit an element; empty where the implementation cannot express the call.
     *
     * @throws RejectedCall when it rejects the call
     */
    Optional<PackedMask> putInBits(Call call) {
        try {
            return Optional.of(PackedMask.ofKept(answerInBits(call)));
        } catch (UnsupportedCall cannot) {
            unsupported = String.valueOf(cannot.getMessage());
            return Optional.empty();
        } catch (RejectedCall rejection) {
            note(call, "rejected: " + rejection.getMessage());
            throw rejection;
        }
    }

    /** Whether from now on masks are asked for in bits where that saves something. */
    void trustBits(boolean told) {
        inBits = told && description.can(Capability.KEPT_BITS) && !description.can(Capability.FEW_SHAPES);
    }

    /** Whether a call that draws a mask is better asked in bits. */
    boolean prefersBits(Asking asking) {
        return inBits && asking.call().input().size() > FEW && BothWays.canAsk(asking, description);
    }

    /** Whether a row has to be asked in full, where others with masks as large as its own are asked in bits. */
    boolean isCostly(Condition row) {
        boolean full = row.gradient() || row.values() == ValueKind.WITH_ZEROS;
        return inBits && full && row.noiseShape().isEmpty() && row.shape().size() > FEW;
    }

    /** The same of a call before a row, which is not there for its gradient. */
    boolean isCostly(Predecessor before) {
        Signature signature = before.signature();
        return inBits && signature.gradient() && signature.shape().size() > FEW;
    }

    private void note(Call call, String what) {
        if (drawsAMask(call)) {
            drawn = Optional.of(what);
            expressible.add(new Stratum(call.input().dtype(), call.rate()));
        }
    }

    private void noteUnsupported(Call call) {
        if (drawsAMask(call)) {
            inexpressible.add(new Stratum(call.input().dtype(), call.rate()));
        }
    }

    private static boolean drawsAMask(Call call) {
        return call.training()
                && call.mask().isEmpty()
                && call.input().size() > 0
                && call.rate() > 0
                && call.rate() < 1;
    }

    /** Whether calls of the stratum were asked, and each was one that the implementation cannot express. */
    boolean isInexpressible(Stratum stratum) {
        return inexpressible.contains(stratum) && !expressible.contains(stratum);
    }

    /** Where other processes were asked too, what could be asked of any. */
    void recall(Stratum stratum, boolean couldNot) {
        (couldNot ? inexpressible : expressible).add(stratum);
    }

    /** How often a stratum could not be asked, 1 or 0; and how often it was. */
    long[] expressed(List<Stratum> strata, boolean could) {
        return strata.stream()
                .mapToLong(stratum -> (could ? expressible : inexpressible).contains(stratum) ? 1 : 0)
                .toArray();
    }

    private Result answer(Call call) {
        return timed(call, implementation::dropout);
    }

    private Bits answerInBits(Call call) {
        elementsInBits += call.input().size();
        return timed(call, implementation::kept);
    }

    private <T> T timed(Call call, Function<Call, T> put) {
        long start = System.nanoTime();
        calls++;
        elements += call.input().size();
        try {
            return put.apply(call);
        } finally {
            nanos += System.nanoTime() - start;
        }
    }

    /** A plain training call with moderate values, and what is known of its elements. */
    Asking plain(Stratum stratum, Shape shape) {
        Inputs.Input input = input(stratum.dtype(), ValueKind.MODERATE, shape);
        return new Asking(null, Call.training(stratum.rate(), input.tensor()), input.features());
    }

    /** The mask that a plain call draws; empty where it is not answered, or in another form. */
    Optional<PackedMask> mask(Call call) {
        if (inBits) {
            try {
                return putInBits(call);
            } catch (RejectedCall rejection) {
                return Optional.empty();
            }
        }
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

    /** How many of these were answered by a bit each. */
    long elementsInBits() {
        return elementsInBits;
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
