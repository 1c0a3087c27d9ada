package org.dropoutspec.sampling;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.dropoutspec.condition.Condition;
import org.dropoutspec.condition.Predecessor;
import org.dropoutspec.condition.SeedKind;
import org.dropoutspec.condition.Signature;
import org.dropoutspec.condition.ValueKind;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.statistics.Stratum;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Draws calls under conditions: their inputs, gradients, masks and seeds. */
final class CallDraw {
    /** Masks are compared only if their seeds differ in these many low bits: whether others count is SEED-5, advice. */
    static final int LOW_BITS = 16;

    /** The most seeds with different low bits that are drawn, 7/8 of all: the last take some eight tries. */
    private static final int MOST_SEEDS = (1 << LOW_BITS) - (1 << LOW_BITS - 3);

    private static final List<ValueKind> UPSTREAM =
            List.of(ValueKind.MODERATE, ValueKind.TINY, ValueKind.MODERATE, ValueKind.HUGE, ValueKind.CONSTANT);

    private final Inputs inputs;
    private final int seedBits;
    private final boolean takesNoiseShapes;
    private final Part part;
    private final SplittableRandom random;
    /** The low bits of the seeds used. None is used twice: its mask could rightly be an earlier one. */
    private final Set<Long> usedSeeds = new HashSet<>();

    private long number;
    private int gradients;
    private int rejections;

    /** @param part whose seeds are set: no other process sets them, so that no mask is counted twice */
    CallDraw(Description description, long seed, Part part) {
        this.part = part;
        this.inputs = new Inputs(seed, description.can(Capability.TILED_INPUT));
        this.seedBits = description.seeding().bits();
        this.takesNoiseShapes = description.can(Capability.NOISE_SHAPE) && !description.can(Capability.FEW_SHAPES);
        this.random = new SplittableRandom(seed);
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
        return flat ? new Asking(condition, call, input.features()) : new Asking(condition, call);
    }

    /** The same call as an evaluation, without a seed. */
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
        boolean bad = !(before.rate() >= 0 && before.rate() <= 1);
        return new Asking(
                row, bad && takesNoiseShapes && rejections++ % 2 == 1 ? withBadNoise(call, row.rate()) : call);
    }

    /** The call with a noise shape to be rejected: each axis is one longer than the input's; a scalar's has an axis. */
    private static Call withBadNoise(Call call, double rate) {
        int[] extents = call.shape().extents();
        int[] longer = extents.length == 0
                ? new int[] {2}
                : Arrays.stream(extents).map(extent -> extent + 1).toArray();
        return call.withRate(rate).withNoiseShape(Shape.of(longer));
    }

    /** A plain training call with moderate values, and what is known of its elements. */
    LabelledCall plain(Stratum stratum, Shape shape) {
        Inputs.Input input = input(stratum.dtype(), ValueKind.MODERATE, shape);
        return new LabelledCall(Call.training(stratum.rate(), input.tensor()), input.features());
    }

    private Inputs.Input input(DType dtype, ValueKind values, Shape shape) {
        return inputs.of(dtype, values, shape, number++);
    }

    /** An upstream gradient with values of all kinds in turn, except zeros, whose products would show nothing. */
    private Tensor gradient(DType dtype, Shape shape) {
        return input(dtype, UPSTREAM.get(gradients++ % UPSTREAM.size()), shape).tensor();
    }

    /** A mask to be given, at random: each element is kept with probability one half. */
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

    /** The call with a seed whose low bits are not used yet; the call unchanged once nearly all are used. */
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

    /** The low bits of a seed. Masks are compared only if their seeds differ in these. */
    static long low(long seed) {
        return seed % (1L << LOW_BITS);
    }
}
