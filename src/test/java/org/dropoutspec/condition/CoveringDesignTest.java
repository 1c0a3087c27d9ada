package org.dropoutspec.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which conditions a design holds, against all that can be asked. */
class CoveringDesignTest {
    private static final int LARGEST = 1 << 21;
    private static final int LARGE = 1 << 20;
    private static final int NOISE_LIMIT = 1 << 15;
    private static final int SHAPES = 200_000;
    private static final LevelSet FIRST = LevelSet.of(Factor.AGE, Age.FIRST.ordinal());

    private static final CoveringDesign PAIRS = CoveringDesign.of(Scopes.full(), 2, LARGEST, 7);
    private static final CoveringDesign TRIPLES = CoveringDesign.of(Scopes.full(), 3, LARGEST, 7);

    private static CoveringDesign design(int strength) {
        return strength == 2 ? PAIRS : TRIPLES;
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void rowsWithTheInputsOwnMaskMeetAllThatSomeCallCanMeet(int strength) {
        BitSet possible = Possible.tuples(
                strength,
                Scopes.full(),
                SHAPES,
                shape -> shape.size() < LARGE,
                mask -> mask == MaskShape.OWN,
                Age.LATER);

        assertAllMet(strength, possible, design(strength).own());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void rowsWithANoiseShapeMeetAllWithItThatSomeCallCanMeet(int strength) {
        BitSet possible = Possible.tuples(
                strength,
                Scopes.full(),
                SHAPES,
                shape -> shape.size() < NOISE_LIMIT,
                mask -> mask != MaskShape.OWN,
                Age.LATER);
        LevelSet noise = LevelSet.allOf(Factor.MASK_SHAPE).without(LevelSet.of(Factor.MASK_SHAPE, 0));

        assertAllMet(
                strength,
                Possible.with(strength, possible, noise),
                design(strength).noise());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void rowsForTheStartOfAProcessMeetAllWithThatAge(int strength) {
        BitSet possible = Possible.tuples(
                strength,
                Scopes.full(),
                SHAPES,
                shape -> shape.size() < LARGE,
                mask -> mask == MaskShape.OWN,
                Age.FIRST);

        assertAllMet(
                strength,
                Possible.with(strength, possible, FIRST),
                design(strength).first());
    }

    @Test
    void triplesMeetEveryPairWithLargeTensors() {
        BitSet possible = Possible.tuples(
                2, Scopes.full(), SHAPES, shape -> shape.size() >= LARGE, mask -> mask == MaskShape.OWN, Age.LATER);

        assertAllMet(2, Possible.with(2, possible, LevelSet.of(Factor.SIZE, 6)), TRIPLES.large());
    }

    @Test
    void pairsAskEachTypeAndLayoutOfLargeTensorsOnce() {
        assertThat(PAIRS.large()).hasSize(5).allMatch(row -> row.shape().size() >= LARGE);
        assertThat(PAIRS.large().stream().map(Condition::dtype).distinct()).hasSize(4);
        assertThat(PAIRS.large()).extracting(Condition::layout).doesNotHaveDuplicates();
        assertThat(PAIRS.large()).allMatch(row -> row.rateKind().carriesEvidence());
    }

    private static void assertAllMet(int strength, BitSet possible, List<Condition> rows) {
        BitSet missing = (BitSet) possible.clone();
        missing.andNot(Possible.met(strength, rows));
        assertThat(possible.cardinality()).isGreaterThan(50);
        assertThat(missing.stream()
                        .mapToObj(tuple -> Possible.levels(strength, tuple).levels()))
                .as("levels that no row meets together")
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void everyLevelIsReached(int strength) {
        assertThat(Coverage.of(design(strength).all()).levels()).hasSize(78);
    }

    /** The largest product of two factors is the least that will do: 120; a greedy array is near. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void arraysOfPairsAreNotMuchLongerThanTheyMustBe(long seed) {
        CoveringDesign pairs = CoveringDesign.of(Scopes.full(), 2, LARGEST, seed);

        assertThat(pairs.own()).hasSizeBetween(120, 127);
        assertThat(pairs.noise()).hasSizeBetween(60, 65);
        assertThat(pairs.first()).hasSizeBetween(13, 15);
    }

    /** Here it is 12 rates by 10 predecessors by 6 sizes or by 5 mask shapes, and 12 by 9 at the start of a process. */
    @Test
    void arraysOfTriplesAreNotMuchLongerThanTheyMustBe() {
        assertThat(TRIPLES.own()).hasSizeBetween(720, 1080);
        assertThat(TRIPLES.noise()).hasSizeBetween(600, 625);
        assertThat(TRIPLES.first()).hasSizeBetween(109, 126);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void noTwoLevelsStandTogetherThatMustNot(int strength) {
        Scope scope =
                Scopes.with(Capability.BACKWARD, Capability.SEED, Capability.NOISE_SHAPE, Capability.PERMUTED_INPUT);

        assertThat(CoveringDesign.of(scope, strength, LARGEST, 5).all()).allSatisfy(row -> {
            assertThat(row.values() == ValueKind.WITH_ZEROS && !row.gradient())
                    .as("a zero without gradient or reported mask")
                    .isFalse();
            assertThat(row.age() == Age.FIRST && (row.seed() != SeedKind.STREAM || row.before() == Before.SEEDED))
                    .as("a seed at the start of a process that is never seeded")
                    .isFalse();
            assertThat(row.layout().fits(row.shape())).isTrue();
            assertThat(row.maskShape().fits(row.shape())).isTrue();
        });
    }

    @Test
    void theSameSeedGivesTheSameRowsAndAnotherOneOthers() {
        assertThat(CoveringDesign.of(Scopes.full(), 2, LARGEST, 7)).isEqualTo(PAIRS);
        assertThat(CoveringDesign.of(Scopes.full(), 2, LARGEST, 8).own()).isNotEqualTo(PAIRS.own());
    }

    @Test
    void noRowIsLargerThanAsked() {
        CoveringDesign design = CoveringDesign.of(Scopes.full(), 2, 100_000, 7);

        assertThat(Coverage.of(design.all()).largest()).isBetween(1 << 16, 100_000);
        assertThat(design.large()).isEmpty();
        assertThat(Coverage.of(TRIPLES.all()).largest()).isBetween(LARGE, LARGEST);
        assertThat(TRIPLES.noise()).allMatch(row -> row.shape().size() < NOISE_LIMIT);
    }

    @Test
    void sizesOfAClassAreManyAndSomeArePowersOfTwo() {
        Set<Integer> sizes = TRIPLES.own().stream()
                .map(row -> row.shape().size())
                .filter(size -> size >= 1 << 10 && size < NOISE_LIMIT)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(sizes).hasSizeGreaterThan(80).contains(1024, 2048, 4096, 8192, 16384);
        assertThat(sizes).anyMatch(size -> size < 1_300).anyMatch(size -> size > 25_000);
    }

    @Test
    void everyRateIsHeldByFloat32AndTheTypeAndIsOfItsKind() {
        assertThat(TRIPLES.all()).allSatisfy(row -> {
            DType dtype = row.dtype();
            assertThat(dtype.value(dtype.round(row.rate()))).isEqualTo(row.rate());
            assertThat((double) (float) row.rate()).isEqualTo(row.rate());
            assertThat(row.rate() == 0 || row.rate() == 1).isEqualTo(row.rateKind() == RateKind.EXACT);
            assertThat(row.rate() > 0 && row.rate() < 0x1p-6).isEqualTo(row.rateKind() == RateKind.NEAR_ZERO);
            assertThat(row.rate() < 1 && row.rate() > 1 - 0x1p-6).isEqualTo(row.rateKind() == RateKind.NEAR_ONE);
        });
    }

    @Test
    void aTypeIsAskedTheSameRandomRateInAllRows() {
        assertThat(TRIPLES.own().stream()
                        .filter(row -> row.rateKind() == RateKind.OF_THE_RUN && row.dtype() == DType.FLOAT64)
                        .map(Condition::rate)
                        .distinct())
                .hasSize(1);
    }

    @Test
    void anImplementationThatRejectsRateOneIsNotAskedIt() {
        Scope scope = Scopes.full();
        Scope without = new Scope(scope.dtypes(), scope.capabilities(), true, false, 53, Integer.MAX_VALUE);

        assertThat(CoveringDesign.of(without, 2, LARGEST, 1).all()).noneMatch(row -> row.rate() == 1);
        assertThat(TRIPLES.all()).anyMatch(row -> row.rate() == 1);
    }

    @ParameterizedTest
    @EnumSource(names = {"BACKWARD", "SEED", "NOISE_SHAPE", "PERMUTED_INPUT", "MASK_INPUT", "PHILOX4X32_10"})
    void aMissingCapabilityTakesAwayItsLevelsAndNothingElse(Capability missing) {
        List<Capability> others = new ArrayList<>(Arrays.asList(Capability.values()));
        others.remove(missing);

        List<Level> levels = Coverage.of(
                        CoveringDesign.of(Scopes.with(others.toArray(Capability[]::new)), 2, LARGEST, 3)
                                .all())
                .levels();

        List<Level> away = Arrays.stream(Factor.values())
                .flatMap(factor -> factor.levels().stream())
                .filter(level -> !levels.contains(level))
                .toList();
        assertThat(away)
                .extracting(Level::words)
                .containsExactlyInAnyOrder(
                        switch (missing) {
                            case BACKWARD -> new String[] {"with a gradient", "right after a call with a gradient"};
                            case SEED ->
                                new String[] {
                                    "with a seed below 65,536", "with a large seed", "right after a call with a seed"
                                };
                            case NOISE_SHAPE ->
                                new String[] {
                                    "a mask with 1 on the last axis",
                                    "a mask with 1 on the first axis",
                                    "a mask with 1 on the middle axes",
                                    "a mask along one axis",
                                    "a mask of one element"
                                };
                            case PERMUTED_INPUT ->
                                new String[] {
                                    "the last two axes swapped",
                                    "the axes reversed",
                                    "channels last in memory",
                                    "the two axes before the last swapped"
                                };
                            case MASK_INPUT -> new String[] {"right after a call with a given mask"};
                            default -> new String[0];
                        });
    }

    @Test
    void withoutEvaluationNoneComesBefore() {
        assertThat(CoveringDesign.of(Scopes.withoutEvaluation(), 2, LARGEST, 3).all())
                .noneMatch(row -> row.before() == Before.EVALUATION);
    }

    @Test
    void oneTypeWithoutCapabilitiesIsAskedEveryPairThatIsLeft() {
        CoveringDesign design = CoveringDesign.of(Scopes.bare(), 2, LARGEST, 3);
        BitSet possible =
                Possible.tuples(2, Scopes.bare(), SHAPES, shape -> shape.size() < LARGE, mask -> true, Age.LATER);

        assertAllMet(2, possible, design.own());
        assertThat(design.noise()).isEmpty();
        assertThat(design.all()).allMatch(row -> row.dtype() == DType.FLOAT32 && !row.gradient());
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 20, 40})
    void fewSignaturesAreNeverExceeded(int most) {
        for (int strength = 2; strength <= 3; strength++) {
            CoveringDesign design = CoveringDesign.of(Scopes.full().withSignatures(most), strength, LARGEST, most);
            Set<Signature> signatures = new HashSet<>();
            for (Condition row : design.all()) {
                signatures.add(row.signature());
                signatures.add(design.predecessor(row).signature());
            }

            assertThat(signatures).hasSizeLessThanOrEqualTo(most);
            assertThat(design.signatures()).hasSizeLessThanOrEqualTo(most).containsAll(signatures);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void fortySignaturesShowEveryLevelAndMostPairs(long seed) {
        CoveringDesign design = CoveringDesign.of(Scopes.full().withSignatures(40), 2, LARGEST, seed);
        Coverage own = Coverage.of(design.own());

        assertThat(Coverage.of(design.all()).levels()).hasSize(78);
        assertThat(own.pairs())
                .isGreaterThan((int) (0.93 * Coverage.of(PAIRS.own()).pairs()));
    }

    @Test
    void whatComesBeforeARowIsWhatItsLevelSays() {
        assertThat(TRIPLES.all()).allSatisfy(row -> {
            Predecessor before = TRIPLES.predecessor(row);
            Signature signature = before.signature();
            assertThat(Predecessor.fits(row.before(), row.signature(), signature))
                    .isTrue();
            boolean sameRate = Set.of(Before.SAME_SHAPE, Before.REJECTED, Before.OTHER_TYPE)
                    .contains(row.before());
            assertThat(before.rate() == row.rate() || sameRate).isTrue();
            assertThat(before.rate() == row.rate() && row.before() == Before.SAME_SHAPE)
                    .isFalse();
            assertThat(before.rate() > 1).isEqualTo(row.before() == Before.REJECTED);
            assertThat(signature.shape().size()).isLessThanOrEqualTo(LARGEST);
        });
    }

    @Test
    void aRowKnowsTheBufferThatItsInputIsTheTransposeOf() {
        assertThat(TRIPLES.own()).allSatisfy(row -> {
            Shape seen =
                    row.permutation().map(axes -> row.buffer().permuted(axes)).orElse(row.buffer());
            assertThat(seen).isEqualTo(row.shape());
        });
    }

    @Test
    void noiseShapesBroadcastToTheInputAndShareWhatTheirLevelSays() {
        assertThat(TRIPLES.noise()).allSatisfy(row -> {
            assertThat(row.noiseShape().orElseThrow().broadcastsTo(row.shape())).isTrue();
            Shape noise =
                    withLeading(row.noiseShape().orElseThrow(), row.shape().rank());
            int last = noise.rank() - 1;
            assertThat(noise.size()).isLessThan(row.shape().size()).isEqualTo(row.maskSize());
            assertThat(
                            switch (row.maskShape()) {
                                case OWN -> false;
                                case LAST_SHARED -> {
                                    int shared = last + 1;
                                    while (shared > 0 && noise.extent(shared - 1) == 1) {
                                        shared--;
                                    }
                                    yield shared <= last && isOwn(noise, row.shape(), 0, shared);
                                }
                                case FIRST_SHARED -> {
                                    int shared = 0;
                                    while (shared <= last && noise.extent(shared) == 1) {
                                        shared++;
                                    }
                                    yield shared > 0 && isOwn(noise, row.shape(), shared, last + 1);
                                }
                                case MIDDLE_SHARED ->
                                    noise.size()
                                            == row.shape().extent(0)
                                                    * row.shape().extent(last);
                                case ALONG_ONE_AXIS -> MaskShape.longAxes(noise) == 1;
                                case SINGLE -> noise.size() == 1;
                            })
                    .isTrue();
        });
    }

    /** With the leading axes that were left out. */
    private static Shape withLeading(Shape noise, int rank) {
        int missing = rank - noise.rank();
        return Shape.of(IntStream.range(0, rank)
                .map(axis -> axis < missing ? 1 : noise.extent(axis - missing))
                .toArray());
    }

    private static boolean isOwn(Shape noise, Shape shape, int from, int to) {
        return IntStream.range(from, to).allMatch(axis -> noise.extent(axis) == shape.extent(axis));
    }

    /** Whatever showed itself in such a row alone would not have been seen. */
    @Test
    void aBlackBoxIsAskedNothingThatHidesItsMask() {
        assertThat(CoveringDesign.of(Scopes.bare(), 2, LARGEST, 1).all())
                .noneMatch(row -> row.values() == ValueKind.WITH_ZEROS);
    }

    @Test
    void largeArraysHaveMasksThatAreSharedAlongSeveralAxesAtOneEnd() {
        assertThat(TRIPLES.noise())
                .filteredOn(row -> row.maskShape() == MaskShape.LAST_SHARED)
                .anyMatch(row -> MaskShape.longAxes(row.shape())
                        > MaskShape.longAxes(row.noiseShape().orElseThrow()) + 1);
        assertThat(TRIPLES.noise())
                .filteredOn(row -> row.maskShape() == MaskShape.FIRST_SHARED)
                .anyMatch(row -> MaskShape.longAxes(row.shape())
                        > MaskShape.longAxes(row.noiseShape().orElseThrow()) + 1);
    }

    @Test
    void badArgumentsAreNamed() {
        assertThatThrownBy(() -> CoveringDesign.of(Scopes.full(), 4, LARGEST, 1))
                .hasMessage("strength (4) must be 2 or 3");
        assertThatThrownBy(() -> CoveringDesign.of(Scopes.full(), 2, 1000, 1))
                .hasMessage("largest (1000) must be at least 4096");
        assertThatThrownBy(() -> Scopes.full().withSignatures(3)).hasMessage("signatures (3) must be at least 12");
        assertThatThrownBy(() -> Scopes.withSeedBits(54)).hasMessage("seed_bits (54) must be in [16, 53]");
    }
}
