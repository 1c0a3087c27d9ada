package org.dropoutspec.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.dropoutspec.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes wrong along the axes of a mask and nowhere else. */
class MatrixFamilyTest {
    private static final double ROUNDING = 1e-12;
    /** ln 1e14: more than any share of a run. */
    private static final double ENOUGH = 32;

    private static final int SIDE = 12;
    private static final Shape SQUARE = Shape.of(SIDE, SIDE);

    private interface Change {
        /** Whether the element is dropped, where this one would be. */
        boolean drops(IntPredicate sound, int row, int column);
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                changed(new Place.Diagonal(false), (sound, i, j) -> i != j && sound.test(at(i, j))),
                changed(new Place.Diagonal(true), (sound, i, j) -> i != SIDE - 1 - j && sound.test(at(i, j))),
                changed(new Place.BlackFields(), (sound, i, j) -> (i + j) % 2 > 0 && sound.test(at(i, j))),
                changed(new Place.RowOfMatrix(true), (sound, i, j) -> i > 0 && sound.test(at(i, j))),
                changed(new Place.RowOfMatrix(false), (sound, i, j) -> i < SIDE - 1 && sound.test(at(i, j))),
                changed(Place.Reflected.TRANSPOSED, (sound, i, j) -> sound.test(at(Math.min(i, j), Math.max(i, j)))),
                changed(Place.Reflected.IN_ITS_ROW, (sound, i, j) -> sound.test(at(i, Math.min(j, SIDE - 1 - j)))),
                changed(
                        Place.Reflected.IN_THE_ROW_BEFORE,
                        (sound, i, j) -> sound.test(i % 2 == 0 ? at(i, j) : at(i - 1, SIDE - 1 - j))),
                changed(Place.Reflected.IN_ITS_COLUMN, (sound, i, j) -> sound.test(at(Math.min(i, SIDE - 1 - i), j))),
                changed(
                        Place.Reflected.HALF_A_TURN,
                        (sound, i, j) -> sound.test(Math.min(at(i, j), at(SIDE - 1 - i, SIDE - 1 - j)))));
    }

    private static Arguments changed(Place place, Change change) {
        return Arguments.of(place, change);
    }

    private static int at(int row, int column) {
        return row * SIDE + column;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void eachIsFoundInThirtyCallsAndNamed(Place place, Change change) {
        Design design = Design.of(0x1p-20, 0.5);
        Family family =
                place instanceof Place.Reflected ? Family.reflections(design, 1 << 15) : Family.places(design, 1 << 15);
        SplittableRandom random = new SplittableRandom(3);
        for (int call = 0; call < 30; call++) {
            PackedMask sound = Masks.random(random, SQUARE.size(), 0.5);
            PackedMask mask = Masks.of(SQUARE.size(), i -> change.drops(sound::dropped, i / SIDE, i % SIDE));
            // as plain dropout asks for it: so many elements in a row
            family.observe(Masks.flat(0.5, mask).laidOut(SQUARE));
        }
        assertThat(family.logE()).isGreaterThan(ENOUGH);
        assertThat(family.strongest().orElseThrow().place()).isEqualTo(place);
    }

    @Test
    void itCountsNoMoreThanItsLimitAndEachMatrixOfACall() {
        Family family = Family.places(Design.of(0, 0.5), 100);
        SplittableRandom random = new SplittableRandom(4);
        for (int call = 0; call < 9; call++) {
            family.observe(Draw.of(0.5, Shape.of(5, 3, 4), Masks.random(random, 60, 0.5)));
        }
        // five matrices of the first call, and as many of the second as pass the limit
        assertThat(elements(family, new Place.Diagonal(false))).isEqualTo(3 * (5 + 4));
        assertThat(elements(family, new Place.RowOfMatrix(true))).isEqualTo(4 * (5 + 4));
    }

    private static long elements(Family family, Place place) {
        return family.findings().stream()
                .filter(finding -> finding.place().equals(place))
                .mapToLong(Finding::elements)
                .sum();
    }

    static List<Function<Design, Family>> families() {
        return List.of(design -> Family.places(design, 99), design -> Family.reflections(design, 99), Family::tails);
    }

    @ParameterizedTest
    @MethodSource("families")
    void nothingIsGainedByChance(Function<Design, Family> fresh) {
        Family first = fresh.apply(Design.of(0, 0.3));
        double sum = 0;
        for (int bits = 0; bits < 1 << 12; bits++) {
            int own = bits;
            Family one = first.continued();
            one.observe(Draw.of(0.3, Shape.of(3, 4), Masks.of(12, i -> (own >>> i & 1) == 1)));
            sum += Masks.probability(bits, 12, 0.3) * Math.exp(one.logE());
        }
        assertThat(sum).isLessThanOrEqualTo(1 + ROUNDING);
    }
}
