package org.dropoutspec.adversary.family;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Declaration;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.implementation.Seeding;
import org.dropoutspec.operation.BrokenOperation.Defect;
import org.dropoutspec.reference.AlphaDropout;
import org.dropoutspec.reference.GaussianDropout;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Noise and affine dropout that come about in other ways. */
final class SoundNoise {
    private SoundNoise() {}

    private interface Normal {
        double[] of(int size, OwnNumbers numbers);
    }

    private static Defect drawn(Normal normal, UnaryOperator<Double> rounded) {
        return (call, dropout, sound) -> {
            double rate = call.rate();
            if (!call.training() || !(rate > 0 && rate < 1) || call.has("noise")) {
                return sound.answer(call, dropout);
            }
            dropout.drawMask(Shape.of(1), 0.5); // the next draw
            Tensor x = call.tensor("input");
            double[] z = normal.of(x.size(), OwnNumbers.after(dropout, "noise"));
            double deviation = rounded.apply(GaussianDropout.deviation(rate));
            Tensor.Builder noise = Tensor.builder(x.dtype(), x.shape());
            for (int i = 0; i < z.length; i++) {
                noise.setBits(i, x.dtype().round(rounded.apply(1 + rounded.apply(deviation * rounded.apply(z[i])))));
            }
            return sound.answer(call.with("noise", noise.build()), dropout);
        };
    }

    /** The polar method, which rejects some pairs. */
    private static double[] polar(int size, OwnNumbers numbers) {
        Random random = new Random(numbers.key());
        double[] z = new double[size];
        for (int i = 0; i < size; i++) {
            z[i] = random.nextGaussian();
        }
        return z;
    }

    /** By inversion. */
    private static double[] inverse(int size, OwnNumbers numbers) {
        NormalDistribution normal = new NormalDistribution(null, 0, 1);
        double[] z = new double[size];
        for (int i = 0; i < size; i++) {
            z[i] = normal.inverseCumulativeProbability(numbers.uniform(i) + 0x1p-54);
        }
        return z;
    }

    /** Box and Muller's cosine alone, from numbers of 24 bits, from the last element on. */
    private static double[] cosines(int size, OwnNumbers numbers) {
        double[] z = new double[size];
        for (int i = 0; i < size; i++) {
            float u = (numbers.word(2L * i) >>> 40) * 0x1p-24f;
            float v = (numbers.word(2L * i + 1) >>> 40) * 0x1p-24f;
            z[size - 1 - i] = (float) Math.sqrt(-2 * (float) Math.log(1 - u)) * (float) Math.cos(2 * Math.PI * v);
        }
        return z;
    }

    /** The sum of two, one of them of half the variance: normal too. */
    private static double[] sums(int size, OwnNumbers numbers) {
        double[] all = polar(2 * size, numbers);
        double[] z = new double[size];
        for (int i = 0; i < size; i++) {
            z[i] = 0.6 * all[i] + 0.8 * all[size + i];
        }
        return z;
    }

    private static double single(double x) {
        return (float) x;
    }

    /** a (m x + (1 - m) alpha') + b, a product and a sum rounded once together. */
    private static Defect fused(boolean first) {
        return (call, dropout, sound) -> {
            OperationResult result = sound.answer(call, dropout);
            double rate = call.rate();
            if (!call.training() || rate == 0 || rate == 1) {
                return result;
            }
            Tensor x = call.tensor("input");
            float a = (float) (1 / Math.sqrt((1 - rate) * (1 + rate * AlphaDropout.ALPHA * AlphaDropout.ALPHA)));
            float alpha = (float) AlphaDropout.ALPHA;
            float b = (float) (-a * AlphaDropout.ALPHA * rate);
            Tensor mask = result.tensor("mask").broadcastTo(x.shape());
            return Changes.field(result, "output", i -> {
                float taken = mask.bool(i) != 0 ? (float) x.value(i) : alpha;
                return first ? Math.fma(a, taken, b) : a * taken + b;
            });
        };
    }

    private static FamilySound gaussian(String name, UnaryOperator<Declaration> declaring, Defect way) {
        return FamilySound.declaring("gaussian_dropout", name, declaring, way);
    }

    private static Declaration opaque(Declaration all) {
        return all.withCapabilities(EnumSet.of(Capability.SEED));
    }

    static List<FamilySound> all() {
        List<FamilySound> all = new ArrayList<>();
        all.add(gaussian("draws by the polar method", declared -> declared, drawn(SoundNoise::polar, x -> x)));
        all.add(gaussian(
                "draws by inversion, showing its answers alone",
                SoundNoise::opaque,
                drawn(SoundNoise::inverse, x -> x)));
        all.add(gaussian(
                "draws cosines from 24 bits and computes in float32",
                declared -> new Declaration(
                        EnumSet.of(DType.FLOAT32, DType.FLOAT16), declared.capabilities(), declared.choices()),
                drawn(SoundNoise::cosines, SoundNoise::single)));
        all.add(gaussian("draws the sum of two", declared -> declared, drawn(SoundNoise::sums, x -> x))
                .as(described -> described.with(Seeding.defaults().withBits(31))));
        for (boolean once : new boolean[] {true, false}) {
            all.add(FamilySound.single(
                    "alpha_dropout", once ? "multiplies and adds at once" : "rounds a, alpha' and b", fused(once)));
        }
        return all;
    }
}
