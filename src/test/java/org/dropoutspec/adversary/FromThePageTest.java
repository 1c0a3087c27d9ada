package org.dropoutspec.adversary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dropoutspec.adversary.Twist.RICH;
import static org.dropoutspec.adversary.Twist.forward;
import static org.dropoutspec.adversary.Twist.training;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.dropoutspec.certify.Certifier;
import org.dropoutspec.contract.Tier;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Defects of adapters that were written from the wire protocol alone: what is told of each, and in which words. */
class FromThePageTest {
    private static final Set<String> VALUES = Set.of("FWD-1", "FWD-2", "NUM-1", "MASK-7");

    static Stream<Arguments> defects() {
        return Stream.of(
                told(
                        forward(
                                "scales before it multiplies by the mask",
                                RICH.withCapabilities(Capability.MASK_OUTPUT),
                                (call, i, x, y) -> infinityTimesZero(call.rate(), x, y),
                                "FWD-2"),
                        VALUES,
                        "expected 0, got NaN"),
                told(
                        forward(
                                "scales before it multiplies by the mask, and reports none",
                                RICH,
                                (call, i, x, y) -> infinityTimesZero(call.rate(), x, y),
                                "FWD-2"),
                        VALUES,
                        "expected 0, got NaN"),
                told(
                        forward(
                                "scales before it multiplies by the mask, which nothing shows",
                                Layer.PLAIN,
                                (call, i, x, y) -> infinityTimesZero(call.rate(), x, y),
                                "NUM-1"),
                        VALUES,
                        "Infinity or 0, got NaN"),
                told(
                        Broken.of("draws as java.util.Random does", JavaUtilRandom::new, "SEED-8"),
                        Set.of("SEED-8", "MASK-8", "MASK-3"),
                        "on, one more each call)"),
                told(
                        Broken.of("is stuck under seed 0", StuckAtZero::new, "SEED-9"),
                        Set.of("FWD-1", "FWD-2", "MASK-1", "MASK-7", "BWD-1", "SEED-1", "SEED-4", "SEED-9"),
                        "seed 0)"),
                told(
                        training(
                                "takes a rate of 0 for none given",
                                Layer.PLAIN,
                                () -> (layer, call) -> layer.sound(call.rate() == 0 ? call.withRate(0.5) : call),
                                "RATE-7"),
                        Set.of("RATE-7", "FWD-1", "NUM-1", "NUM-3", "SHAPE-1"),
                        "(rate 0.0"),
                told(
                        forward(
                                "leaves a 256th of what it is to keep at rate 0 out",
                                Layer.PLAIN,
                                (call, i, x, y) ->
                                        call.rate() == 0 && (i * 0x9E3779B97F4A7C15L >>> 56) == 0 && i > 0 ? 0 : y,
                                "RATE-7"),
                        Set.of("RATE-7", "FWD-1", "NUM-3"),
                        "(rate 0.0"),
                told(named("drops a rounded number of each call"), Set.of("MASK-1", "MASK-2", "MASK-8", "MASK-9"), ""),
                told(
                        named("drops a number of each call that is cut"),
                        Set.of("MASK-1", "MASK-2", "MASK-8", "MASK-9"),
                        ""),
                told(
                        named("tells the mask from its output, also where the input is 0"),
                        Set.of("MASK-1", "MASK-9", "MASK-12", "BWD-1", "BWD-3"),
                        "expected a gradient for some of 128 zeros, and none for the others, got none for all"));
    }

    private static Broken named(String name) {
        return Broken.all().stream()
                .filter(broken -> broken.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static double infinityTimesZero(double rate, double x, double y) {
        return y == 0 && rate < 1 && Double.isInfinite((float) (x / (1 - rate))) ? Double.NaN : y;
    }

    private static Arguments told(Broken broken, Set<String> asked, String words) {
        return Arguments.of(broken, asked, words);
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("defects")
    void oneRequirementTells(Broken broken, Set<String> asked, String words) {
        List<String> told = new Certifier(Tier.QUICK, 20_261_122, asked, id -> {})
                .certify(broken.implementation().apply(20_261_122)).findings().stream()
                        .filter(finding -> finding.verdict() instanceof Verdict.Fail)
                        .map(finding -> finding.requirement().id() + " "
                                + finding.verdict().message())
                        .toList();
        assertThat(told)
                .singleElement()
                .asString()
                .startsWith(one(broken) + " ")
                .contains(words);
    }

    private static String one(Broken broken) {
        return broken.requirements().iterator().next();
    }

    /** Whose first numbers hardly change from one seed to the next. */
    private static final class JavaUtilRandom extends Layer {
        private Random random;

        JavaUtilRandom(long seed) {
            super(SEEDED, seed);
        }

        @Override
        void seed(long value) {
            random = new Random(value);
        }

        @Override
        long word() {
            return (long) (random.nextDouble() * 0x1p32);
        }
    }

    /** Drops everything, where some generators stay at 0. */
    private static final class StuckAtZero extends Layer {
        private boolean stuck;

        StuckAtZero(long seed) {
            super(RICH, seed);
        }

        @Override
        void seed(long value) {
            super.seed(value);
            stuck = value == 0;
        }

        @Override
        void draw(byte[] kept, Call call) {
            super.draw(kept, call);
            if (stuck && call.rate() > 0) {
                Arrays.fill(kept, (byte) 0);
            }
        }
    }
}
