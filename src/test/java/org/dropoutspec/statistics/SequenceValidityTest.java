package org.dropoutspec.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.apache.commons.math3.special.Beta;
import org.dropoutspec.tensor.Shape;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Sound masks, and rates that an adversary moves within the declared resolution, are not accused. */
class SequenceValidityTest {
    /** Each test fails with probability at most e^-12, 6e-6. */
    private static final double NEVER = 12;

    private static List<Family> families(Design design, int horizon) {
        return List.of(
                Family.lags(design, List.of(Horizon.of(horizon, design.strata()))),
                Family.joins(design, Horizon.of(horizon, design.strata())),
                Family.triples(design, Horizon.of(horizon, 16_384, design.strata())),
                Family.columns(design, 1 << 15));
    }

    static Stream<Arguments> sound() {
        Map<String, IntFunction<DoubleSupplier>> generators = Map.of(
                "SplittableRandom", Generators::splittable,
                "MT19937", Generators::mersenneTwister,
                "Philox", Generators::philox);
        return generators.entrySet().stream()
                .flatMap(generator -> Stream.of(0.1, 0.5, 0.9)
                        .map(rate -> Arguments.of(generator.getKey(), generator.getValue(), rate)));
    }

    @Tag("sound")
    @ParameterizedTest(name = "{0} at {2}")
    @MethodSource("sound")
    void soundGeneratorsShowNothing(String name, IntFunction<DoubleSupplier> generator, double rate) {
        Design design = Design.of(0x1p-20, rate);
        DoubleSupplier numbers = generator.apply(11);
        for (Family family : families(design, 1024)) {
            for (Shape shape : List.of(Shape.of(131_075), Shape.of(64, 1024), Shape.of(5000), Shape.of(7, 259))) {
                family.observe(Draw.of(rate, shape, Generators.mask(numbers, shape.size(), rate)));
            }
            assertThat(family.logE()).as(family.name()).isLessThan(NEVER);
        }
    }

    /** By how much of the resolution an adversary moves the rate of the next element. */
    private interface Adversary {
        int move(List<Boolean> drawn, int index);
    }

    private static Adversary after(int lag) {
        return (drawn, index) -> drawn.size() < lag || !drawn.get(drawn.size() - lag) ? -1 : 1;
    }

    private static Adversary parity(int near, int far) {
        return (drawn, index) -> after(near).move(drawn, index) * after(far).move(drawn, index);
    }

    static Stream<Arguments> adversaries() {
        Function<Design, Family> lags = design -> families(design, 1024).get(0);
        Function<Design, Family> joins = design -> families(design, 1024).get(1);
        Function<Design, Family> triples = design -> families(design, 1024).get(2);
        Function<Design, Family> columns = design -> families(design, 1024).get(3);
        Adversary column = (drawn, index) -> index % 64 == 5 || index % 74 < 37 ? 1 : -1;
        return Stream.of(
                Arguments.of("by the element 700 before", lags, after(700), 5000, 40),
                Arguments.of("by an element of the call before", joins, after(600), 700, 300),
                Arguments.of("by two elements before", triples, parity(3, 31), 16_384, 1),
                Arguments.of("by column", columns, column, 30_000, 20));
    }

    /** With the resolution it is explained; without it, it is found: the adversary is one. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("adversaries")
    void whatTheResolutionExplainsIsNoEvidence(
            String name, Function<Design, Family> fresh, Adversary adversary, int size, int calls) {
        double resolution = 0.06;
        Family declared = fresh.apply(Design.of(resolution, 0.5));
        Family silent = fresh.apply(Design.of(0, 0.5));
        Drawing drawing = new Drawing(new SplittableRandom(1), adversary, 0.5, resolution);
        for (int call = 0; call < calls; call++) {
            Draw draw = drawing.next(size);
            declared.observe(draw);
            silent.observe(draw);
        }
        assertThat(declared.logE()).isLessThan(NEVER);
        assertThat(silent.logE()).isGreaterThan(25);
    }

    private static final class Drawing {
        private final SplittableRandom random;
        private final Adversary adversary;
        private final double rate;
        private final double resolution;
        private final List<Boolean> drawn = new ArrayList<>();

        Drawing(SplittableRandom random, Adversary adversary, double rate, double resolution) {
            this.random = random;
            this.adversary = adversary;
            this.rate = rate;
            this.resolution = resolution;
        }

        Draw next(int size) {
            PackedMask mask = Masks.of(size, i -> {
                drawn.add(random.nextDouble() < rate + resolution * adversary.move(drawn, i));
                return drawn.get(drawn.size() - 1);
            });
            return Masks.flat(rate, mask);
        }
    }

    private enum Wander implements Adversary {
        ELEMENT {
            @Override
            public int move(List<Boolean> drawn, int index) {
                return index % 2 * 2 - 1;
            }
        },
        LANE {
            @Override
            public int move(List<Boolean> drawn, int index) {
                return index % 64 < 32 ? 1 : -1;
            }
        },
        CALL {
            @Override
            public int move(List<Boolean> drawn, int index) {
                return (drawn.size() - index) * 0x9E37_79B9 >> 31 | 1;
            }
        },
        LAG {
            @Override
            public int move(List<Boolean> drawn, int index) {
                return after(5).move(drawn, index);
            }
        },
        PAIR_OF_LAGS {
            @Override
            public int move(List<Boolean> drawn, int index) {
                return parity(3, 31).move(drawn, index);
            }
        },
        RATCHET {
            @Override
            public int move(List<Boolean> drawn, int index) {
                // more drops wherever there were more
                return drawn.subList(Math.max(0, drawn.size() - 50), drawn.size()).stream()
                                        .filter(dropped -> dropped)
                                        .count()
                                > 5
                        ? 1
                        : -1;
            }
        }
    }

    @Tag("sound")
    @ParameterizedTest
    @EnumSource
    void noWanderingRaisesMoreAlarmsThanTheLevelAllows(Wander wander) {
        double level = 0.05;
        int runs = 60;
        Map<String, Integer> alarms = new TreeMap<>();
        List<Family> fresh = families(Design.of(0.02, 0.1), 40);
        for (int run = 0; run < runs; run++) {
            Drawing drawing = new Drawing(new SplittableRandom(run), wander, 0.1, 0.02);
            List<Family> families = fresh.stream().map(Family::continued).toList();
            boolean[] alarmed = new boolean[families.size()];
            for (int call = 0; call < 12; call++) {
                Draw draw = drawing.next(call % 2 == 0 ? 1813 : 130);
                for (int f = 0; f < alarmed.length; f++) {
                    families.get(f).observe(draw);
                    alarmed[f] |= call % 3 == 2 && families.get(f).logE() >= -Math.log(level);
                }
            }
            for (int f = 0; f < alarmed.length; f++) {
                alarms.merge(families.get(f).name(), alarmed[f] ? 1 : 0, Integer::sum);
            }
        }
        // at the level exactly there are more than this with probability 1e-6
        int most = 0;
        while (Beta.regularizedBeta(level, most + 1.0, runs - most) > 1e-6) {
            most++;
        }
        int allowed = most;
        assertThat(alarms).hasSize(fresh.size());
        assertThat(alarms.values()).allMatch(count -> count <= allowed);
    }

    @Test
    void aRateThatIsWrongInSomeCallsIsNoDependence() {
        Rows rows = new Rows(List.of("size"), List.of(List.of("small", "large")), List.of(List.of(0), List.of(1)));
        Design design = new Design(Design.of(0, 0.5).strata(), 0x1p-20, rows);
        SplittableRandom random = new SplittableRandom(9);
        List<Family> families = families(design, 1024);
        for (int call = 0; call < 40; call++) {
            int row = call % 2;
            Draw draw = Masks.flat(0.5, Masks.random(random, row == 0 ? 2000 : 10_000, row == 0 ? 0.5 : 0.4))
                    .inRow(row);
            families.forEach(family -> family.observe(draw));
        }
        for (Family family : families) {
            assertThat(family.logE()).as(family.name()).isLessThan(NEVER);
        }
    }
}
