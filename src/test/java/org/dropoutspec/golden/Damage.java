package org.dropoutspec.golden;

import java.util.Arrays;
import java.util.function.Function;
import java.util.function.LongUnaryOperator;
import org.dropoutspec.golden.word.Ieee;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.ReferenceImplementation;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.reference.Dropout;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;

/** What bugs do to the answer of a call that carries its mask. */
final class Damage {
    private static final Implementation REFERENCE = new ReferenceImplementation(5);

    private Damage() {}

    static Result gradient(Call masked, Tensor mask, double rate) {
        Result result = REFERENCE.dropout(masked);
        return masked.gradOutput()
                .map(dy -> result.withGradInput(Dropout.backward(dy, mask, rate)))
                .orElse(result);
    }

    static Result every(Call masked, LongUnaryOperator kept) {
        Tensor mask = masked.mask().orElseThrow();
        Tensor spread = mask.broadcastTo(masked.shape());
        Function<Tensor, Tensor> apply = x -> {
            Tensor.Builder y = Tensor.builder(x.dtype(), x.shape());
            for (int i = 0; i < x.size(); i++) {
                y.setBits(i, spread.bool(i) == 1 || masked.rate() == 1 ? kept.applyAsLong(x.bits(i)) : 0);
            }
            return y.build();
        };
        Result result = Result.of(apply.apply(masked.presented())).withMask(mask);
        return masked.gradOutput()
                .map(dy -> result.withGradInput(apply.apply(dy)))
                .orElse(result);
    }

    static long scaled(Call call, long word) {
        DType dtype = call.input().dtype();
        return dtype.round(dtype.value(word) / (1 - call.rate()));
    }

    static long rescaled(Call call, long word) {
        DType dtype = call.input().dtype();
        double scale = dtype.value(dtype.round(1 / dtype.value(dtype.round(1 - call.rate()))));
        return dtype.round(dtype.value(word) * scale);
    }

    static long clamped(Call call, long word) {
        DType dtype = call.input().dtype();
        return dtype.round(dtype.value(word) / (1 - call.rate() + 0x1p-10));
    }

    static Result gradientFromValues(Call masked) {
        Result result = REFERENCE.dropout(masked);
        Tensor x = masked.presented();
        return masked.gradOutput()
                .map(dy -> {
                    double[] dx = dy.values();
                    for (int i = 0; i < dx.length; i++) {
                        dx[i] *= result.output().value(i) / x.value(i);
                    }
                    return result.withGradInput(Tensor.of(dy.dtype(), dy.shape(), dx));
                })
                .orElse(result);
    }

    /** A last bit, which the tolerance of either output alone allows. */
    static Result nudgedBesideAGradient(Call masked) {
        Result result = REFERENCE.dropout(masked);
        Tensor y = result.output();
        Tensor.Builder nudged = Tensor.builder(y.dtype(), y.shape());
        for (int i = 0; i < y.size(); i++) {
            nudged.setBits(i, y.value(i) == 0 ? y.bits(i) : y.bits(i) ^ 1);
        }
        return masked.gradOutput().isPresent() ? new Result(nudged.build(), result.mask(), result.gradInput()) : result;
    }

    static boolean holdsSpecial(Tensor x) {
        return Arrays.stream(x.values()).anyMatch(value -> value == 0 || !Double.isFinite(value));
    }

    /** What does not fill a vector of 16 comes out as it went in, or as 0 in evaluation. */
    static Result tailLost(Call call, Result whole) {
        Tensor x = call.presented();
        int end = x.size() < 16 ? x.size() : x.size() - x.size() % 16;
        Tensor.Builder y = Tensor.builder(x.dtype(), x.shape());
        for (int i = 0; i < x.size(); i++) {
            long tail = call.training() ? x.bits(i) : 0;
            y.setBits(i, i < end ? whole.output().bits(i) : tail);
        }
        return new Result(y.build(), whole.mask(), whole.gradInput());
    }

    static boolean subnormal(Call call, long word) {
        Ieee format = Ieee.of(call.input().dtype());
        return format.magnitude(word) < format.smallestNormal();
    }

    static Result multiplied(Call masked) {
        Tensor mask = masked.mask().orElseThrow();
        Tensor x = masked.presented();
        double[] y = x.values();
        for (int i = 0; i < y.length; i++) {
            y[i] = mask.broadcastTo(x.shape()).bool(i) * y[i] / (1 - masked.rate());
        }
        Result result = Result.of(Tensor.of(x.dtype(), x.shape(), y)).withMask(mask);
        return masked.gradOutput()
                .map(dy -> result.withGradInput(Dropout.backward(dy, mask, masked.rate())))
                .orElse(result);
    }

    static Tensor nonZero(Tensor y) {
        boolean[] kept = new boolean[y.size()];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = y.value(i) != 0;
        }
        return Tensor.ofBooleans(y.shape(), kept);
    }

    static Tensor widened(Tensor y) {
        return Tensor.of(y.dtype() == DType.FLOAT64 ? DType.FLOAT32 : DType.FLOAT64, y.shape(), y.values());
    }

    static Tensor memory(Call call) {
        return Tensor.wrap(call.input().dtype(), call.shape(), bytes(call.input()));
    }

    static byte[] bytes(Tensor x) {
        byte[] bytes = new byte[x.data().remaining()];
        x.data().get(bytes);
        return bytes;
    }

    static double[] plusZero(Tensor x) {
        double[] values = x.values();
        for (int i = 0; i < values.length; i++) {
            values[i] += 0.0;
        }
        return values;
    }

    static double[] times(Tensor x, double factor) {
        double[] values = x.values();
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
        return values;
    }
}
