package org.dropoutspec.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dropoutspec.statistics.Place.Related;
import org.dropoutspec.statistics.Place.Where;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionFamilyTest {
    /** The share of one requirement of 60 in 1e-9. */
    private static final double THRESHOLD = Math.log(60 / 1e-9);

    private static final double[] RATES = {0.05, 0.1, 0.5, 0.9};
    private static final DType[] TYPES = {DType.FLOAT16, DType.BFLOAT16, DType.FLOAT32, DType.FLOAT64};
    private static final int SIZES = 7;
    private static final int PREDECESSORS = 6;

    /** The level of each factor, by name. */
    private record Row(int rate, int size, int before, int type) {
        Stratum stratum() {
            return new Stratum(TYPES[type], RATES[rate]);
        }
    }

    private static final List<Row> ALL = IntStream.range(0, 4 * SIZES * PREDECESSORS * 4)
            .mapToObj(i -> new Row(i % 4, i / 4 % SIZES, i / 28 % PREDECESSORS, i / 168))
            .toList();

    private static final Design DESIGN = new Design(
            ALL.stream().map(Row::stratum).distinct().toList(),
            0x1p-20,
            new Rows(
                    List.of("rate", "size", "before", "type"),
                    List.of(names("rate", 4), names("size", SIZES), names("before", PREDECESSORS), names("type", 4)),
                    ALL.stream()
                            .map(row -> List.of(row.rate, row.size, row.before, row.type))
                            .toList()));

    private static List<String> names(String factor, int levels) {
        return IntStream.range(0, levels)
                .mapToObj(level -> factor + " " + level)
                .toList();
    }

    static Stream<Arguments> shifts() {
        return Stream.of(
                Arguments.of("everywhere", 28.2, (ToDoubleFunction<Row>) row -> 0.024, List.of()),
                Arguments.of(
                        "by rate",
                        127.6,
                        (ToDoubleFunction<Row>) row -> row.rate % 2 == 0 ? 0.05 : -0.05,
                        List.of("rate 2")),
                Arguments.of(
                        "at one level",
                        34.2,
                        (ToDoubleFunction<Row>) row -> row.before == 2 ? 0.065 : 0,
                        List.of("before 2")),
                Arguments.of(
                        "at one pair",
                        32.1,
                        (ToDoubleFunction<Row>) row -> row.before == 2 && row.size == 3 ? 0.18 : 0,
                        List.of("size 3", "before 2")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shifts")
    void aShiftOfTheLogOddsHasTheEvidenceThatTheDesignSays(
            String where, double median, ToDoubleFunction<Row> shift, List<String> conditions) {
        Family family = Family.rateByCondition(DESIGN, 2);
        for (int row = 0; row < ALL.size(); row++) {
            double rate = ALL.get(row).stratum().rate();
            double odds = rate / (1 - rate) * Math.exp(shift.applyAsDouble(ALL.get(row)));
            long dropped = Math.round(1500 * odds / (1 + odds));
            PackedMask mask = Masks.of(1500, i -> i < dropped);
            family.observe(Draw.of(ALL.get(row).stratum(), Shape.of(1500), mask).inRow(row));
        }
        // of counts as they are expected: within a nat of the median over counts as they are drawn
        assertThat(family.logE()).isGreaterThanOrEqualTo(median - 1);
        assertThat(conditions(family)).isEqualTo(conditions);
    }

    private static List<String> conditions(Family family) {
        Place place = family.strongest().orElseThrow().place();
        return place instanceof Place.Under under ? under.conditions() : List.of();
    }

    /** A row of fewer conditions, which is asked several times. */
    private record Asked(Stratum stratum, Shape shape, boolean strided, boolean large) {}

    private static final List<Asked> ASKED = asked();

    private static List<Asked> asked() {
        List<Asked> asked = new ArrayList<>();
        for (double rate : RATES) {
            for (DType dtype : TYPES) {
                for (int i = 0; i < 4; i++) {
                    Shape shape = i < 2 ? Shape.of(3, 17 + asked.size() % 5) : Shape.of(31, 37 + asked.size() % 5);
                    asked.add(new Asked(new Stratum(dtype, rate), shape, i % 2 == 1, i > 1));
                }
            }
        }
        return asked;
    }

    private static final Design FEW = new Design(
            ASKED.stream().map(Asked::stratum).distinct().toList(),
            0x1p-20,
            new Rows(
                    List.of("rate", "type", "layout", "size"),
                    List.of(
                            names("rate", 4),
                            names("type", 4),
                            List.of("contiguous", "strided"),
                            List.of("small", "large")),
                    IntStream.range(0, ASKED.size())
                            .mapToObj(row -> List.of(
                                    row / 16,
                                    row / 4 % 4,
                                    ASKED.get(row).strided ? 1 : 0,
                                    ASKED.get(row).large ? 1 : 0))
                            .toList()));

    /** What becomes of a mask under the condition. */
    private interface Effect {
        PackedMask on(Draw fresh, PackedMask lastOfRow, SplittableRandom random);
    }

    /** Twelve rounds of all rows, in orders of their own. */
    private static void draw(Predicate<Asked> condition, Effect effect, List<Family> families) {
        SplittableRandom random = new SplittableRandom(4);
        PackedMask[] last = new PackedMask[ASKED.size()];
        for (int call = 0; call < 12 * ASKED.size(); call++) {
            // 29 has no divisor in common with the number of rows; each round begins elsewhere
            int row = (29 * call + call / ASKED.size()) % ASKED.size();
            Asked asked = ASKED.get(row);
            int size = asked.shape.size();
            Draw draw = Draw.of(asked.stratum, asked.shape, Masks.random(random, size, asked.stratum.rate()));
            if (condition.test(asked)) {
                draw = Draw.of(
                        asked.stratum,
                        asked.shape,
                        effect.on(draw, last[row] == null ? draw.mask() : last[row], random));
            }
            last[row] = draw.mask();
            Draw made = draw.inRow(row);
            families.forEach(family -> family.observe(made));
        }
    }

    static Stream<Arguments> effects() {
        Predicate<Asked> strided = asked -> asked.strided;
        Predicate<Asked> halfStrided = asked -> asked.strided && asked.stratum.dtype() == DType.FLOAT16;
        return Stream.of(
                Arguments.of(
                        Family.rateByCondition(FEW, 2), new Place.All(), halfStrided, (Effect) (fresh, last, random) ->
                                Masks.random(random, fresh.mask().size(), fresh.rate() / 2)),
                Arguments.of(
                        Family.acrossByCondition(FEW, 2),
                        new Place.Other("call", Related.SAME_SHAPE_AND_RATE, new Where.Later(0)),
                        halfStrided,
                        (Effect) (fresh, last, random) -> last),
                Arguments.of(Family.lagsByCondition(FEW, 2), new Place.Lag(2), halfStrided, (Effect)
                        (fresh, last, random) ->
                                Masks.of(fresh.mask().size(), i -> fresh.mask().dropped(i % 4 > 1 ? i - 2 : i))),
                Arguments.of(Family.lagsByCondition(FEW, 3), new Place.Stride("row", 1, 0), strided, (Effect)
                        (fresh, last, random) -> Masks.of(
                                fresh.mask().size(),
                                i -> fresh.mask().dropped(i % fresh.shape().extent(1)))),
                Arguments.of(Family.positionByCondition(FEW, 2), new Place.RowEnd(false), halfStrided, (Effect)
                        (fresh, last, random) -> Masks.of(
                                fresh.mask().size(),
                                i -> (i + 1) % fresh.shape().extent(1) > 0
                                        && fresh.mask().dropped(i))),
                Arguments.of(Family.positionByCondition(FEW, 2), new Place.Index(0), strided, (Effect)
                        (fresh, last, random) -> Masks.of(
                                fresh.mask().size(), i -> i > 0 && fresh.mask().dropped(i))),
                Arguments.of(Family.positionByCondition(FEW, 2), new Place.VectorTail(64), halfStrided, (Effect)
                        (fresh, last, random) -> Masks.of(
                                fresh.mask().size(),
                                i -> i < fresh.mask().size() / 64 * 64
                                        && fresh.mask().dropped(i))));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("effects")
    void whatIsConfinedToAConditionIsFoundAndTheConditionNamed(
            Family family, Place place, Predicate<Asked> condition, Effect effect) {
        draw(condition, effect, List.of(family));
        assertThat(family.logE()).isGreaterThanOrEqualTo(THRESHOLD);
        Finding finding = family.strongest().orElseThrow();
        List<String> names = condition.test(ASKED.get(63)) ? List.of("strided") : List.of("type 0", "strided");
        assertThat(finding.place()).isEqualTo(new Place.Under(place, names));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 1e9})
    void aRateThatIsWrongUnderAConditionIsNoEvidenceOfAnythingElse(double odds) {
        for (Predicate<Asked> condition : List.<Predicate<Asked>>of(
                asked -> true,
                asked -> asked.strided,
                asked -> asked.large && asked.stratum.dtype() != DType.FLOAT16)) {
            List<Family> families = List.of(
                    Family.rateByCondition(FEW, 2),
                    Family.acrossByCondition(FEW, 2),
                    Family.lagsByCondition(FEW, 2),
                    Family.positionByCondition(FEW, 2),
                    Family.across(FEW, "call"),
                    Family.lags(FEW, List.of(Horizon.of(64, FEW.strata()))),
                    Family.position(FEW),
                    Family.columns(FEW, 1 << 15),
                    Family.contexts(FEW));
            draw(
                    condition,
                    (fresh, last, random) -> {
                        double moved = fresh.rate() / (1 - fresh.rate()) * odds;
                        return Masks.random(random, fresh.mask().size(), moved / (1 + moved));
                    },
                    families);
            assertThat(families.get(0).logE()).isGreaterThanOrEqualTo(THRESHOLD);
            for (Family family : families.subList(1, families.size())) {
                assertThat(family.logE()).as(family.name()).isLessThan(0);
            }
        }
    }

    @Test
    void aRowThatTheDesignDoesNotHaveIsRefused() {
        Draw draw = Draw.of(ASKED.get(0).stratum, Shape.of(2), PackedMask.of(true, false));
        assertThatThrownBy(() -> Family.rateByCondition(FEW, 2).observe(draw.inRow(64)))
                .hasMessage("row (64) must be one of the 64 that the design has");
        assertThatThrownBy(() -> Family.rateByCondition(FEW, 4)).hasMessage("strength (4) must be 1, 2 or 3");
    }
}
