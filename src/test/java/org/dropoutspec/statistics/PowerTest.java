package org.dropoutspec.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Broken masks are found by the family that is for them, in at most the elements that are written beside each. */
class PowerTest {
    /** What takes longer to draw is left to {@link PowerTable}. */
    private static final double MOST = 1e6;

    /** What takes longer than the design's median by more than a single run may; its chunks may be of another size. */
    private static final Map<String, Integer> LATER = Map.of(
            "stream shifted by 1 a call at 0.1", 20_000,
            "stream shifted by 1 a call at 0.9", 30_000,
            "chunk seed = call + chunk at 0.5", 15_000);

    static Stream<Arguments> defects() {
        return Defect.all().stream()
                .flatMap(defect -> IntStream.range(0, Defect.RATES.length)
                        .filter(rate -> defect.design().get(rate) < MOST)
                        .mapToObj(rate -> Arguments.of(
                                defect, Defect.RATES[rate], defect.design().get(rate))));
    }

    @ParameterizedTest(name = "{0} at {1}")
    @MethodSource("defects")
    void findsEachDefectAboutAsSoonAsTheDesignDoesByTheFamilyThatIsForIt(Defect defect, double rate, double median) {
        // half as much again for a single run, and a quarter for the step between two looks
        int limit = LATER.getOrDefault(defect + " at " + rate, (int) (1.875 * median));
        assertFound(defect, rate, limit, defect.family());
    }

    @ParameterizedTest
    @CsvSource({
        "stream shifted by 1 a call, 0.1, 20000, duplicate",
        "never drops everything, 0.5, 1000000, dispersion",
        "RANDU, 0.05, 2000000, context"
    })
    void findsWhatShowsAtOtherRatesOrByOtherFamiliesToo(String name, double rate, int limit, String family) {
        Defect defect = Defect.all().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        assertFound(defect, rate, limit, family);
    }

    @Test
    void findsAStreamThatRepeatsHalfOfTheCallBefore() {
        Defect shifted = new Defect("shifted by half a call", "duplicate", List.of(), () -> Defect.shifted(77));
        assertFound(shifted, 0.1, 20_000, "duplicate");
    }

    private static void assertFound(Defect defect, double rate, int limit, String family) {
        PowerTable.Found found = PowerTable.find(defect, rate, 3, limit, List.of(family));
        assertThat(found.family()).as(defect + " within " + limit).contains(family);
    }

    @Test
    void namesTheStuckIndexWithItsCounts() {
        SplittableRandom random = new SplittableRandom(4);
        Family position = Family.position(Design.of(0, 0.5));
        for (int call = 0; call < 4096; call++) {
            PackedMask mask = Masks.random(random, 4, 0.5);
            position.observe(Masks.flat(0.5, Masks.of(4, i -> i > 0 && mask.dropped(i))));
        }
        Finding strongest = position.strongest().orElseThrow();
        assertThat(List.of(strongest.elements(), strongest.dropped())).isEqualTo(List.of(4096L, 0L));
        assertThat(strongest.place()).isIn(new Place.Index(0), new Place.Residue(64, 0), new Place.FromEnd(3));
        assertThat(strongest.toString()).contains(": 0 of 4096 where 0.5 was expected (float32 at rate 0.5, ln E ");
    }

    @Test
    void aBiasIsFoundAsSoonAsTheDesignSays() {
        // 60 runs a row: a ratio of 1.0 with a standard error below .05 stays below 1.2 at four standard errors
        for (SampleTable.Row row : SampleTable.rows(2, 60)) {
            assertThat(row.ratio()).as(row.toString()).isLessThanOrEqualTo(1.2);
        }
    }

    @Test
    void aWrongRateAloneIsNoEvidenceForDependence() {
        SplittableRandom random = new SplittableRandom(6);
        MaskAnalysis analysis = MaskAnalysis.of(Design.of(0x1p-20, 0.9));
        for (int call = 0; call < 100; call++) {
            analysis.observe(Masks.flat(0.9, Masks.random(random, 2000, 0.88)));
        }
        for (Family family : analysis.families()) {
            if (family.name().equals("rate")) {
                assertThat(family.logE()).isGreaterThan(PowerTable.THRESHOLD);
            } else {
                // each fails with probability at most 1e-6, whatever the rate
                assertThat(family.logE()).as(family.name()).isLessThan(Math.log(1e6));
            }
        }
    }

    @Test
    void certifiesARightRateWithAFewMoreElementsThanTheBoundNeeds() {
        // 107 u elements, u = p(1-p)/eps^2, suffice in all but 1 run of 1,000
        int n = (int) (110 * 0.25 / 1e-4);
        PackedMask mask = Masks.random(new SplittableRandom(8), n, 0.5);
        RateCount count = new RateCount(n, mask.count());
        assertThat(count.evidence(0.5, 0, PowerTable.THRESHOLD, 1e-2, 1e-9)).isInstanceOf(Evidence.Certified.class);
        assertThat(new RateCount(n / 10, mask.count(0, n / 10)).evidence(0.5, 0, PowerTable.THRESHOLD, 1e-2, 1e-9))
                .isInstanceOf(Evidence.Undecided.class);
        assertThat(new RateCount(n, n * 52L / 100).evidence(0.5, 0, PowerTable.THRESHOLD, 1e-2, 1e-9))
                .isInstanceOf(Evidence.Rejected.class);
    }

    @Test
    void certifiesIndependenceOfNeighbours() {
        RateCount half = new RateCount(1_000_000, 500_000);
        PairCount independent = new PairCount(half, half);
        Evidence evidence = independent.evidence(0.5, 0x1p-20, PowerTable.THRESHOLD, 2e-2, 1e-9);
        assertThat(evidence).isInstanceOf(Evidence.Certified.class);
        assertThat(evidence.figures().bound()).isBetween(1e-3, 2e-2);
        assertThat(evidence.figures().detectable()).isBetween(1e-3, 2e-2);
    }

    @Test
    void coupledSeedsMustDifferWhereTheRatesDo() {
        // (1 - delta)^-n, with the bet on a rate of at most a thousandth of delta, which holds half a share
        assertThat(new RateCount(100_000, 0).logEAtLeast(0x1p-8)).isGreaterThan(PowerTable.THRESHOLD);
        assertThat(new RateCount(100_000, 391).logEAtLeast(0x1p-8)).isLessThan(0);
    }
}
