package org.dropoutspec.adversary;

import static org.dropoutspec.adversary.Layer.NOISY;
import static org.dropoutspec.adversary.Layer.PLAIN;
import static org.dropoutspec.adversary.Layer.STRIDED;

import java.util.List;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.RejectedCall;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Rejections of what is valid, and answers in another form. */
final class Reactions {
    private Reactions() {}

    static List<Broken> all() {
        return List.of(
                rejecting("rejects 6 axes", PLAIN, call -> Layer.rank(call) >= 6),
                rejecting("rejects more than 65,535 elements", PLAIN, call -> Layer.size(call) > 65_535),
                rejecting("rejects rates above .99", PLAIN, call -> call.rate() > 0.99 && call.rate() <= 1),
                rejecting(
                        "rejects a last axis above 1,024",
                        PLAIN,
                        call -> Layer.rank(call) > 0 && call.shape().extent(Layer.rank(call) - 1) > 1024),
                rejecting(
                        "rejects a noise shape along one axis of a strided or large tensor",
                        NOISY,
                        call -> call.noiseShape().isPresent() && Layer.size(call) > 1000),
                Broken.of(
                        "flattens what is strided and has 4 axes",
                        seed -> new Layer(STRIDED, seed) {
                            @Override
                            Tensor forward(Call call, Tensor x, Tensor mask) {
                                Tensor y = super.forward(call, x, mask);
                                return isStrided(call) && rank(call) == 4 ? y.reshaped(Shape.of(y.size())) : y;
                            }
                        },
                        "SHAPE-8",
                        "FWD-6"),
                Broken.of(
                        "drops a last axis of 1 from the shape of an evaluation",
                        seed -> new Layer(PLAIN, seed) {
                            @Override
                            Result evaluate(Call call) {
                                Tensor x = call.presented();
                                boolean squeezes = rank(call) > 2 && x.shape().extent(rank(call) - 1) == 1;
                                return squeezes
                                        ? Result.of(x.reshaped(Shape.of(java.util.Arrays.copyOf(
                                                x.shape().extents(), rank(call) - 1))))
                                        : super.evaluate(call);
                            }
                        },
                        "FWD-6"));
    }

    private interface When {
        boolean holds(Call call);
    }

    private static Broken rejecting(String name, Description description, When when) {
        return Broken.of(
                name,
                seed -> new Layer(description, seed) {
                    @Override
                    void check(Call call) {
                        super.check(call);
                        if (when.holds(call)) {
                            throw new RejectedCall("unsupported: " + call);
                        }
                    }
                },
                "RATE-1",
                "FWD-6",
                "SHAPE-3",
                "FWD-1");
    }
}
