package org.dropoutspec.adversary;

import static org.dropoutspec.adversary.Layer.BACKWARD;
import static org.dropoutspec.adversary.Layer.PLAIN;
import static org.dropoutspec.adversary.Layer.SEEDED;
import static org.dropoutspec.adversary.Layer.isStrided;
import static org.dropoutspec.adversary.Layer.rank;
import static org.dropoutspec.adversary.Layer.size;
import static org.dropoutspec.adversary.Twist.RICH;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Numbers that are no ordinary ones, in tensors that are no small ones; and gradients. */
final class Specials {
    private static final String[] EVALUATION = {"EVAL-1", "EVAL-2", "EVAL-4", "SHAPE-7"};
    private static final String[] TRAINING = {
        "FWD-1", "FWD-2", "FWD-3", "FWD-4", "FWD-7", "NUM-1", "NUM-2", "NUM-5", "RATE-7", "RATE-8", "SHAPE-6"
    };
    private static final String[] GRADIENT = {
        "BWD-1", "BWD-2", "BWD-3", "BWD-4", "BWD-5", "BWD-6", "BWD-7", "BWD-8", "RATE-7", "RATE-8", "NUM-5", "SHAPE-6"
    };

    private Specials() {}

    static List<Broken> all() {
        return List.of(
                Twist.evaluated(
                        "loses the sign of a zero in evaluation from 4,096 elements on",
                        PLAIN,
                        (call, i, x, y) -> size(call) >= 4096 && y == 0 ? 0.0 : y,
                        EVALUATION),
                Twist.evaluated(
                        "flushes subnormal numbers in evaluation from 4,096 elements on",
                        PLAIN,
                        (call, i, x, y) -> size(call) >= 4096 && Math.abs(y) < 0x1p-126 ? 0.0 : y,
                        EVALUATION),
                Twist.evaluated(
                        "flushes subnormal numbers in the evaluation of what is strided",
                        RICH,
                        (call, i, x, y) -> isStrided(call) && Math.abs(y) < 0x1p-126 ? 0.0 : y,
                        EVALUATION),
                Twist.evaluated(
                        "makes 0 of a NaN in evaluation from 4,096 elements on",
                        PLAIN,
                        (call, i, x, y) -> size(call) >= 4096 && Double.isNaN(y) ? 0 : y,
                        EVALUATION),
                Twist.evaluated(
                        "makes the largest number of an infinity in evaluation from 1,024 elements on",
                        PLAIN,
                        (call, i, x, y) ->
                                size(call) >= 1024 && Double.isInfinite(y) ? Math.copySign(Float.MAX_VALUE, y) : y,
                        EVALUATION),
                Twist.evaluated(
                        "drops in an evaluation that carries a seed, from 1,024 elements on",
                        SEEDED,
                        (call, i, x, y) -> call.seed().isPresent() && size(call) >= 1024 && i % 3 == 0 ? 0 : y,
                        EVALUATION),
                Twist.evaluated(
                        "scales in the evaluation of a scalar",
                        PLAIN,
                        (call, i, x, y) -> rank(call) == 0 ? y / (1 - Math.min(0.5, call.rate())) : y,
                        "SHAPE-1",
                        "EVAL-1"),
                Twist.evaluated(
                        "drops every 7th element in evaluation at rates above .9",
                        PLAIN,
                        (call, i, x, y) -> call.rate() > 0.9 && i % 7 == 6 ? 0 : y,
                        EVALUATION),
                Twist.forward(
                        "lets a dropped NaN through from 4,096 elements on",
                        PLAIN,
                        (call, i, x, y) -> size(call) >= 4096 && Double.isNaN(x) ? x : y,
                        TRAINING),
                Twist.forward(
                        "makes NaN of a dropped infinity from 2,500 elements on",
                        PLAIN,
                        (call, i, x, y) -> size(call) >= 2500 && Double.isInfinite(x) && y == 0 ? Double.NaN : y,
                        TRAINING),
                Twist.forward(
                        "makes NaN of a kept infinity where the input is strided",
                        RICH,
                        (call, i, x, y) -> isStrided(call) && Double.isInfinite(x) && y != 0 ? Double.NaN : y,
                        TRAINING),
                Twist.forward(
                        "makes 0 of a kept NaN in float16 from 4,096 elements on",
                        PLAIN.withDtypes(DType.FLOAT32, DType.FLOAT16),
                        (call, i, x, y) ->
                                size(call) >= 4096 && call.input().dtype() == DType.FLOAT16 && Double.isNaN(y) ? 0 : y,
                        TRAINING),
                Twist.forward(
                        "makes a small number of a kept zero from 4,096 elements on",
                        PLAIN,
                        (call, i, x, y) -> size(call) >= 4096 && x == 0 ? 1e-8 : y,
                        TRAINING),
                Twist.forward(
                        "makes everything NaN where the first element is, from 4,096 elements on",
                        PLAIN,
                        (call, i, x, y) -> size(call) >= 4096
                                        && y != 0
                                        && Double.isNaN(call.input().value(0))
                                ? Double.NaN
                                : y,
                        TRAINING),
                Twist.forward(
                        "saturates float16 from 4,096 elements on",
                        PLAIN.withDtypes(DType.FLOAT32, DType.FLOAT16),
                        (call, i, x, y) -> size(call) >= 4096
                                        && call.input().dtype() == DType.FLOAT16
                                        && Double.isInfinite(y)
                                        && Double.isFinite(x)
                                ? Math.copySign(65_504, y)
                                : y,
                        TRAINING),
                Twist.forward(
                        "scales bfloat16 by a scale in bfloat16 from 4,096 elements on",
                        PLAIN.withDtypes(DType.FLOAT32, DType.BFLOAT16),
                        (call, i, x, y) -> size(call) >= 4096 && call.input().dtype() == DType.BFLOAT16 && y != 0
                                ? x * DType.BFLOAT16.value(DType.BFLOAT16.round(1 / (1 - call.rate())))
                                : y,
                        TRAINING),
                Twist.forward(
                        "scales float64 by a scale in float32 from 4,096 elements on",
                        PLAIN.withDtypes(DType.FLOAT32, DType.FLOAT64),
                        (call, i, x, y) -> size(call) >= 4096 && call.input().dtype() == DType.FLOAT64 && y != 0
                                ? x * (float) (1 / (1 - call.rate()))
                                : y,
                        TRAINING),
                Twist.forward(
                        "adds an ulp or four at the end of each 1,000",
                        PLAIN,
                        (call, i, x, y) -> i % 1000 == 999 ? y * (1 + 0x1p-21) : y,
                        TRAINING),
                Twist.forward(
                        "leaves the last element of exactly 1,025 to 1,040 as it was",
                        PLAIN,
                        (call, i, x, y) ->
                                size(call) > 1024 && size(call) <= 1040 && i == size(call) - 1 && y != 0 ? x : y,
                        TRAINING),
                Twist.forward(
                        "leaves index 65,536 unscaled",
                        PLAIN,
                        (call, i, x, y) -> i == 65_536 && y != 0 ? x : y,
                        TRAINING),
                Twist.forward(
                        "leaves what lies beyond 2^17 unscaled",
                        PLAIN,
                        (call, i, x, y) -> i >= 1 << 17 && y != 0 ? x : y,
                        TRAINING),
                Twist.forward(
                        "does not scale at exactly rate .8",
                        PLAIN,
                        (call, i, x, y) -> Math.abs(call.rate() - 0.8) < 1e-3 && y != 0 ? x : y,
                        TRAINING),
                Twist.backward("does not mask an upstream gradient of ones", BACKWARD, Specials::ones, GRADIENT),
                Twist.backward(
                        "masks the gradient where the output is not positive",
                        BACKWARD,
                        (call, i, x, y) -> call.input().value(i) <= 0 ? 0 : y,
                        GRADIENT),
                Twist.backward(
                        "makes 0 of the gradient where the input is NaN",
                        BACKWARD,
                        (call, i, x, y) -> Double.isNaN(call.input().value(i)) ? 0 : y,
                        GRADIENT),
                Twist.backward(
                        "makes NaN of the gradient where the input is infinite, from 3,000 elements on",
                        BACKWARD,
                        (call, i, x, y) ->
                                Double.isInfinite(call.input().value(i)) && size(call) >= 3000 ? Double.NaN : y,
                        GRADIENT),
                Twist.backward(
                        "makes 0 of an infinite upstream gradient from 3,000 elements on",
                        BACKWARD,
                        (call, i, x, y) -> Double.isInfinite(x) && size(call) >= 3000 ? 0 : y,
                        GRADIENT),
                Twist.backward(
                        "clips the gradient to 2^16",
                        BACKWARD,
                        (call, i, x, y) -> Math.abs(y) > 65_536 ? Math.copySign(65_536, y) : y,
                        GRADIENT),
                Twist.backward(
                        "clips the gradient to 1,000",
                        BACKWARD,
                        (call, i, x, y) -> Math.abs(y) > 1000 ? Math.copySign(1000, y) : y,
                        GRADIENT),
                Twist.backward(
                        "flushes gradients below 2^-60",
                        BACKWARD,
                        (call, i, x, y) -> Math.abs(y) < 0x1p-60 ? 0 : y,
                        GRADIENT),
                Twist.backward(
                        "does not mask the gradient of a scalar",
                        BACKWARD,
                        (call, i, x, y) -> rank(call) == 0 ? x : y,
                        GRADIENT),
                Twist.backward(
                        "does not scale the gradient at rates near 1",
                        BACKWARD,
                        (call, i, x, y) -> call.rate() > 0.97 && y != 0 ? x : y,
                        GRADIENT),
                Twist.backward(
                        "does not mask the gradient beyond 65,536",
                        BACKWARD,
                        (call, i, x, y) -> i >= 65_536 ? x : y,
                        GRADIENT),
                Twist.backward(
                        "does not mask the gradient at rate 1",
                        BACKWARD,
                        (call, i, x, y) -> call.rate() == 1 ? x : y,
                        GRADIENT),
                Twist.backward(
                        "scales the gradient in bfloat16",
                        BACKWARD.withDtypes(DType.BFLOAT16),
                        (call, i, x, y) -> y == 0
                                ? y
                                : x
                                        * DType.BFLOAT16.value(DType.BFLOAT16.round(
                                                1 / DType.BFLOAT16.value(DType.BFLOAT16.round(1 - call.rate())))),
                        "NUM-2"),
                Twist.passedOn(
                        "drops a NaN of the upstream gradient in evaluation",
                        BACKWARD,
                        (call, i, x, y) -> Double.isNaN(y) ? 0 : y,
                        GRADIENT),
                Twist.passedOn(
                        "makes 0 of the gradient of an evaluation where the input is 0",
                        BACKWARD,
                        (call, i, x, y) -> call.input().value(i) == 0 ? 0 : y,
                        GRADIENT),
                Twist.passedOn(
                        "drops the gradient of a strided evaluation from 3,000 elements on",
                        RICH,
                        (call, i, x, y) -> isStrided(call) && size(call) >= 3000 && i % 5 == 0 ? 0 : y,
                        GRADIENT),
                Twist.training(
                        "adds the gradient to that of the last call of the same shape",
                        BACKWARD,
                        () -> new Twist.Training() {
                            private final Map<Shape, Tensor> last = new HashMap<>();

                            @Override
                            public Result of(Twist layer, Call call) {
                                Result result = layer.sound(call);
                                if (result.gradInput().isEmpty() || size(call) < 100) {
                                    return result;
                                }
                                Tensor dx = result.gradInput().get();
                                Tensor before = last.put(call.shape(), dx);
                                return before == null || before.dtype() != dx.dtype()
                                        ? result
                                        : result.withGradInput(Layer.each(dx, i -> dx.value(i) + before.value(i)));
                            }
                        },
                        GRADIENT));
    }

    private static double ones(Call call, int i, double x, double y) {
        Tensor upstream = call.gradOutput().orElseThrow();
        if (x != 1 || upstream.size() < 2) {
            return y;
        }
        for (int j = 0; j < upstream.size(); j++) {
            if (upstream.value(j) != 1) {
                return y;
            }
        }
        return x;
    }
}
