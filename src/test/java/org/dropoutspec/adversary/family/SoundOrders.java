package org.dropoutspec.adversary.family;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Declaration;
import org.dropoutspec.operation.BrokenOperation.Defect;
import org.dropoutspec.reference.AlphaDropout;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;

/** Masks in other orders, noise by other methods, and other roundings, with more and with less to show. */
final class SoundOrders {
    private SoundOrders() {}

    private interface Normal {
        double of(OwnNumbers numbers, int index);
    }

    private static Defect noise(Normal normal) {
        return Drawn.changed(Changes.where(drawn -> drawn.rate() > 0, drawn -> {
            OwnNumbers numbers = OwnNumbers.of(drawn);
            double s = Math.sqrt(drawn.rate() / (1 - drawn.rate()));
            return Changes.each(drawn.mask(), i -> 1 + s * normal.of(numbers, i));
        }));
    }

    /** Box and Muller's pairs. */
    private static double pair(OwnNumbers numbers, int i) {
        int first = i / 2 * 2;
        double radius = Math.sqrt(-2 * Math.log(1 - numbers.uniform(first)));
        double angle = 2 * Math.PI * numbers.uniform(first + 1);
        return i == first ? radius * Math.cos(angle) : radius * Math.sin(angle);
    }

    /** Kinderman and Monahan's ratio of two, as often as it is rejected. */
    private static double ratio(OwnNumbers numbers, int i) {
        for (long k = 0; ; k++) {
            double u = 1 - numbers.uniform(i + (k << 33));
            double x = 2 * Math.sqrt(2 / Math.E) * (numbers.uniform(i + (k << 33) + (1L << 32)) - 0.5) / u;
            if (x * x <= -4 * Math.log(u)) {
                return x;
            }
        }
    }

    /** Von Neumann's: an exponential magnitude, kept with probability e^(-(x-1)^2/2), and a sign. */
    private static double rejected(OwnNumbers numbers, int i) {
        for (long k = 0; ; k++) {
            double x = -Math.log(1 - numbers.uniform(i + (3 * k << 32)));
            if (numbers.uniform(i + (3 * k + 1 << 32)) <= Math.exp(-(x - 1) * (x - 1) / 2)) {
                return numbers.word(i + (3 * k + 2 << 32)) < 0 ? -x : x;
            }
        }
    }

    /** In float32: a product, a product and a sum, each rounded; or what is dropped as one constant. */
    private static Defect affine(boolean constant) {
        return (call, dropout, sound) -> {
            var result = sound.answer(call, dropout);
            double rate = call.rate();
            if (!call.training() || rate == 0 || rate == 1) {
                return result;
            }
            Tensor x = call.tensor("input");
            Tensor mask = result.tensor("mask").broadcastTo(x.shape());
            float alpha = (float) AlphaDropout.ALPHA;
            float p = (float) rate;
            float a = 1 / (float) Math.sqrt((1 - p) * (1 + p * alpha * alpha));
            float b = -a * alpha * p;
            float dropped = constant ? Math.fma(a, alpha, b) : a * alpha + b;
            return Changes.field(result, "output", i -> mask.bool(i) != 0 ? (float) x.value(i) * a + b : dropped);
        };
    }

    private static Defect masks(Order order) {
        return Drawn.changed(drawn -> OwnNumbers.of(drawn).mask(drawn, i -> order.of(drawn, i)));
    }

    private interface Order {
        long of(Drawn drawn, int index);
    }

    private static long byColumn(Drawn drawn, int i) {
        int plane = drawn.rows() * drawn.columns();
        int in = i % plane;
        return (long) i - in + (long) (in % drawn.columns()) * drawn.rows() + in / drawn.columns();
    }

    /** Four elements out of a word of 64 bits, from the highest on. */
    private static Defect quarters() {
        return Drawn.changed(drawn -> {
            OwnNumbers numbers = OwnNumbers.of(drawn);
            double threshold = Math.ceil(drawn.rate() * 0x1p16);
            return drawn.with(i -> (numbers.word(i / 4) >>> 48 - 16 * (i % 4) & 0xFFFF) >= threshold);
        });
    }

    private static Declaration coarse(Declaration all) {
        return all.with(all.choices().withRateResolution(0x1p-16));
    }

    private static Declaration silent(Declaration all) {
        Set<Capability> left = EnumSet.copyOf(all.capabilities());
        left.remove(Capability.MASK_OUTPUT);
        return all.withCapabilities(left);
    }

    static List<FamilySound> all() {
        List<FamilySound> all = new ArrayList<>();
        all.add(FamilySound.of("gaussian_dropout", "draws sine and cosine of one angle", noise(SoundOrders::pair)));
        all.add(FamilySound.of("gaussian_dropout", "draws a ratio of two", noise(SoundOrders::ratio)));
        all.add(FamilySound.of("gaussian_dropout", "draws exponentials and rejects", noise(SoundOrders::rejected)));
        for (boolean constant : new boolean[] {false, true}) {
            all.add(FamilySound.declaring(
                    "alpha_dropout",
                    constant ? "adds what is dropped as a constant of float32" : "rounds each step to float32",
                    declared -> new Declaration(Set.of(DType.FLOAT32), declared.capabilities(), declared.choices()),
                    affine(constant)));
        }
        for (String operation : List.of("attention", "network", "alpha_dropout")) {
            all.add(FamilySound.of(operation, "draws its matrix column by column", masks(SoundOrders::byColumn)));
        }
        for (String operation : List.of("dropconnect", "rnn", "stochastic_depth")) {
            all.add(FamilySound.of(
                    operation, "draws from the last element on", masks((drawn, i) -> drawn.size() - 1L - i)));
        }
        for (String operation : List.of("stochastic_depth", "attention", "spatial_dropout")) {
            all.add(FamilySound.declaring(
                    operation, "takes four elements out of a word", SoundOrders::coarse, quarters()));
        }
        for (String operation : List.of("network", "rnn", "attention")) {
            all.add(FamilySound.declaring(
                    operation, "reports no masks and takes them", SoundOrders::silent, masks((drawn, i) -> i)));
        }
        return all;
    }
}
