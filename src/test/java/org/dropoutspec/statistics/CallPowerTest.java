package org.dropoutspec.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.dropoutspec.statistics.Place.Related;
import org.dropoutspec.statistics.Place.Where;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Masks that repeat those of an earlier call, which this call is related to in one way. */
class CallPowerTest {
    /** The share of one requirement of 60 in 1e-9. */
    private static final double THRESHOLD = Math.log(60 / 1e-9);

    private static final double[] RATES = {0.05, 0.1, 0.5};
    private static final Design DESIGN = new Design(
            Stream.of(DType.FLOAT32, DType.FLOAT64)
                    .flatMap(dtype -> DoubleStream.of(RATES).mapToObj(rate -> new Stratum(dtype, rate)))
                    .toList(),
            0x1p-20,
            Rows.NONE);

    private final SplittableRandom random = new SplittableRandom(5);

    private Draw draw(DType dtype, double rate, int size) {
        return Draw.of(new Stratum(dtype, rate), Shape.of(size), Masks.random(random, size, rate));
    }

    private static Draw with(Draw draw, PackedMask mask) {
        return Draw.of(draw.stratum(), draw.shape(), mask);
    }

    /** Each element with this probability is that of the other call. */
    private Draw copy(Draw draw, PackedMask other, double probability) {
        return with(draw, Masks.of(draw.mask().size(), i -> {
            boolean copied = i < other.size() && random.nextDouble() < probability;
            return (copied ? other : draw.mask()).dropped(i);
        }));
    }

    /** A call, and one that is related to it: no other pair of calls is. */
    private List<Draw> pair(Related relation, double rate, int size, double copied) {
        double another = rate == 0.5 ? 0.1 : 0.5;
        Draw first = draw(relation == Related.OTHER_TYPE ? DType.FLOAT64 : DType.FLOAT32, rate, size);
        List<Draw> stream = new ArrayList<>();
        stream.add(relation == Related.SEEDED ? first.withSeed() : first);
        boolean sameSize = false;
        switch (relation) {
            case PREVIOUS, OTHER_TYPE, SEEDED -> {}
            case BEFORE_PREVIOUS -> stream.add(draw(DType.FLOAT32, rate, size + 9));
            case SAME_RATE -> stream.add(draw(DType.FLOAT32, another, size + 9));
            case SAME_TYPE -> stream.add(draw(DType.FLOAT64, rate, size + 9));
            case SAME_SHAPE_AND_RATE, SAME_SHAPE, SAME_SIZE, FIRST_OF_SHAPE -> {
                sameSize = true;
                stream.add(draw(DType.FLOAT32, rate, size + 9));
                stream.add(draw(DType.FLOAT32, another, size + 18));
            }
        }
        stream.add(copy(draw(DType.FLOAT32, rate, sameSize ? size : size + 1), first.mask(), copied));
        return stream;
    }

    @ParameterizedTest
    @EnumSource(Related.class)
    void aMaskThatRepeatsThatOfARelatedCallIsFoundFromAsManyElementsAsTheDesignNeeds(Related relation) {
        // rate, the share of elements that are copied, and how many it takes to find that with probability .99
        double[][] needs = {
            {0.5, 1, 60}, {0.1, 1, 180}, {0.05, 1, 330}, {0.5, 0.5, 457}, {0.1, 0.5, 858}, {0.05, 0.5, 1340}
        };
        for (double[] need : needs) {
            int found = 0;
            for (int run = 0; run < 20; run++) {
                Family family = Family.across(DESIGN, "call");
                pair(relation, need[0], (int) need[2], need[1]).forEach(family::observe);
                found += family.logE() >= THRESHOLD ? 1 : 0;
            }
            // 17 or less with probability 1e-3
            assertThat(found).as(need[2] + " elements at rate " + need[0]).isGreaterThanOrEqualTo(18);
        }
    }

    /** A call and the numbers that are compared with its rate: an element is dropped where its number is lower. */
    private record Numbers(Stratum stratum, Shape shape, double[] numbers) {
        Draw draw() {
            return Draw.of(stratum, shape, Masks.of(shape.size(), i -> numbers[i] < stratum.rate()));
        }
    }

    /** Changes the numbers of a call, all of which are new. */
    private interface Defect {
        void strike(List<Numbers> before, Numbers now);
    }

    /** Takes the numbers of an earlier call from {@code from} on, where there are any, for those from the first on. */
    private static void take(Optional<Numbers> other, int from, Numbers now) {
        other.ifPresent(call -> {
            for (int i = 0; i < now.numbers().length && from + i < call.numbers().length; i++) {
                now.numbers()[i] = from + i < 0 ? now.numbers()[i] : call.numbers()[from + i];
            }
        });
    }

    private static Optional<Numbers> last(List<Numbers> before, int nth, Predicate<Numbers> wanted) {
        List<Numbers> found = before.stream().filter(wanted).toList();
        return found.size() < nth ? Optional.empty() : Optional.of(found.get(found.size() - nth));
    }

    private static Arguments found(Place.Call call, Where where, int calls, Defect defect) {
        return Arguments.of(new Place.Other("call", call, where), calls, defect);
    }

    static Stream<Arguments> defects() {
        Where there = new Where.Later(0);
        return Stream.of(
                found(
                        Related.SAME_SHAPE_AND_RATE,
                        there,
                        60,
                        (before, now) -> take(
                                last(
                                        before,
                                        1,
                                        call -> call.shape().equals(now.shape())
                                                && call.stratum().rate()
                                                        == now.stratum().rate()),
                                0,
                                now)),
                found(new Place.Back(40), there, 60, (before, now) -> take(last(before, 40, call -> true), 0, now)),
                found(
                        new Place.BackOfShape(17),
                        there,
                        130,
                        (before, now) ->
                                take(last(before, 17, call -> call.shape().equals(now.shape())), 0, now)),
                found(Related.OTHER_TYPE, there, 40, (before, now) -> {
                    if (now.stratum().dtype() == DType.FLOAT64) {
                        take(last(before, 1, call -> call.stratum().dtype() == DType.FLOAT32), 0, now);
                    }
                }),
                found(
                        Related.PREVIOUS,
                        new Where.Later(1),
                        20,
                        (before, now) -> take(last(before, 1, call -> true), 1, now)),
                found(Related.PREVIOUS, new Where.FromEnd(), 60, (before, now) -> {
                    if (before.size() % 2 == 1) {
                        Numbers other = before.get(before.size() - 1);
                        take(
                                Optional.of(other),
                                other.shape().size() - now.shape().size(),
                                now);
                    }
                }),
                found(
                        Related.PREVIOUS,
                        new Where.Reversed(),
                        20,
                        (before, now) -> last(before, 1, call -> true).ifPresent(call -> {
                            for (int i = 0;
                                    i
                                            < Math.min(
                                                    call.shape().size(),
                                                    now.shape().size());
                                    i++) {
                                now.numbers()[i] = call.numbers()[call.shape().size() - 1 - i];
                            }
                        })),
                found(
                        Related.PREVIOUS,
                        new Where.LastForFirst(),
                        400,
                        (before, now) -> last(before, 1, call -> true)
                                .ifPresent(call -> now.numbers()[0] =
                                        call.numbers()[call.shape().size() - 1])),
                found(
                        Related.PREVIOUS,
                        new Where.LastBlock(8),
                        150,
                        (before, now) -> last(before, 1, call -> true)
                                .ifPresent(call ->
                                        take(Optional.of(call), (call.shape().size() - 1) / 8 * 8, now))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("defects")
    void whatACallSharesWithAnEarlierOneIsNamed(Place.Other place, int calls, Defect defect) {
        int[] sizes = {37, 52, 68, 95};
        Family family = Family.across(DESIGN, "call");
        List<Numbers> before = new ArrayList<>();
        for (int call = 0; call < calls; call++) {
            Stratum stratum = DESIGN.strata().get(random.nextInt(DESIGN.size()));
            int size = sizes[random.nextInt(sizes.length)];
            Numbers now =
                    new Numbers(stratum, Shape.of(size), random.doubles(size).toArray());
            defect.strike(before, now);
            before.add(now);
            family.observe(now.draw());
        }
        assertThat(family.logE()).isGreaterThanOrEqualTo(THRESHOLD);
        assertThat(family.strongest().orElseThrow().place()).isEqualTo(place);
    }
}
