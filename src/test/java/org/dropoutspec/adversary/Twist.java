package org.dropoutspec.adversary;

import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.tensor.Tensor;

/** A layer of which one step is another. */
final class Twist extends Layer {
    /** All that a call of plain dropout can carry. */
    static final Description RICH = PLAIN.withCapabilities(
            Capability.SEED,
            Capability.BACKWARD,
            Capability.MASK_INPUT,
            Capability.NOISE_SHAPE,
            Capability.PERMUTED_INPUT);

    static final Description REPORTING =
            RICH.withCapabilities(Stream.concat(RICH.capabilities().stream(), Stream.of(Capability.MASK_OUTPUT))
                    .toArray(Capability[]::new));

    private Training training = Layer::train;
    private Drawing drawing = (kept, call, layer) -> layer.fill(kept, 0, kept.length, call.rate());
    private BiFunction<Call, Tensor, Tensor> reporting = (call, mask) -> mask;
    private Element forward = (call, i, x, y) -> y;
    private Element backward = (call, i, x, y) -> y;
    private Element evaluated = (call, i, x, y) -> y;
    private Element passedOn = (call, i, x, y) -> y;

    private Twist(Description description, long seed) {
        super(description, seed);
    }

    interface Training {
        /** @param layer whose {@link Layer#train} is sound */
        Result of(Twist layer, Call call);
    }

    interface Drawing {
        void of(byte[] kept, Call call, Layer layer);
    }

    interface Element {
        /**
         * @param x of the input, or of the upstream gradient
         * @param y what a sound layer makes of it
         */
        double of(Call call, int index, double x, double y);
    }

    private static Broken twisted(
            String name, Description description, Consumer<Twist> twisting, String... requirements) {
        return Broken.of(
                name,
                seed -> {
                    Twist twist = new Twist(description, seed);
                    twisting.accept(twist);
                    return twist;
                },
                requirements);
    }

    /** What a layer that draws so remembers is its own. */
    static Broken drawing(String name, Description description, Supplier<Drawing> drawing, String... requirements) {
        return twisted(name, description, twist -> twist.drawing = drawing.get(), requirements);
    }

    static Broken drawing(String name, Description description, Drawing drawing, String... requirements) {
        return drawing(name, description, () -> drawing, requirements);
    }

    /** At another rate where this holds. */
    static Broken rate(String name, Description description, Rate rate, String... requirements) {
        return drawing(
                name,
                description,
                (kept, call, layer) -> layer.fill(
                        kept, 0, kept.length, call.rate() == 0 || call.rate() == 1 ? call.rate() : rate.of(call)),
                requirements);
    }

    interface Rate {
        double of(Call call);
    }

    static Broken training(String name, Description description, Supplier<Training> training, String... requirements) {
        return twisted(name, description, twist -> twist.training = training.get(), requirements);
    }

    /** What is kept, or dropped, comes out as something else where this holds. */
    static Broken forward(String name, Description description, Element forward, String... requirements) {
        return twisted(name, description, twist -> twist.forward = forward, requirements);
    }

    static Broken backward(String name, Description description, Element backward, String... requirements) {
        return twisted(name, description, twist -> twist.backward = backward, requirements);
    }

    static Broken evaluated(String name, Description description, Element evaluated, String... requirements) {
        return twisted(name, description, twist -> twist.evaluated = evaluated, requirements);
    }

    static Broken passedOn(String name, Description description, Element passedOn, String... requirements) {
        return twisted(name, description, twist -> twist.passedOn = passedOn, requirements);
    }

    /** Tells this for each bit of its mask, where this holds. */
    static Broken reporting(String name, Predicate<Call> where, IntUnaryOperator bit, String... requirements) {
        return twisted(
                name,
                REPORTING,
                twist -> twist.reporting =
                        (call, mask) -> where.test(call) ? each(mask, i -> bit.applyAsInt(mask.bool(i))) : mask,
                requirements);
    }

    /** Another seed than the one asked for, where this holds. */
    static Broken seeding(
            String name, Description description, Predicate<Call> where, Seeding seeding, String... found) {
        return training(
                name,
                description,
                () -> (layer, call) -> layer.sound(
                        call.seed().isPresent() && where.test(call)
                                ? call.withSeed(seeding.of(call.seed().getAsLong()))
                                : call),
                found);
    }

    interface Seeding {
        long of(long seed);
    }

    Result sound(Call call) {
        return super.train(call);
    }

    @Override
    Result train(Call call) {
        return training == null ? super.train(call) : trained(call);
    }

    private Result trained(Call call) {
        Training now = training;
        training = null; // so that what it calls is sound
        try {
            return now.of(this, call);
        } finally {
            training = now;
        }
    }

    @Override
    void draw(byte[] kept, Call call) {
        drawing.of(kept, call, this);
    }

    @Override
    Tensor forward(Call call, Tensor x, Tensor mask) {
        return changed(call, x, super.forward(call, x, mask), forward);
    }

    @Override
    Tensor backward(Call call, Tensor dy, Tensor mask) {
        return changed(call, dy, super.backward(call, dy, mask), backward);
    }

    @Override
    Tensor reported(Call call, Tensor mask) {
        return reporting.apply(call, mask);
    }

    @Override
    Result evaluate(Call call) {
        Result result = Result.of(changed(call, call.presented(), call.presented(), evaluated));
        return call.gradOutput()
                .map(dy -> result.withGradInput(changed(call, dy, dy, passedOn)))
                .orElse(result);
    }

    private static Tensor changed(Call call, Tensor x, Tensor y, Element element) {
        boolean differs = false;
        for (int i = 0; i < y.size() && !differs; i++) {
            double sound = y.value(i);
            double other = element.of(call, i, x.value(i), sound);
            differs = Double.doubleToRawLongBits(other) != Double.doubleToRawLongBits(sound);
        }
        return differs ? each(y, i -> element.of(call, i, x.value(i), y.value(i))) : y;
    }
}
