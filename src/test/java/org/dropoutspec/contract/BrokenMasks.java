package org.dropoutspec.contract;

import java.util.SplittableRandom;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.RejectedCall;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.reference.Dropout;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;

/** Dropout in float32 that takes seeds and draws its masks as a test says. */
final class BrokenMasks implements Implementation {
    /** Draws uniform numbers in [0, 1); an element is dropped when its number is below the rate. */
    interface Source {
        double next();
    }

    /** What one seeded or unseeded call draws from. */
    interface Generator {
        /** @param seeded whether the call set the seed; @param call how many calls were made since */
        Source source(long seed, long call);
    }

    private final Description description;
    private final Generator generator;
    private long seed;
    private long calls;

    private BrokenMasks(Description description, Generator generator, long seed) {
        this.description = description;
        this.generator = generator;
        this.seed = seed;
    }

    static BrokenMasks seeded(Generator generator) {
        return new BrokenMasks(
                Description.of("broken", "1").withCapabilities(Capability.SEED).withDtypes(DType.FLOAT32),
                generator,
                99);
    }

    static BrokenMasks opaque(long seed, Generator generator) {
        return new BrokenMasks(Description.of("broken", "1").withDtypes(DType.FLOAT32), generator, seed);
    }

    /** Sound: a generator of 64 bits for each call. */
    static Source sound(long seed, long call) {
        SplittableRandom random = new SplittableRandom(new SplittableRandom(seed).nextLong() + 0x9E37_79B9L * call);
        return random::nextDouble;
    }

    @Override
    public Description description() {
        return description;
    }

    @Override
    public Result dropout(Call call) {
        if (!(call.rate() >= 0 && call.rate() <= 1)) {
            throw new RejectedCall("rate must be a probability");
        }
        if (!call.training()) {
            return Result.of(call.input());
        }
        if (call.seed().isPresent()) {
            seed = call.seed().getAsLong();
            calls = 0;
        }
        Source source = generator.source(seed, calls++);
        boolean[] kept = new boolean[call.input().size()];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = source.next() >= call.rate();
        }
        Tensor mask = Tensor.ofBooleans(call.input().shape(), kept);
        return Result.of(Dropout.forward(call.input(), mask, call.rate()));
    }
}
