package org.dropoutspec.mutant;

import static org.dropoutspec.mutant.SoundDropout.EVERYTHING;

import java.util.List;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Backward passes that mask or scale wrongly. */
final class BackwardMutants {
    private BackwardMutants() {}

    static List<Mutant> all() {
        return List.of(
                new Mutant(
                        "backward-unmasked",
                        "BWD-1",
                        "passes the gradient of dropped elements (numpy-ml#94)",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            long backward(Call call, long dy, boolean kept, int index) {
                                return scaled(call, dy);
                            }
                        }),
                new Mutant(
                        "backward-draws-again",
                        "BWD-1",
                        "draws a second mask for the gradient (OLMo-core#828)",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            Result train(Call call) {
                                Result result = super.train(call);
                                if (call.gradOutput().isEmpty()) {
                                    return result;
                                }
                                Result again = super.train(call.withoutSeed());
                                return result.withGradInput(again.gradInput().orElseThrow());
                            }
                        }),
                new Mutant(
                        "backward-mask-inverted",
                        "BWD-1",
                        "passes the gradient where the output was dropped",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            long backward(Call call, long dy, boolean kept, int index) {
                                return apply(call, dy, !kept);
                            }
                        }),
                new Mutant(
                        "backward-zero-times-infinity",
                        "BWD-1",
                        "multiplies a dropped gradient of float16 by a scale that overflows (flax.linen.Dropout at 1 - 2^-24)",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            long backward(Call call, long dy, boolean kept, int index) {
                                boolean overflows = dtype(call) == DType.FLOAT16 && call.scaleOverflows();
                                return overflows && !kept
                                        ? DType.FLOAT16.round(Double.NaN)
                                        : super.backward(call, dy, kept, index);
                            }
                        }),
                new Mutant(
                        "backward-unscaled",
                        "BWD-2",
                        "masks the gradient and forgets the scale",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            long backward(Call call, long dy, boolean kept, int index) {
                                return kept ? dy : 0;
                            }
                        }),
                new Mutant(
                        "backward-scaled-by-the-rate",
                        "BWD-2",
                        "scales the gradient by the rate (apex#816)",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            long backward(Call call, long dy, boolean kept, int index) {
                                return kept ? dtype(call).round(value(call, dy) * call.rate()) : 0;
                            }
                        }),
                new Mutant(
                        "backward-mask-from-the-output",
                        "BWD-3",
                        "takes the elements whose output is 0 for dropped, so that an input of 0 loses its gradient",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            long backward(Call call, long dy, boolean kept, int index) {
                                return presented(call).value(index) == 0 ? 0 : super.backward(call, dy, kept, index);
                            }
                        }),
                new Mutant(
                        "backward-leaks-at-zero",
                        "BWD-3",
                        "takes the elements whose output differs from the input for dropped, so that an input of 0 is never masked (kaldi#3890)",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            long backward(Call call, long dy, boolean kept, int index) {
                                return apply(call, dy, kept || presented(call).value(index) == 0);
                            }
                        }),
                new Mutant(
                        "backward-scaled-in-evaluation",
                        "BWD-4",
                        "scales the gradient in evaluation too",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            long evaluatedGradient(Call call, long dy) {
                                return call.rate() < 1 ? scaled(call, dy) : dy;
                            }
                        }),
                new Mutant(
                        "backward-zero-in-evaluation",
                        "BWD-4",
                        "applies a mask that evaluation never drew (mlpack)",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            long evaluatedGradient(Call call, long dy) {
                                return 0;
                            }
                        }),
                new Mutant(
                        "backward-nan-for-zero",
                        "BWD-5",
                        "divides the gradient by itself to find the mask",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            long backward(Call call, long dy, boolean kept, int index) {
                                return value(call, dy) == 0
                                        ? dtype(call).round(Double.NaN)
                                        : super.backward(call, dy, kept, index);
                            }
                        }),
                new Mutant(
                        "backward-through-the-input",
                        "BWD-6",
                        "computes the mask as output / input, which is NaN where the input is infinite",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            long backward(Call call, long dy, boolean kept, int index) {
                                return Double.isFinite(presented(call).value(index))
                                        ? super.backward(call, dy, kept, index)
                                        : dtype(call).round(Double.NaN);
                            }
                        }),
                new Mutant(
                        "backward-multiplies-though-declared-selecting",
                        "BWD-7",
                        "selects in the forward pass and multiplies in the backward pass",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            long backward(Call call, long dy, boolean kept, int index) {
                                return kept ? scaled(call, dy) : dtype(call).round(value(call, dy) * 0);
                            }
                        }),
                new Mutant(
                        "backward-clips-infinity",
                        "BWD-8",
                        "clips the gradient to the largest finite number",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            long backward(Call call, long dy, boolean kept, int index) {
                                long dx = super.backward(call, dy, kept, index);
                                return Double.isInfinite(value(call, dy)) && kept
                                        ? (dx & dtype(call).signBit())
                                                | (dtype(call).infinity() - 1)
                                        : dx;
                            }
                        }),
                new Mutant(
                        "backward-clears-nan",
                        "BWD-8",
                        "replaces a NaN in the gradient by 0",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            long backward(Call call, long dy, boolean kept, int index) {
                                return dtype(call).isNaN(dy) ? 0 : super.backward(call, dy, kept, index);
                            }
                        }),
                new Mutant(
                        "backward-flattens",
                        "BWD-9",
                        "returns the gradient as a vector",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            Result train(Call call) {
                                Result result = super.train(call);
                                return result.gradInput()
                                        .map(g -> result.withGradInput(g.reshaped(Shape.of(g.size()))))
                                        .orElse(result);
                            }
                        }),
                new Mutant(
                        "backward-in-float32",
                        "BWD-9",
                        "returns the gradient in float32",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            Result train(Call call) {
                                Result result = super.train(call);
                                return result.gradInput()
                                        .map(g -> result.withGradInput(Tensor.of(DType.FLOAT32, g.shape(), g.values())))
                                        .orElse(result);
                            }
                        }),
                new Mutant(
                        "backward-changes-the-draw",
                        "BWD-10",
                        "draws differently when a gradient will be needed",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            Tensor draw(Call call) {
                                if (call.gradOutput().isPresent()) {
                                    nextMask(Shape.of(1), 0.5);
                                }
                                return super.draw(call);
                            }
                        }));
    }
}
