package org.dropoutspec.golden.topic;

import java.util.Map;
import java.util.TreeMap;
import org.dropoutspec.golden.format.Requirements;
import org.dropoutspec.golden.format.VectorFile;
import org.dropoutspec.golden.word.Ieee;
import org.dropoutspec.golden.word.Rational;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.tensor.Tensor;

/** Numerics: the precision of the scale, and the two ends of each type's range. */
final class NumericsTopic {
    /** By rate, inputs whose product with a scale of half precision rounds differently; found by search. */
    private static final Map<String, String> FLOAT16 = new TreeMap<>(Map.of(
            "0.01", "1.02734375 1.8271484375 1.828125 1.8291015625",
            "0.1", "1.3564453125 1.302734375 1.3037109375 1.3115234375",
            "0.3", "1 1.1396484375 1.1416015625 1.14453125",
            "0.7", "1 1.0009765625 1.50390625 1.505859375",
            "0.8", "1.0009765625 1.34765625 1.3505859375 1.3515625",
            "0.95", "1.0009765625 1.2490234375 1.25 1.2529296875"));

    private static final Map<String, String> BFLOAT16 = new TreeMap<>(Map.of(
            "0.01", "1 1.2578125 1.671875 1.6796875",
            "0.1", "1.03125 1.0078125 1.1484375 1.2109375",
            "0.3", "1.0625 1.2265625 1.28125 1.3359375",
            "0.6", "1.7578125 1.4609375 1.46875 1.4765625",
            "0.7", "1.015625 1.0546875 1.078125 1.1015625",
            "0.95", "1 1.5 1.5078125 1.5234375"));

    private final Topic topic = new Topic(
            "numerics", "The precision of the scale in the half types and in float64, overflow and subnormal numbers.");

    private NumericsTopic() {}

    static VectorFile file() {
        NumericsTopic numerics = new NumericsTopic();
        FLOAT16.forEach((rate, x) -> numerics.scalePrecision(Ieee.FLOAT16, rate, x));
        BFLOAT16.forEach((rate, x) -> numerics.scalePrecision(Ieee.BFLOAT16, rate, x));
        NamedRate.of(Ieee.FLOAT64, "0.1", "third", "0.7", "0.9").forEach(numerics::doubleRate);
        for (Ieee format : Ieee.values()) {
            numerics.ends(format);
            for (int k = 1; k <= 12; k++) {
                if (NamedRate.keeping(k).isHeldBy(format)) {
                    numerics.nearOne(format, NamedRate.keeping(k));
                }
            }
        }
        return numerics.topic.file();
    }

    private void scalePrecision(Ieee format, String name, String texts) {
        NamedRate rate = NamedRate.of(Ieee.FLOAT32, name).get(0);
        Tensor x = ScriptedWords.vector(format, texts);
        Call call = Call.training(rate.value(), x).withMask(ScriptedWords.mask(x.shape(), "1"));
        String id = "num-" + format.dtype() + "-r" + name + "-scale";
        String comment = "a scale of float32 precision gives these words in every order of operations,"
                + " a scale of the input's own type does not";
        addFarFromTies(id, comment, call);
        addFarFromTies(id + "-backward", comment, call.withGradOutput(x));
    }

    /** Asks for the exact words, for which every quotient must be far enough from a tie. */
    private void addFarFromTies(String id, String comment, Call call) {
        Ieee format = Ieee.of(call.input().dtype());
        Rational keep = Rational.ONE.minus(Ieee.FLOAT64.exact(Double.doubleToRawLongBits(call.rate())));
        for (int i = 0; i < call.input().size(); i++) {
            Rational quotient = format.exact(call.input().bits(i)).dividedBy(keep);
            if (!format.isFarFromTie(quotient)) {
                throw new IllegalStateException("quotient (" + quotient + ") must be 1/8 ulp or more from a tie");
            }
        }
        topic.addByBits(id, Requirements.SCALE_PRECISION, comment, call, Flag.SCALE_IN_HALF_PRECISION);
    }

    private void doubleRate(NamedRate rate) {
        Tensor x = ScriptedWords.vector(Ieee.FLOAT64, "1 -2 3 0.75 100 -7");
        topic.add(
                "num-float64-r" + rate.name() + "-double",
                Requirements.DOUBLE_RATE,
                "a rate that float32 does not hold: taken as one, it is wrong from the eighth digit on",
                Call.training(rate.value(), x).withMask(ScriptedWords.mask(x.shape(), "111101")),
                Flag.RATE_IN_SINGLE_PRECISION);
    }

    private void nearOne(Ieee format, NamedRate rate) {
        Tensor x = ScriptedWords.vector(format, "1 -3 0.5 7 -1.25 2");
        topic.add(
                "num-" + format.dtype() + "-" + rate.name(),
                Requirements.RATE_NEAR_ONE,
                "the scale is a power of two, and exact in every order of operations",
                Call.training(rate.value(), x).withMask(ScriptedWords.mask(x.shape(), "111101")),
                Flag.KEEP_PROBABILITY_CLAMPED);
    }

    private void ends(Ieee format) {
        String id = "num-" + format.dtype() + "-";
        Tensor large = ScriptedWords.vector(format, "max/2 -max/2 max -max");
        Call doubled = Call.training(0.5, large).withMask(ScriptedWords.mask(large.shape(), "1"));
        String comment = "doubled, half of the largest number is just finite and the next power of two is not";
        topic.add(id + "overflow", Requirements.OVERFLOW, comment, doubled, Flag.OVERFLOW_SATURATED);
        topic.add(
                id + "overflow-backward",
                Requirements.OVERFLOW,
                comment,
                Call.training(0.5, ScriptedWords.vector(format, "1 1 1 1"))
                        .withMask(ScriptedWords.mask(large.shape(), "1"))
                        .withGradOutput(large),
                Flag.OVERFLOW_SATURATED);
        Tensor small = ScriptedWords.vector(format, "min -min 3min subnormal");
        Call quadrupled = Call.training(0.75, small).withMask(ScriptedWords.mask(small.shape(), "1"));
        topic.add(
                id + "subnormal",
                Requirements.SUBNORMALS,
                "four times the smallest numbers, exactly",
                quadrupled,
                Flag.SUBNORMALS_FLUSHED);
        topic.add(
                id + "subnormal-backward",
                Requirements.SUBNORMALS,
                "and as gradients",
                Call.training(0.75, ScriptedWords.vector(format, "1 1 1 1"))
                        .withMask(ScriptedWords.mask(small.shape(), "1"))
                        .withGradOutput(small),
                Flag.SUBNORMALS_FLUSHED);
    }
}
