package org.dropoutspec.adversary;

import static org.dropoutspec.adversary.Layer.NOISY;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Masks of another shape than the input's. */
final class NoiseShapes {
    private NoiseShapes() {}

    static List<Broken> all() {
        return List.of(
                drawing(
                        "squares the rate where there is a noise shape",
                        (kept, call, layer) -> layer.fill(kept, 0, kept.length, call.rate() * call.rate())),
                drawing(
                        "drops nothing where the noise shape is a single element",
                        (kept, call, layer) -> layer.fill(
                                kept, 0, kept.length, kept.length == 1 && call.rate() < 1 ? 0 : call.rate())),
                drawing("draws the first element of a noise shape for the last one too", (kept, call, layer) -> {
                    layer.fill(kept, 0, kept.length, call.rate());
                    if (kept.length > 1) {
                        kept[kept.length - 1] = kept[0];
                    }
                }),
                drawing("repeats four elements all along a noise shape", (kept, call, layer) -> {
                    layer.fill(kept, 0, Math.min(4, kept.length), call.rate());
                    for (int i = 4; i < kept.length; i++) {
                        kept[i] = kept[i - 4];
                    }
                }),
                drawing(
                        "drops half as much where the mask is 1 on the first axis",
                        (kept, call, layer) -> layer.fill(
                                kept,
                                0,
                                kept.length,
                                call.maskShape().extent(0) == 1
                                                && call.maskShape().rank() > 1
                                                && kept.length > 1
                                        ? call.rate() / 2
                                        : call.rate())),
                Broken.of(
                        "uses the mask of the last call with the same noise shape and rate",
                        seed -> new Layer(NOISY, seed) {
                            private final Map<List<Object>, Tensor> masks = new HashMap<>();

                            @Override
                            Tensor mask(Call call) {
                                return call.noiseShape().isEmpty()
                                        ? super.mask(call)
                                        : masks.computeIfAbsent(
                                                List.of(call.maskShape(), call.rate()), any -> super.mask(call));
                            }
                        },
                        "MASK-3",
                        "MASK-10",
                        "SHAPE-4"),
                Broken.of(
                        "draws for each element where the mask is 1 on the last axis",
                        seed -> new Layer(NOISY, seed) {
                            @Override
                            Result train(Call call) {
                                boolean ignores = call.noiseShape().isPresent()
                                        && row(call) == 1
                                        && call.mask().isEmpty();
                                return super.train(ignores ? call.withNoiseShape(call.shape()) : call);
                            }
                        },
                        "SHAPE-3",
                        "MASK-5"),
                Broken.of(
                        "shares along the other axis where both are equally long",
                        seed -> new Layer(NOISY, seed) {
                            @Override
                            Result train(Call call) {
                                Shape shape = call.shape();
                                boolean square = call.noiseShape().isPresent()
                                        && shape.rank() == 2
                                        && shape.extent(0) == shape.extent(1)
                                        && call.maskShape().size() == shape.extent(0);
                                return super.train(square ? call.withNoiseShape(transposed(call.maskShape())) : call);
                            }
                        },
                        "SHAPE-3",
                        "MASK-5"),
                Broken.of(
                        "masks the gradient by the first element of a noise shape alone",
                        seed -> new Layer(NOISY, seed) {
                            @Override
                            Tensor backward(Call call, Tensor dy, Tensor mask) {
                                boolean alone = call.noiseShape().isPresent() && mask.size() > 0;
                                byte[] first = new byte[alone ? mask.size() : 0];
                                Arrays.fill(first, alone ? (byte) mask.bool(0) : 0);
                                return super.backward(
                                        call, dy, alone ? Tensor.wrap(mask.dtype(), mask.shape(), first) : mask);
                            }
                        },
                        "BWD-1"));
    }

    private static Shape transposed(Shape shape) {
        return Shape.of(shape.extent(1), shape.extent(0));
    }

    private interface Drawing {
        void draw(byte[] kept, Call call, Layer layer);
    }

    private static Broken drawing(String name, Drawing drawing) {
        return Broken.of(
                name,
                seed -> new Layer(NOISY, seed) {
                    @Override
                    void draw(byte[] kept, Call call) {
                        if (call.noiseShape().isPresent() && kept.length > 0) {
                            drawing.draw(kept, call, this);
                        } else {
                            super.draw(kept, call);
                        }
                    }
                },
                "MASK-1",
                "MASK-2",
                "MASK-8",
                "MASK-9",
                "MASK-10",
                "SHAPE-4");
    }
}
