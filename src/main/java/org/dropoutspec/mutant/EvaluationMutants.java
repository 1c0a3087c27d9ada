package org.dropoutspec.mutant;

import static org.dropoutspec.mutant.SoundDropout.EVERYTHING;

import java.util.List;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Choices;
import org.dropoutspec.implementation.Choices.Scaling;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Evaluations that are not the identity, or that affect later calls. */
final class EvaluationMutants {
    private EvaluationMutants() {}

    static List<Mutant> all() {
        return List.of(
                new Mutant(
                        "evaluation-drops",
                        "EVAL-1",
                        "drops in evaluation too (pytorch#124464)",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            Result evaluate(Call call) {
                                return call.rate() < 1 ? train(call) : super.evaluate(call);
                            }
                        }),
                new Mutant(
                        "evaluation-scales",
                        "EVAL-1",
                        "scales by 1 - rate in evaluation, though training was scaled already",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            long evaluated(Call call, long x) {
                                return dtype(call).round(value(call, x) * (1 - call.rate()));
                            }
                        }),
                new Mutant(
                        "evaluation-adds-zero",
                        "EVAL-1",
                        "adds 0, which turns -0 into +0",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            long evaluated(Call call, long x) {
                                return x == dtype(call).signBit() ? 0 : x;
                            }
                        }),
                new Mutant(
                        "evaluation-flushes-subnormals",
                        "EVAL-1",
                        "multiplies by 1 on a unit that flushes subnormal numbers",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            long evaluated(Call call, long x) {
                                return Math.abs(value(call, x))
                                                < Math.scalb(1.0, dtype(call).minExponent())
                                        ? x & dtype(call).signBit()
                                        : x;
                            }
                        }),
                new Mutant(
                        "evaluation-drops-beyond-16-bits-of-indices",
                        "EVAL-1",
                        "takes another kernel beyond 65,536 elements, which is not told the mode",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            Result evaluate(Call call) {
                                boolean forgotten = call.shape().size() > 1 << 16 && call.rate() < 1;
                                return forgotten ? train(call) : super.evaluate(call);
                            }
                        }),
                new Mutant(
                        "evaluation-scales-large-bfloat16",
                        "EVAL-1",
                        "scales by 1 - rate in the kernel for large tensors of bfloat16",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            long evaluated(Call call, long x) {
                                boolean large = dtype(call) == DType.BFLOAT16
                                        && call.shape().size() > 1 << 16;
                                return large ? dtype(call).round(value(call, x) * (1 - call.rate())) : x;
                            }
                        }),
                new Mutant(
                        "evaluation-zeroes-beyond-20-bits",
                        "EVAL-1",
                        "launches a grid that ends after 2^20 elements",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            Result evaluate(Call call) {
                                Tensor x = call.presented();
                                return x.size() > 1 << 20
                                        ? Result.of(map(x, i -> i < 1 << 20 ? x.bits(i) : 0))
                                        : super.evaluate(call);
                            }
                        }),
                new Mutant(
                        "evaluation-cleans-payloads",
                        "EVAL-2",
                        "gives the same NaN for every NaN",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            long evaluated(Call call, long x) {
                                return dtype(call).isNaN(x) ? dtype(call).round(Double.NaN) : x;
                            }
                        }),
                new Mutant(
                        "evaluation-draws",
                        "EVAL-3",
                        "draws a mask in evaluation and does not use it (mxnet#16705)",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            Result evaluate(Call call) {
                                nextMask(Shape.of(1), 0.5);
                                return super.evaluate(call);
                            }
                        }),
                new Mutant(
                        "evaluation-first-call-still-trains",
                        "EVAL-4",
                        "switches the mode after the call instead of before it",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            private boolean trained;

                            @Override
                            Result train(Call call) {
                                trained = true;
                                return super.train(call);
                            }

                            @Override
                            Result evaluate(Call call) {
                                boolean stale = trained && call.rate() < 1;
                                trained = false;
                                return stale ? super.train(call) : super.evaluate(call);
                            }
                        }),
                new Mutant(
                        "evaluation-scaled-by-the-rate",
                        "EVAL-5",
                        "scales by the rate instead of the keep probability (convnetjs#61)",
                        seed -> new SoundDropout(
                                EVERYTHING.with(Choices.defaults().with(Scaling.CLASSIC)), seed) {
                            @Override
                            long evaluated(Call call, long x) {
                                return dtype(call).round(value(call, x) * call.rate());
                            }
                        }),
                new Mutant(
                        "evaluation-unscaled-though-declared-classic",
                        "EVAL-5",
                        "declares classic scaling and scales nowhere",
                        seed -> new SoundDropout(
                                EVERYTHING.with(Choices.defaults().with(Scaling.CLASSIC)), seed) {
                            @Override
                            long evaluated(Call call, long x) {
                                return x;
                            }
                        }));
    }
}
