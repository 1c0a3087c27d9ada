package org.dropoutspec.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Dependence without a list of where to look is found in about the elements that it takes, and named. */
class SequencePowerTest {
    /** ln E of a check that has a share among some sixty. */
    private static final double THRESHOLD = 25;

    private static Design design(double... rates) {
        return Design.of(0x1p-20, rates);
    }

    private static Family lags(Design design, int... reaches) {
        return Family.lags(
                design,
                Arrays.stream(reaches)
                        .mapToObj(lags -> Horizon.of(lags, design.strata()))
                        .toList());
    }

    /** Each element has this correlation with the one so many before. */
    private static PackedMask lagged(SplittableRandom random, int size, double rate, double correlation, int lag) {
        boolean[] dropped = new boolean[size];
        for (int i = 0; i < size; i++) {
            double shift = i < lag ? 0 : dropped[i - lag] ? correlation * (1 - rate) : -correlation * rate;
            dropped[i] = random.nextDouble() < rate + shift;
        }
        return PackedMask.of(dropped);
    }

    private static void assertFound(Family family, Place place) {
        assertThat(family.logE()).isGreaterThan(THRESHOLD);
        assertThat(family.strongest().orElseThrow().place()).isEqualTo(place);
    }

    /** 2,300 pairs for an even chance, 4,000 to be nearly sure; the first thousand elements have none. */
    @ParameterizedTest
    @CsvSource({"0.1, 6000", "0.5, 5000", "0.9, 6000"})
    void aCorrelationAtAnyLag(double rate, int size) {
        Design design = design(rate);
        Family lags = lags(design, 1024);
        lags.observe(Masks.flat(rate, lagged(new SplittableRandom(1), size, rate, 0.21, 1000)));
        assertFound(lags, new Place.Lag(1000));
    }

    /** Calls of many sizes, so that no single distance shows it. */
    @ParameterizedTest
    @CsvSource({"2", "4", "8"})
    void threadsThatDrawAlikeInPart(int parts) {
        SplittableRandom random = new SplittableRandom(6);
        Family lags = lags(design(0.3), 1024);
        for (int call = 0; call < 24; call++) {
            int size = 11_000 + 1000 * call;
            lags.observe(Masks.flat(0.3, lagged(random, size, 0.3, 0.06, size / parts)));
        }
        assertFound(lags, new Place.PartBefore(parts));
    }

    @ParameterizedTest
    @CsvSource({"4, 3000", "5, 3000", "901, 4", "4096, 1"})
    void aMaskThatIsMirroredInItsMiddle(int size, int calls) {
        SplittableRandom random = new SplittableRandom(7);
        Family lags = lags(design(0.3), 1024);
        for (int call = 0; call < calls; call++) {
            PackedMask half = Masks.random(random, size, 0.3);
            lags.observe(Masks.flat(0.3, Masks.of(size, i -> half.dropped(Math.min(i, size - 1 - i)))));
        }
        assertFound(lags, new Place.Mirrored());
    }

    @Test
    void aWeakCorrelationInAMillionElements() {
        // 130/n is found with probability .999; an eighth of the pairs lies across the ends of calls
        SplittableRandom random = new SplittableRandom(2);
        Family lags = lags(design(0.5), 1024);
        for (int call = 0; call < 8; call++) {
            lags.observe(Masks.flat(0.5, lagged(random, 125_000, 0.5, 0.0115, 777)));
        }
        assertFound(lags, new Place.Lag(777));
    }

    @Test
    void whatShowsLittleInEachStratumShowsInAllTogether() {
        double[] rates = {0.05, 0.1, 0.2, 0.25, 0.5, 0.7, 0.75, 0.9};
        SplittableRandom random = new SplittableRandom(3);
        Family lags = lags(design(rates), 1024);
        for (double rate : rates) {
            PackedMask mask = lagged(random, 100_000, rate, 0.0125, 600);
            lags.observe(Masks.flat(rate, mask));
            Family alone = lags(design(rate), 1024);
            alone.observe(Masks.flat(rate, mask));
            assertThat(alone.logE()).as("at rate " + rate).isLessThan(THRESHOLD / 2);
        }
        assertFound(lags, new Place.Lag(600));
    }

    @Test
    void aCorrelationTensOfThousandsOfElementsApart() {
        Family lags = lags(design(0.5), 1024, 1 << 16);
        lags.observe(Masks.flat(0.5, lagged(new SplittableRandom(4), 262_144, 0.5, 0.03, 30_011)));
        assertFound(lags, new Place.Lag(30_011));
    }

    @Test
    void aPowerOfTwoBeyondTheHorizon() {
        Family lags = lags(design(0.5), 1024);
        lags.observe(Masks.flat(0.5, lagged(new SplittableRandom(5), 262_144, 0.5, 0.03, 1 << 15)));
        assertFound(lags, new Place.Lag(1 << 15));
    }

    @Test
    void aStreamThatGoesBackAHundredElementsAtEachCall() {
        PackedMask stream = Masks.random(new SplittableRandom(6), 20_000, 0.1);
        Design design = design(0.1);
        Family joins = Family.joins(design, Horizon.of(1024, design.strata()));
        Family lags = lags(design, 1024);
        for (int call = 0; call < 20; call++) {
            int from = 600 * call;
            Draw draw = Masks.flat(0.1, Masks.of(700, i -> stream.dropped(from + i)));
            joins.observe(draw);
            lags.observe(draw);
        }
        // in the calls end to end, the first element repeats the one a hundred before
        assertFound(joins, new Place.Joined(100));
        assertThat(lags.logE()).as("inside the calls there is nothing").isLessThan(THRESHOLD / 2);
    }

    /** The C library's is a sum, which leaves nothing at .5; R250 an exclusive or. */
    static Stream<Arguments> generators() {
        IntFunction<DoubleSupplier> rand = Generators::rand;
        IntFunction<DoubleSupplier> r250 = Generators::r250;
        return Stream.of(
                Arguments.of("rand", rand, 0.1, 10_240, new Place.LagPair(3, 31)),
                Arguments.of("rand", rand, 0.9, 10_240, new Place.LagPair(3, 31)),
                Arguments.of("R250", r250, 0.1, 4096, new Place.LagPair(103, 250)),
                Arguments.of("R250", r250, 0.5, 1536, new Place.LagPair(103, 250)));
    }

    @ParameterizedTest(name = "{0} at {2}")
    @MethodSource("generators")
    void aGeneratorWhoseNumbersAreMadeOfTwoEarlierOnes(
            String name, IntFunction<DoubleSupplier> generator, double rate, int size, Place place) {
        Design design = design(rate);
        for (int seed = 1; seed <= 3; seed++) {
            Family triples = Family.triples(design, Horizon.of(1024, size, design.strata()));
            triples.observe(Masks.flat(rate, Generators.mask(generator.apply(seed), size, rate)));
            assertFound(triples, place);
        }
    }

    @Test
    void aSumShowsNothingAtAHalf() {
        Design design = design(0.5);
        Family triples = Family.triples(design, Horizon.of(1024, 16_384, design.strata()));
        triples.observe(Masks.flat(0.5, Generators.mask(Generators.rand(1), 16_384, 0.5)));
        assertThat(triples.logE()).isLessThan(THRESHOLD / 2);
    }

    @Test
    void aGeneratorShowsInSeveralTypesTogether() {
        List<Stratum> strata = Stream.of(DType.FLOAT16, DType.FLOAT32, DType.FLOAT64)
                .map(dtype -> new Stratum(dtype, 0.1))
                .toList();
        Design design = new Design(strata, 0x1p-20, Rows.NONE);
        Family triples = Family.triples(design, Horizon.of(1024, 4096, strata));
        DoubleSupplier rand = Generators.rand(1);
        for (Stratum stratum : strata) {
            PackedMask mask = Generators.mask(rand, 4096, 0.1);
            triples.observe(Draw.of(stratum, Shape.of(4096), mask));
            Family alone = Family.triples(
                    design(0.1), Horizon.of(1024, 4096, design(0.1).strata()));
            alone.observe(Masks.flat(0.1, mask));
            assertThat(alone.logE()).isLessThan(THRESHOLD);
        }
        assertFound(triples, new Place.LagPair(3, 31));
    }

    static Stream<Arguments> columns() {
        return Stream.of(
                Arguments.of("index modulo 37", Shape.of(30_000), new Place.Residue(37, 5)),
                Arguments.of("index modulo 1024", Shape.of(131_075), new Place.Residue(1024, 1000)),
                Arguments.of("a column", Shape.of(300, 101), new Place.Column(3)),
                Arguments.of("the last column", Shape.of(300, 101), new Place.Column(-1)),
                Arguments.of("a slab", Shape.of(40, 5, 40), new Place.Slab(7)),
                Arguments.of("the last slab", Shape.of(100, 200), new Place.Slab(-1)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("columns")
    void aColumnThatIsAlwaysKept(String name, Shape shape, Place place) {
        SplittableRandom random = new SplittableRandom(8);
        Family columns = Family.columns(design(0.5), 1 << 15);
        columns.observe(Draw.of(
                0.5, shape, Masks.of(shape.size(), i -> random.nextBoolean() && !holds(place, shape, i))));
        assertThat(columns.logE()).isGreaterThan(THRESHOLD);
        Finding strongest = columns.strongest().orElseThrow();
        assertThat(strongest.place()).isEqualTo(place);
        assertThat(strongest.dropped()).isZero();
    }

    private static boolean holds(Place place, Shape shape, int index) {
        if (place instanceof Place.Residue residue) {
            return index % residue.modulus() == residue.remainder();
        } else if (place instanceof Place.Column column) {
            int width = shape.extent(shape.rank() - 1);
            return index % width == Math.floorMod(column.index(), width);
        }
        int slab = shape.size() / shape.extent(0);
        return index / slab == Math.floorMod(((Place.Slab) place).index(), shape.extent(0));
    }
}
