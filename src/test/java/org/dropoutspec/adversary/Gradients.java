package org.dropoutspec.adversary;

import static org.dropoutspec.adversary.Layer.BACKWARD;
import static org.dropoutspec.adversary.Layer.NOISY;
import static org.dropoutspec.adversary.Layer.STRIDED;

import java.util.List;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.tensor.Tensor;

/** A backward pass that is right only where somebody tried it. */
final class Gradients {
    private Gradients() {}

    static List<Broken> all() {
        return List.of(
                gradient(
                        "does not scale the gradient from 65,536 elements on",
                        BACKWARD,
                        (call, i, dy, dx) -> Layer.size(call) >= 1 << 16 && dx != 0 ? dy : dx),
                gradient(
                        "does not scale the gradient of a strided input",
                        STRIDED,
                        (call, i, dy, dx) -> Layer.isStrided(call) && dx != 0 ? dy : dx),
                gradient(
                        "does not scale the gradient where there is a noise shape",
                        NOISY,
                        (call, i, dy, dx) -> call.noiseShape().isPresent() && dx != 0 ? dy : dx),
                gradient(
                        "does not mask the gradient of a tail of less than 8, from 64 elements on",
                        BACKWARD,
                        (call, i, dy, dx) -> Layer.size(call) >= 64 && i >= Layer.size(call) - Layer.size(call) % 8
                                ? dy / (1 - call.rate())
                                : dx),
                gradient(
                        "does not mask the gradient in tensors of 5 axes and more",
                        BACKWARD,
                        (call, i, dy, dx) -> Layer.rank(call) >= 5 ? dy / (1 - call.rate()) : dx),
                gradient(
                        "scales the gradient by 1/rate above .8",
                        BACKWARD,
                        (call, i, dy, dx) -> call.rate() > 0.8 && call.rate() < 1 && dx != 0 ? dy / call.rate() : dx),
                Broken.of(
                        "tells the mask from its output, also where the input is 0",
                        seed -> new Layer(BACKWARD, seed) {
                            @Override
                            Tensor backward(Call call, Tensor dy, Tensor mask) {
                                Tensor dx = super.backward(call, dy, mask);
                                return each(dx, i -> call.input().value(i) == 0 ? 0 : dx.value(i));
                            }
                        },
                        "BWD-3"),
                Broken.of(
                        "tells the mask of a strided input from its output, also where the input is 0",
                        seed ->
                                new Layer(
                                        STRIDED.withCapabilities(
                                                Capability.BACKWARD, Capability.PERMUTED_INPUT, Capability.MASK_OUTPUT),
                                        seed) {
                                    @Override
                                    Tensor backward(Call call, Tensor dy, Tensor mask) {
                                        Tensor dx = super.backward(call, dy, mask);
                                        Tensor x = call.presented();
                                        return isStrided(call) ? each(dx, i -> x.value(i) == 0 ? 0 : dx.value(i)) : dx;
                                    }
                                },
                        "BWD-3"),
                Broken.of(
                        "draws another mask for the gradient from 4,096 elements on",
                        seed -> new Layer(BACKWARD, seed) {
                            @Override
                            Tensor backward(Call call, Tensor dy, Tensor mask) {
                                return super.backward(call, dy, size(call) < 4096 ? mask : mask(call));
                            }
                        },
                        "BWD-1",
                        "NUM-5"),
                Broken.of(
                        "takes the mask of a strided input's gradient in the order of memory",
                        seed -> new Layer(STRIDED, seed) {
                            @Override
                            Tensor backward(Call call, Tensor dy, Tensor mask) {
                                return super.backward(
                                        call,
                                        dy,
                                        call.permutation()
                                                .map(axes -> mask.permuted(Values.inverse(axes))
                                                        .reshaped(mask.shape()))
                                                .orElse(mask));
                            }
                        },
                        "BWD-1",
                        "SHAPE-6"),
                Broken.of(
                        "draws twice, and keeps what both keep, where there is a gradient",
                        seed -> new Layer(BACKWARD, seed) {
                            @Override
                            void draw(byte[] kept, Call call) {
                                super.draw(kept, call);
                                if (call.gradOutput().isPresent()) {
                                    byte[] again = new byte[kept.length];
                                    super.draw(again, call);
                                    for (int i = 0; i < kept.length; i++) {
                                        kept[i] &= again[i];
                                    }
                                }
                            }
                        },
                        "MASK-1",
                        "MASK-8"),
                Broken.of(
                        "draws the mask of a call with a gradient again in the next call",
                        seed -> new Layer(BACKWARD, seed) {
                            private byte[] saved = {};

                            @Override
                            void draw(byte[] kept, Call call) {
                                super.draw(kept, call);
                                System.arraycopy(saved, 0, kept, 0, Math.min(saved.length, kept.length));
                                saved = call.gradOutput().isPresent() && call.rate() < 1 && call.rate() > 0
                                        ? kept.clone()
                                        : new byte[0];
                            }
                        },
                        "MASK-3",
                        "MASK-10",
                        "MASK-1"),
                Broken.of(
                        "passes on no gradient right after an evaluation",
                        seed -> new Layer(BACKWARD, seed) {
                            private boolean evaluated;

                            @Override
                            Result evaluate(Call call) {
                                evaluated = true;
                                return super.evaluate(call);
                            }

                            @Override
                            Result train(Call call) {
                                Result result = super.train(call);
                                boolean stale = evaluated;
                                evaluated = false;
                                return stale && call.gradOutput().isPresent()
                                        ? result.withGradInput(
                                                map(call.gradOutput().get(), dy -> 0))
                                        : result;
                            }
                        },
                        "BWD-1"),
                Broken.of(
                        "scales the gradient of an evaluation from 1,000 elements on",
                        seed -> new Layer(BACKWARD, seed) {
                            @Override
                            Result evaluate(Call call) {
                                Result result = super.evaluate(call);
                                boolean scales = call.gradOutput().isPresent() && size(call) >= 1000 && call.rate() < 1;
                                return scales
                                        ? result.withGradInput(
                                                map(call.gradOutput().get(), dy -> dy / (1 - call.rate())))
                                        : result;
                            }
                        },
                        "BWD-4"),
                Broken.of(
                        "gives another output where there is a gradient: it is not scaled",
                        seed -> new Layer(BACKWARD, seed) {
                            @Override
                            Tensor forward(Call call, Tensor x, Tensor mask) {
                                Tensor y = super.forward(call, x, mask);
                                return call.gradOutput().isPresent() && rank(call) == 4 && call.rate() < 1
                                        ? map(y, value -> value * (1 - call.rate()))
                                        : y;
                            }
                        },
                        "FWD-1",
                        "BWD-10"));
    }

    private interface Element {
        double of(Call call, int index, double dy, double dx);
    }

    private static Broken gradient(String name, Description description, Element element) {
        return Broken.of(
                name,
                seed -> new Layer(description, seed) {
                    @Override
                    Tensor backward(Call call, Tensor dy, Tensor mask) {
                        Tensor dx = super.backward(call, dy, mask);
                        return call.rate() == 1 ? dx : each(dx, i -> element.of(call, i, dy.value(i), dx.value(i)));
                    }
                },
                "BWD-1",
                "BWD-2",
                "BWD-3",
                "SHAPE-6",
                "NUM-5");
    }
}
