package org.dropoutspec.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.dropoutspec.statistics.Place.Kinship;
import org.dropoutspec.statistics.Place.Match;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SeedStreamsTest {
    /** The share of one requirement of 60 in 1e-9. */
    private static final double THRESHOLD = Math.log(60 / 1e-9);

    private static final int ELEMENTS = 64;
    private static final Stratum TENTH = new Stratum(DType.FLOAT32, 0.1);
    private static final Stratum HALF = new Stratum(DType.FLOAT32, 0.5);

    /** How the numbers of a draw follow from the seed. */
    private interface Generator {
        double number(long seed, int draw, int index);
    }

    /** A number in [0, 1) for each of all these. */
    private static double hash(long... of) {
        long state = 0;
        for (long one : of) {
            state = new SplittableRandom(state ^ one * 0x9E37_79B9_7F4A_7C15L).nextLong();
        }
        return (state >>> 11) * 0x1p-53;
    }

    /** A seed, the two after it, and those that differ by a power of two or in a bit: 41 in all. */
    private static List<Long> seeds() {
        List<Long> seeds = new ArrayList<>(List.of(1234L, 1235L, 1236L));
        for (int bit = 2; bit <= 20; bit++) {
            seeds.add(1234L + (1L << bit));
            seeds.add(1234L ^ 1L << bit);
        }
        seeds.add(1234L + (1L << 32));
        return seeds.stream().distinct().toList();
    }

    private static SeedStreams observe(Generator generator, Stratum stratum, List<Long> seeds, int draws) {
        SeedStreams family = Family.seeds(new Design(List.of(TENTH, HALF), 0x1p-20, Rows.NONE));
        for (long seed : seeds) {
            for (int number = 1; number <= draws; number++) {
                int draw = number;
                PackedMask mask = Masks.of(ELEMENTS, i -> generator.number(seed, draw, i) < stratum.rate());
                family.observe(seed, number, Draw.of(stratum, Shape.of(ELEMENTS), mask));
            }
        }
        return family;
    }

    private static Arguments found(Kinship seeds, Match match, Generator generator) {
        return Arguments.of(seeds, match, generator);
    }

    static Stream<Arguments> generators() {
        return Stream.of(
                found(new Kinship.Apart(1), new Match.SameDraw(0), (seed, draw, i) -> hash(seed >> 1, draw, i)),
                found(new Kinship.Apart(1), new Match.DrawsLater(-1), (seed, draw, i) -> hash(seed + draw, i)),
                found(
                        new Kinship.Apart(1),
                        new Match.SameDraw(0),
                        (seed, draw, i) ->
                                hash(seed, draw, i, 1) < 0.5 ? hash(seed & ~1, draw, i) : hash(seed, draw, i)),
                found(
                        new Kinship.Different(),
                        new Match.SameDraw(1),
                        (seed, draw, i) -> hash(draw == 1 ? 0 : seed, draw, i)),
                found(
                        new Kinship.Apart(1),
                        new Match.ElementsLater(-37),
                        (seed, draw, i) -> hash(37 * seed + ELEMENTS * draw + i)),
                found(new Kinship.AnyBit(), new Match.SameDraw(0), (seed, draw, i) -> hash(seed & 0xFFF, draw, i)),
                found(new Kinship.Bit(7), new Match.SameDraw(0), (seed, draw, i) -> hash(seed & ~0x80, draw, i)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("generators")
    void whatTheStreamsOfSeedsShareIsFound(Kinship seeds, Match match, Generator generator) {
        for (Stratum stratum : List.of(TENTH, HALF)) {
            SeedStreams family = observe(generator, stratum, seeds(), SeedStreams.DRAWS);
            assertThat(family.logE()).isGreaterThanOrEqualTo(THRESHOLD);
            assertThat(family.findings())
                    .filteredOn(finding -> finding.logE() >= THRESHOLD)
                    .extracting(Finding::place)
                    .contains(new Place.Seeds(seeds, match));
        }
    }

    @Test
    void theFirstTwoSeedsSuffice() {
        List<Generator> generators = List.of(
                (seed, draw, i) -> hash(seed + draw, i),
                (seed, draw, i) -> hash(seed, draw, i, 1) < 0.5 ? hash(seed & ~1, draw, i) : hash(seed, draw, i));
        for (Generator generator : generators) {
            for (Stratum stratum : List.of(TENTH, HALF)) {
                for (long first = 0; first < 40; first += 2) {
                    // 1,024 elements; a copy of half of them takes 858 at rate .1, 457 at .5
                    SeedStreams family = observe(generator, stratum, List.of(first, first + 1), SeedStreams.DRAWS);
                    assertThat(family.logE()).isGreaterThanOrEqualTo(THRESHOLD);
                }
            }
        }
    }

    @Test
    void countsMatchASlowCountWhicheverSeedIsDrawnFirst() {
        Generator generator = SeedStreamsTest::hash;
        for (List<Long> seeds : List.of(List.of(6L, 7L), List.of(7L, 6L))) {
            SeedStreams family = observe(generator, HALF, seeds, 5);
            assertThat(family.elements()).isEqualTo(2 * 5 * ELEMENTS);
            assertThat(family.findings()).hasSizeGreaterThan(5 * (1 + 5 + 2));
            boolean higherKnown = seeds.get(0) == 7;
            for (Finding finding : family.findings()) {
                Match match = ((Place.Seeds) finding.place()).match();
                long elements = 0;
                long dropped = 0;
                for (int of = 0; of < 5 * ELEMENTS; of++) {
                    int other = higher(match, of);
                    if (other >= 0 && other < 5 * ELEMENTS) {
                        boolean lower = generator.number(6, 1 + of / ELEMENTS, of % ELEMENTS) < 0.5;
                        boolean higher = generator.number(7, 1 + other / ELEMENTS, other % ELEMENTS) < 0.5;
                        if ((higherKnown ? higher : lower) == (finding.given() == Finding.Given.DROPPED)) {
                            elements++;
                            dropped += (higherKnown ? lower : higher) ? 1 : 0;
                        }
                    }
                }
                assertThat(List.of(finding.elements(), finding.dropped()))
                        .as(finding.toString())
                        .isEqualTo(List.of(elements, dropped));
            }
        }
    }

    /** Which element of the higher seed's stream goes with one of the lower seed's; -1 for none. */
    private static int higher(Match match, int lower) {
        if (match instanceof Match.SameDraw same) {
            return same.number() == 0 || same.number() == 1 + lower / ELEMENTS ? lower : -1;
        } else if (match instanceof Match.DrawsLater later) {
            return lower + ELEMENTS * later.draws();
        }
        return lower + ((Match.ElementsLater) match).elements();
    }

    @Test
    void aStreamSplitAnywhereAddsUpToTheSameEvidence() {
        SeedStreams whole = observe((seed, draw, i) -> hash(seed >> 1, draw, i), TENTH, List.of(6L, 7L, 9L, 8L), 4);
        for (int split = 0; split <= 16; split++) {
            SeedStreams first = Family.seeds(new Design(List.of(TENTH, HALF), 0x1p-20, Rows.NONE));
            SeedStreams second = null;
            int observed = 0;
            for (long seed : new long[] {6, 7, 9, 8}) {
                for (int number = 1; number <= 4; number++) {
                    if (observed++ == split) {
                        second = first.continued();
                    }
                    int draw = number;
                    PackedMask mask = Masks.of(ELEMENTS, i -> hash(seed >> 1, draw, i) < TENTH.rate());
                    (second == null ? first : second).observe(seed, number, Draw.of(TENTH, Shape.of(ELEMENTS), mask));
                }
            }
            SeedStreams sum = first.plus(second == null ? first.continued() : second);
            assertThat(sum.logE()).isEqualTo(whole.logE());
            assertThat(sum.findings()).isEqualTo(whole.findings());
        }
    }

    @Test
    void oneSeedIsNotComparedWithItselfNorWithAnotherStratum() {
        SeedStreams family = Family.seeds(new Design(List.of(TENTH, HALF), 0x1p-20, Rows.NONE));
        PackedMask mask = Masks.random(new SplittableRandom(1), ELEMENTS, 0.5);
        family.observe(1, 1, Draw.of(HALF, Shape.of(ELEMENTS), mask));
        family.observe(1, 1, Draw.of(HALF, Shape.of(ELEMENTS), mask));
        family.observe(2, 1, Draw.of(TENTH, Shape.of(ELEMENTS), mask));
        assertThat(family.findings()).isEmpty();
        assertThatThrownBy(() -> family.observe(3, 0, Draw.of(HALF, Shape.of(ELEMENTS), mask)))
                .hasMessage("number (0) of a draw must be at least 1");
    }
}
