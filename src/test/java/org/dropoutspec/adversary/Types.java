package org.dropoutspec.adversary;

import static org.dropoutspec.adversary.Layer.PLAIN;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;

/** What goes wrong in one element type, or between two. */
final class Types {
    private static final Description TWO = PLAIN.withDtypes(DType.FLOAT32, DType.FLOAT64);
    private static final Description BFLOAT = PLAIN.withDtypes(DType.BFLOAT16);
    private static final Description HALF = PLAIN.withDtypes(DType.FLOAT16);

    private Types() {}

    static List<Broken> all() {
        return List.of(
                Broken.of(
                        "draws uniform numbers in bfloat16",
                        seed -> new Layer(BFLOAT, seed) {
                            @Override
                            void draw(byte[] kept, Call call) {
                                fill(kept, 0, kept.length, Math.ceil(call.rate() * 256) / 256);
                            }
                        },
                        "MASK-1",
                        "MASK-13"),
                Broken.of(
                        "draws uniform numbers in float16",
                        seed -> new Layer(HALF, seed) {
                            @Override
                            void draw(byte[] kept, Call call) {
                                fill(kept, 0, kept.length, Math.ceil(call.rate() * 2048) / 2048);
                            }
                        },
                        "MASK-1",
                        "MASK-13"),
                Broken.of(
                        "uses the last mask of another type for the same shape and rate",
                        seed -> new Layer(TWO, seed) {
                            private final Map<List<Object>, Tensor> masks = new HashMap<>();

                            @Override
                            Tensor mask(Call call) {
                                Tensor other = masks.remove(List.of(
                                        call.maskShape(),
                                        call.rate(),
                                        call.input().dtype()));
                                Tensor mask = other != null ? other : super.mask(call);
                                DType next = call.input().dtype() == DType.FLOAT32 ? DType.FLOAT64 : DType.FLOAT32;
                                masks.put(List.of(call.maskShape(), call.rate(), next), mask);
                                return mask;
                            }
                        },
                        "MASK-3",
                        "MASK-10"),
                Broken.of(
                        "draws float32 and float64 from two copies of one stream",
                        seed -> new Layer(TWO, seed) {
                            private final Layer other = new Layer(TWO, seed);

                            @Override
                            void draw(byte[] kept, Call call) {
                                if (call.input().dtype() == DType.FLOAT64) {
                                    other.draw(kept, call);
                                } else {
                                    super.draw(kept, call);
                                }
                            }
                        },
                        "MASK-3",
                        "MASK-10"),
                Broken.of(
                        "computes float64 in float32",
                        seed -> new Layer(TWO, seed) {
                            @Override
                            Tensor forward(Call call, Tensor x, Tensor mask) {
                                Tensor y = super.forward(call, x, mask);
                                boolean wide = x.dtype() == DType.FLOAT64 && size(call) >= 500;
                                return wide ? map(y, value -> (float) value) : y;
                            }
                        },
                        "FWD-1",
                        "NUM-1",
                        "NUM-5"),
                Broken.of(
                        "takes the rate of float64 in float32",
                        seed -> new Layer(TWO, seed) {
                            @Override
                            Tensor forward(Call call, Tensor x, Tensor mask) {
                                return super.forward(call.withRate((float) call.rate()), x, mask);
                            }
                        },
                        "NUM-4"),
                Broken.of(
                        "begins each 8 of a call in float16 with the second half of the 8 before",
                        seed -> new Layer(HALF, seed) {
                            private byte[] last = {};
                            private double rate;

                            @Override
                            void draw(byte[] kept, Call call) {
                                super.draw(kept, call);
                                for (int i = 0; rate == call.rate() && kept.length % 8 == 0 && i < kept.length; i++) {
                                    if (i % 8 < 4 && i + 4 < last.length) {
                                        kept[i] = last[i + 4];
                                    }
                                }
                                rate = call.rate();
                                last = kept.length % 8 == 0 ? kept.clone() : new byte[0];
                            }
                        },
                        "MASK-3",
                        "MASK-10"),
                Broken.of(
                        "drops nothing in the first call of a type after another type",
                        seed -> new Layer(TWO, seed) {
                            private DType last = DType.FLOAT32;

                            @Override
                            void draw(byte[] kept, Call call) {
                                super.draw(kept, call);
                                if (call.input().dtype() != last && call.rate() < 1) {
                                    Arrays.fill(kept, (byte) 1);
                                }
                                last = call.input().dtype();
                            }
                        },
                        "MASK-1",
                        "MASK-8"));
    }
}
