package org.dropoutspec.mutant;

import static org.dropoutspec.mutant.SoundDropout.EVERYTHING;

import java.util.List;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.tensor.Tensor;

/** Masks that are reported wrongly, applied wrongly when given, or depend on the input. */
final class MaskMutants {
    private MaskMutants() {}

    static List<Mutant> all() {
        return List.of(
                new Mutant(
                        "mask-reported-inverted",
                        "MASK-4",
                        "reports true for dropped",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            Result train(Call call) {
                                Result result = super.train(call);
                                return result.withMask(map(
                                        result.mask().orElseThrow(),
                                        i -> 1 - result.mask().orElseThrow().bits(i)));
                            }
                        }),
                new Mutant(
                        "mask-reported-all-false",
                        "MASK-4",
                        "reports a mask that it never filled (mxnet#15659)",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            Result train(Call call) {
                                Result result = super.train(call);
                                return result.withMask(map(result.mask().orElseThrow(), i -> 0));
                            }
                        }),
                new Mutant(
                        "mask-reported-in-the-type-of-the-input",
                        "MASK-5",
                        "reports the mask as numbers (ONNX before opset 10)",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            Result train(Call call) {
                                Result result = super.train(call);
                                Tensor mask = result.mask().orElseThrow();
                                return result.withMask(Tensor.of(dtype(call), mask.shape(), mask.values()));
                            }
                        }),
                new Mutant(
                        "mask-reported-broadcast",
                        "MASK-5",
                        "reports the mask in the shape of the input where a noise shape was given",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            Result train(Call call) {
                                Result result = super.train(call);
                                return result.withMask(
                                        result.mask().orElseThrow().broadcastTo(call.shape()));
                            }
                        }),
                new Mutant(
                        "mask-given-is-combined",
                        "MASK-6",
                        "drops what the given mask drops, and what it draws itself",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            Result train(Call call) {
                                if (call.mask().isEmpty()) {
                                    return super.train(call);
                                }
                                Tensor drawn = nextMask(call.shape(), call.rate());
                                Tensor given = call.mask().get();
                                return super.train(call.withMask(map(given, i -> given.bits(i) & drawn.bits(i))));
                            }
                        }),
                new Mutant(
                        "mask-given-is-inverted",
                        "MASK-6",
                        "takes true for dropped",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            Result train(Call call) {
                                if (call.mask().isEmpty()) {
                                    return super.train(call);
                                }
                                Tensor given = call.mask().get();
                                return super.train(call.withMask(map(given, i -> 1 - given.bits(i))));
                            }
                        }),
                new Mutant(
                        "mask-depends-on-the-sign-of-the-input",
                        "MASK-7",
                        "seeds with a hash of the input",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            Tensor draw(Call call) {
                                Tensor mask = super.draw(call);
                                boolean negative = call.input().size() > 0
                                        && presented(call).value(0) < 0;
                                return negative ? nextMask(call.maskShape(), call.rate()) : mask;
                            }
                        }));
    }
}
