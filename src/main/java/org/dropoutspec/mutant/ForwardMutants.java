package org.dropoutspec.mutant;

import static org.dropoutspec.mutant.SoundDropout.EVERYTHING;

import java.util.List;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Choices;
import org.dropoutspec.implementation.Choices.DroppedNonfinite;
import org.dropoutspec.implementation.Choices.Scaling;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Forward passes that scale, drop or shape their output wrongly. */
final class ForwardMutants {
    private ForwardMutants() {}

    static List<Mutant> all() {
        return List.of(
                new Mutant(
                        "forward-unscaled", "FWD-1", "forgets the scale", seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            long forward(Call call, long x, boolean kept, int index) {
                                return kept ? x : 0;
                            }
                        }),
                new Mutant(
                        "forward-scaled-by-the-rate",
                        "FWD-1",
                        "takes the rate for the keep probability when it scales: x / rate, invisible at rate .5 (electra#61)",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            long forward(Call call, long x, boolean kept, int index) {
                                return !kept
                                        ? 0
                                        : call.rate() == 0 ? x : dtype(call).round(value(call, x) / call.rate());
                            }
                        }),
                new Mutant(
                        "forward-keep-probability-in-float32",
                        "FWD-1",
                        "computes 1 - rate in float32, for float64 elements too (ONNX Runtime 1.30 on a CPU)",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            long forward(Call call, long x, boolean kept, int index) {
                                return kept ? dtype(call).round(value(call, x) / (1 - (float) call.rate())) : 0;
                            }
                        }),
                new Mutant(
                        "forward-scaled-twice",
                        "FWD-1",
                        "scales in the layer and in the kernel",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            long forward(Call call, long x, boolean kept, int index) {
                                return kept ? scaled(call, scaled(call, x)) : 0;
                            }
                        }),
                new Mutant(
                        "forward-neighbours-swapped",
                        "FWD-1",
                        "writes the elements of a pair to each other's place (pytorch#47176)",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            Result train(Call call) {
                                Result result = super.train(call);
                                Tensor y = result.output();
                                Result swapped = Result.of(map(y, i -> y.bits((i ^ 1) < y.size() ? i ^ 1 : i)));
                                return new Result(swapped.output(), result.mask(), result.gradInput());
                            }
                        }),
                new Mutant(
                        "forward-dropped-leaks",
                        "FWD-2",
                        "multiplies by a small number instead of 0",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            long forward(Call call, long x, boolean kept, int index) {
                                return kept ? scaled(call, x) : dtype(call).round(value(call, x) * 0x1p-10);
                            }
                        }),
                new Mutant(
                        "forward-dropped-becomes-minimum",
                        "FWD-2",
                        "fills with -1e-3 as if a mask for a softmax",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            long forward(Call call, long x, boolean kept, int index) {
                                return kept ? scaled(call, x) : dtype(call).round(-1e-3);
                            }
                        }),
                new Mutant(
                        "forward-multiplies-though-declared-selecting",
                        "FWD-3",
                        "multiplies by 0, so a dropped NaN stays one, and declares to select",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            long forward(Call call, long x, boolean kept, int index) {
                                return kept ? scaled(call, x) : dtype(call).round(value(call, x) * 0);
                            }
                        }),
                new Mutant(
                        "forward-selects-though-declared-multiplying",
                        "FWD-3",
                        "selects, and declares to multiply",
                        seed -> new SoundDropout(
                                EVERYTHING.with(Choices.defaults().with(DroppedNonfinite.NAN)), seed) {
                            @Override
                            long forward(Call call, long x, boolean kept, int index) {
                                return kept ? scaled(call, x) : 0;
                            }
                        }),
                new Mutant(
                        "forward-kept-nan-cleared",
                        "FWD-4",
                        "cleans NaN up on the way",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            long forward(Call call, long x, boolean kept, int index) {
                                return dtype(call).isNaN(x) ? 0 : super.forward(call, x, kept, index);
                            }
                        }),
                new Mutant(
                        "forward-kept-infinity-clipped",
                        "FWD-4",
                        "clips to the largest finite number",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            long forward(Call call, long x, boolean kept, int index) {
                                long y = super.forward(call, x, kept, index);
                                return Double.isInfinite(value(call, x)) && kept
                                        ? (y & dtype(call).signBit())
                                                | (dtype(call).infinity() - 1)
                                        : y;
                            }
                        }),
                new Mutant(
                        "forward-returns-float32",
                        "FWD-5",
                        "returns float32 whatever it was given",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            public Result dropout(Call call) {
                                Result result = super.dropout(call);
                                Tensor y = result.output();
                                return new Result(
                                        Tensor.of(DType.FLOAT32, y.shape(), y.values()),
                                        result.mask(),
                                        result.gradInput());
                            }
                        }),
                new Mutant("forward-flattens", "FWD-6", "returns a vector", seed -> new SoundDropout(EVERYTHING, seed) {
                    @Override
                    public Result dropout(Call call) {
                        Result result = super.dropout(call);
                        Tensor y = result.output();
                        Tensor flat = y.reshaped(Shape.of(y.size()));
                        return new Result(flat, result.mask(), result.gradInput());
                    }
                }),
                new Mutant(
                        "forward-zero-over-zero",
                        "FWD-7",
                        "divides the output by the input to find the scale",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            long forward(Call call, long x, boolean kept, int index) {
                                return value(call, x) == 0 && kept
                                        ? dtype(call).round(Double.NaN)
                                        : super.forward(call, x, kept, index);
                            }
                        }),
                new Mutant(
                        "forward-epsilon-added",
                        "FWD-7",
                        "adds an epsilon against division by zero",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            long forward(Call call, long x, boolean kept, int index) {
                                return value(call, x) == 0 && kept
                                        ? dtype(call).round(1e-7)
                                        : super.forward(call, x, kept, index);
                            }
                        }),
                new Mutant(
                        "forward-inverted-though-declared-classic",
                        "FWD-8",
                        "scales in training, and declares classic scaling",
                        seed -> new SoundDropout(
                                EVERYTHING.with(Choices.defaults().with(Scaling.CLASSIC)), seed) {
                            @Override
                            long forward(Call call, long x, boolean kept, int index) {
                                return kept ? dtype(call).round(value(call, x) / (1 - call.rate())) : 0;
                            }
                        }));
    }
}
