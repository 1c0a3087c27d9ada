package org.dropoutspec.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.dropoutspec.statistics.Finding;
import org.dropoutspec.statistics.Finding.Given;
import org.dropoutspec.statistics.Place;
import org.dropoutspec.statistics.Place.Kinship;
import org.dropoutspec.statistics.Place.Match;
import org.dropoutspec.statistics.Place.Related;
import org.dropoutspec.statistics.Place.Where;
import org.dropoutspec.statistics.Stratum;
import org.dropoutspec.tensor.DType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RefutationWordsTest {
    private static final String ELEMENTS = "1,200 of 1,200 elements were dropped, 120 expected at rate 0.1";
    private static final String CALLS = "it was dropped in 1,200 of 1,200 calls, 120 expected at rate 0.1";

    private static Arguments other(Place.Call call, Where where, String words) {
        return Arguments.of(new Place.Other("call", call, where), Given.DROPPED, words);
    }

    private static Arguments seeds(Kinship kinship, Match match, String words) {
        return Arguments.of(new Place.Seeds(kinship, match), Given.DROPPED, words);
    }

    static Stream<Arguments> places() {
        Where there = new Where.Later(0);
        return Stream.of(
                other(Related.PREVIOUS, there, "where the same element was dropped in the previous call, " + ELEMENTS),
                other(
                        Related.SAME_SHAPE_AND_RATE,
                        new Where.Later(-1),
                        "where the element 1 earlier was dropped in the last call of the same shape and rate, "
                                + ELEMENTS),
                other(
                        Related.OTHER_TYPE,
                        new Where.FromEnd(),
                        "where the element as far from the end was dropped in the last call of another type, "
                                + ELEMENTS),
                other(
                        Related.SEEDED,
                        new Where.Reversed(),
                        "where the element as far from the end as this one from the start was dropped in the last call with a"
                                + " seed, " + ELEMENTS),
                other(
                        new Place.BackOfShape(17),
                        there,
                        "where the same element was dropped in the call 17 calls of the same shape before, "
                                + ELEMENTS),
                other(
                        new Place.Within(64),
                        there,
                        "where the same element was dropped in one of the 64 calls before, " + ELEMENTS),
                other(
                        Related.PREVIOUS,
                        new Where.LastBlock(4),
                        "where the element as far into the last block of 4 was dropped in the previous call, "
                                + ELEMENTS),
                other(
                        Related.SAME_RATE,
                        new Where.At(3),
                        "where element 3 was dropped in the last call of the same rate, " + CALLS),
                other(
                        Related.PREVIOUS,
                        new Where.Last(),
                        "where the last element was dropped in the previous call, " + CALLS),
                Arguments.of(
                        new Place.PartSeam(8),
                        Given.DROPPED,
                        "at the start of each eighth of the call but the first, where the element before was dropped, "
                                + ELEMENTS),
                other(
                        Related.PREVIOUS,
                        new Where.LastForFirst(),
                        "where the last element was dropped in the previous call, the first was dropped in 1,200 of 1,200"
                                + " calls, 120 expected at rate 0.1"),
                Arguments.of(
                        new Place.Other("seed", Related.PREVIOUS, there),
                        Given.KEPT,
                        "where the same element was kept under the previous seed, " + ELEMENTS),
                Arguments.of(
                        new Place.PartBefore(4),
                        Given.KEPT,
                        "where the element a quarter of the call before was kept, " + ELEMENTS),
                Arguments.of(
                        new Place.Mirrored(),
                        Given.DROPPED,
                        "where the element as far from the start as this one from the end was dropped, " + ELEMENTS),
                Arguments.of(
                        new Place.Diagonal(true), Given.NOTHING, "on the other diagonal of each matrix, " + ELEMENTS),
                Arguments.of(
                        new Place.BlackFields(), Given.NOTHING, "where the sum of row and column is even, " + ELEMENTS),
                Arguments.of(
                        new Place.RowOfMatrix(false), Given.NOTHING, "in the last row of each matrix, " + ELEMENTS),
                Arguments.of(
                        new Place.TailOf(8, 7, 6),
                        Given.NOTHING,
                        "of the 7 elements left over by vectors of 8, element 6 was dropped in 1,200 of 1,200 calls,"
                                + " 120 expected at rate 0.1"),
                Arguments.of(
                        new Place.OfSize(31, 30),
                        Given.NOTHING,
                        "of calls of 31 elements, element 30 was dropped in 1,200 of 1,200 calls, 120 expected at rate"
                                + " 0.1"),
                Arguments.of(
                        Place.Reflected.TRANSPOSED,
                        Given.DROPPED,
                        "where the element with row and column exchanged was dropped, " + ELEMENTS),
                Arguments.of(
                        new Place.Under(new Place.RowEnd(false), List.of("strided", "float16")),
                        Given.NOTHING,
                        "at the end of each row, " + ELEMENTS + ", only under: strided; float16"),
                seeds(
                        new Kinship.Apart(1),
                        new Match.DrawsLater(-1),
                        "each draw of seed s against the one 1 earlier of seed s + 1: where one was dropped, of the other "
                                + ELEMENTS),
                seeds(
                        new Kinship.AnyBit(),
                        new Match.SameDraw(3),
                        "draw 3 of seed s against the same of seeds s xor 2^k: where one was dropped, of the other "
                                + ELEMENTS),
                seeds(
                        new Kinship.Apart(2),
                        new Match.ElementsLater(37),
                        "the stream of seed s against that of seed s + 2, 37 elements later: where one was dropped, of the"
                                + " other " + ELEMENTS));
    }

    @ParameterizedTest
    @MethodSource("places")
    void whereIsPutIntoWords(Place place, Given given, String words) {
        Finding finding = new Finding("family", place, given, new Stratum(DType.FLOAT32, 0.1), 1200, 1200, 0.1, 100);
        assertThat(RefutationWords.of(finding)).isEqualTo(words);
    }
}
