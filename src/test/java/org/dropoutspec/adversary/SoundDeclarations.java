package org.dropoutspec.adversary;

import static org.dropoutspec.adversary.Layer.BACKWARD;
import static org.dropoutspec.adversary.Layer.PLAIN;

import java.util.List;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Choices;
import org.dropoutspec.implementation.Choices.DroppedNonfinite;
import org.dropoutspec.implementation.Choices.Modes;
import org.dropoutspec.implementation.Choices.RateOne;
import org.dropoutspec.implementation.Choices.Scaling;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;

/** Other arithmetic, and other things declared. */
final class SoundDeclarations {
    private static final Choices CHOICES = Choices.defaults();

    private SoundDeclarations() {}

    static List<Sound> all() {
        return List.of(
                new Sound("rejects rate 1", seed -> new Layer(BACKWARD.with(CHOICES.with(RateOne.REJECT)), seed)),
                arithmetic(
                        "multiplies by the mask",
                        CHOICES.with(DroppedNonfinite.NAN),
                        (x, kept, p) -> p == 1 ? x * 0 : x * kept / (1 - p)),
                arithmetic(
                        "multiplies by the mask and rejects rate 1",
                        CHOICES.with(DroppedNonfinite.NAN).with(RateOne.REJECT),
                        (x, kept, p) -> x * (kept / (1 - p))),
                arithmetic(
                        "divides by the keep probability in float32",
                        CHOICES,
                        (x, kept, p) -> kept == 0 ? 0 : (float) x / (1 - (float) p)),
                arithmetic(
                        "multiplies by a scale in float32",
                        CHOICES,
                        (x, kept, p) -> kept == 0 ? 0 : (float) x * (1 / (1 - (float) p))),
                arithmetic("makes what it drops -0", CHOICES, (x, kept, p) -> kept == 0 ? -0.0 : x / (1 - p)),
                arithmetic(
                        "makes what it drops a zero of the sign of the input",
                        CHOICES,
                        (x, kept, p) -> kept == 0 ? Math.copySign(0.0, x) : x / (1 - p)),
                new Sound(
                        "scales in evaluation",
                        seed -> new ClassicLayer(
                                BACKWARD.with(CHOICES.with(Scaling.CLASSIC)), seed, (x, bit) -> bit == 0 ? 0 : x)),
                new Sound("trains only", seed -> new Layer(BACKWARD.with(CHOICES.with(Modes.TRAINING)), seed) {
                    @Override
                    Result evaluate(Call call) {
                        throw new IllegalStateException("asked for an evaluation");
                    }
                }),
                capable(
                        "takes noise shapes and strides and nothing else",
                        Capability.NOISE_SHAPE,
                        Capability.PERMUTED_INPUT),
                capable("takes masks and no seeds", Capability.MASK_INPUT, Capability.BACKWARD),
                capable("reports masks of noise shapes", Capability.MASK_OUTPUT, Capability.NOISE_SHAPE),
                new Sound("float64 alone, backward", seed -> new Layer(BACKWARD.withDtypes(DType.FLOAT64), seed)),
                new Sound(
                        "bfloat16 and seeds",
                        seed -> new Layer(PLAIN.withDtypes(DType.BFLOAT16).withCapabilities(Capability.SEED), seed)));
    }

    private interface Element {
        double of(double x, int kept, double rate);
    }

    private static Sound capable(String name, Capability... capabilities) {
        return new Sound(name, seed -> new Layer(PLAIN.withCapabilities(capabilities), seed));
    }

    private static Sound arithmetic(String name, Choices choices, Element element) {
        Description description = BACKWARD.with(choices);
        return new Sound(name, seed -> new Layer(description, seed) {
            @Override
            Tensor forward(Call call, Tensor x, Tensor mask) {
                Tensor kept = mask.broadcastTo(x.shape());
                return each(x, i -> element.of(x.value(i), kept.bool(i), call.rate()));
            }

            @Override
            Tensor backward(Call call, Tensor dy, Tensor mask) {
                return forward(call, dy, mask);
            }
        });
    }
}
