package org.dropoutspec.mutant;

import static org.dropoutspec.mutant.SoundDropout.EVERYTHING;

import java.util.List;
import java.util.Optional;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.RejectedCall;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Scalars, empty tensors, broadcast masks and strided inputs that are treated wrongly. */
final class ShapeMutants {
    private ShapeMutants() {}

    static List<Mutant> all() {
        return List.of(
                new Mutant(
                        "scalar-rejected",
                        "SHAPE-1",
                        "needs at least one axis",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            void check(Call call) {
                                super.check(call);
                                if (call.shape().rank() == 0) {
                                    throw new RejectedCall("input must have an axis");
                                }
                            }
                        }),
                new Mutant(
                        "scalar-never-dropped",
                        "SHAPE-1",
                        "leaves a scalar as it is",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            long forward(Call call, long x, boolean kept, int index) {
                                return call.shape().rank() == 0 ? x : super.forward(call, x, kept, index);
                            }
                        }),
                new Mutant(
                        "empty-rejected",
                        "SHAPE-2",
                        "rejects an input without elements",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            void check(Call call) {
                                super.check(call);
                                if (call.input().size() == 0) {
                                    throw new RejectedCall("input must have elements");
                                }
                            }
                        }),
                new Mutant(
                        "empty-loses-its-shape",
                        "SHAPE-2",
                        "returns shape [0] for every empty input",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            public Result dropout(Call call) {
                                Result result = super.dropout(call);
                                return call.input().size() > 0
                                        ? result
                                        : new Result(
                                                Tensor.of(dtype(call), Shape.of(0)), result.mask(), result.gradInput());
                            }
                        }),
                new Mutant(
                        "noise-shape-ignored",
                        "SHAPE-3",
                        "draws for every element whatever the noise shape",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            Tensor draw(Call call) {
                                return nextMask(call.shape(), call.rate());
                            }
                        }),
                new Mutant(
                        "noise-shape-shares-everything",
                        "SHAPE-4",
                        "draws one element where a noise shape is given",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            Tensor draw(Call call) {
                                Tensor mask = super.draw(call);
                                return call.noiseShape().isEmpty() || mask.size() == 0
                                        ? mask
                                        : map(mask, i -> mask.bits(0));
                            }
                        }),
                new Mutant(
                        "noise-shape-shares-the-last-axis-when-strided",
                        "SHAPE-4",
                        "draws once for each run of memory, which is a column of the transpose",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            Tensor draw(Call call) {
                                Tensor mask = super.draw(call);
                                boolean strided = call.permutation().isPresent()
                                        && call.noiseShape().isPresent();
                                int rank = mask.shape().rank();
                                int last = strided && rank > 0 ? mask.shape().extent(rank - 1) : 1;
                                return last < 2 ? mask : map(mask, i -> mask.bits(i - i % last));
                            }
                        }),
                new Mutant(
                        "noise-shape-enlarges",
                        "SHAPE-5",
                        "broadcasts the input to the noise shape (tf.nn.dropout, tfjs)",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            void checkNoiseShape(Call call) {}

                            @Override
                            Tensor draw(Call call) {
                                return nextMask(
                                        call.maskShape().broadcastsTo(call.shape()) ? call.maskShape() : call.shape(),
                                        call.rate());
                            }
                        }),
                new Mutant(
                        "strides-ignored",
                        "SHAPE-6",
                        "reads the buffer of a strided input in its own order",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            Result train(Call call) {
                                if (call.permutation().isEmpty()) {
                                    return super.train(call);
                                }
                                return super.train(new Call(
                                        call.rate(),
                                        true,
                                        call.input().reshaped(call.shape()),
                                        call.gradOutput(),
                                        call.seed(),
                                        call.noiseShape(),
                                        call.mask(),
                                        Optional.empty()));
                            }
                        }),
                new Mutant(
                        "strides-ignored-in-evaluation",
                        "SHAPE-7",
                        "returns the buffer of a strided input in its own order",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            Result evaluate(Call call) {
                                Result result = super.evaluate(call);
                                return new Result(
                                        call.input().reshaped(call.shape()), result.mask(), result.gradInput());
                            }
                        }),
                new Mutant(
                        "strided-shape-lost",
                        "SHAPE-8",
                        "returns the shape of the buffer",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            public Result dropout(Call call) {
                                Result result = super.dropout(call);
                                return new Result(
                                        result.output().reshaped(call.input().shape()),
                                        result.mask(),
                                        result.gradInput());
                            }
                        }));
    }
}
