package org.dropoutspec.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.dropoutspec.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Broken masks are found by the family that is for them, in at most the elements that are written beside each. */
class PowerTest {
    /** 60 checks at 1e-9 in all, as in the design's matrix of defects. */
    private static final double THRESHOLD = Math.log(60 / 1e-9);

    /** A generator of masks; it keeps whatever state it likes. */
    interface Defect {
        PackedMask draw(SplittableRandom random, int size, int width, double rate);
    }

    private static int elementsToFind(Defect defect, double rate, String family, int limit) {
        SplittableRandom random = new SplittableRandom(3);
        Design design = Design.of(0x1p-20, rate);
        MaskAnalysis analysis = MaskAnalysis.of(design);
        Family judge = analysis.family(family);
        int elements = 0;
        int next = 1000;
        for (int call = 1; elements < limit; call++) {
            Shape shape = call % 256 == 0
                    ? Shape.of(131_075)
                    : call % 4 == 0 ? Shape.of(7, 259) : Shape.of(1 + random.nextInt(16));
            int width = shape.extent(shape.rank() - 1);
            judge.observe(Draw.of(rate, shape, defect.draw(random, shape.size(), width, rate)));
            elements += shape.size();
            if (elements >= next) {
                if (judge.logE() >= THRESHOLD) {
                    return elements;
                }
                next = elements + elements / 4;
            }
        }
        return Integer.MAX_VALUE;
    }

    static Stream<Arguments> defects() {
        // the medians of the design's matrix with half as much again, and a step of a quarter between two looks
        return Stream.of(
                defect("bias of .01", 0.5, "rate", 470_000, (random, n, w, p) -> Masks.random(random, n, p + 0.01)),
                defect("p and 1-p swapped", 0.1, "rate", 3_500, (random, n, w, p) -> Masks.random(random, n, 1 - p)),
                defect(
                        "p floored to 1/256",
                        0.1,
                        "rate",
                        1_900_000,
                        (random, n, w, p) -> Masks.random(random, n, Math.floor(p * 256) / 256)),
                defect("lag 1 at rho .05", 0.1, "lag", 57_000, (random, n, w, p) -> markov(random, n, p, 0.05, 1)),
                defect("lag 7 at rho .05", 0.5, "lag", 57_000, (random, n, w, p) -> markov(random, n, p, 0.05, 7)),
                defect("row at rho .05", 0.9, "lag", 57_000, (random, n, w, p) -> markov(random, n, p, 0.05, w)),
                defect("same mask a row", 0.5, "lag", 3_800, (random, n, w, p) -> {
                    PackedMask row = Masks.random(random, w, p);
                    return Masks.of(n, i -> row.dropped(i % w));
                }),
                defect("first element kept", 0.9, "position", 18_000, (random, n, w, p) -> {
                    PackedMask mask = Masks.random(random, n, p);
                    return Masks.of(n, i -> i > 0 && mask.dropped(i));
                }),
                defect("index 1000 stuck", 0.5, "position", 210_000, (random, n, w, p) -> {
                    PackedMask mask = Masks.random(random, n, p);
                    return Masks.of(n, i -> i != 1000 && mask.dropped(i));
                }),
                defect("last element kept", 0.1, "position", 510_000, (random, n, w, p) -> {
                    PackedMask mask = Masks.random(random, n, p);
                    return Masks.of(n, i -> i < n - 1 && mask.dropped(i));
                }),
                defect("fixed number a call", 0.5, "dispersion", 57_000, PowerTest::fixedNumber),
                defect(
                        "rate jitter of sd .02",
                        0.5,
                        "dispersion",
                        940_000,
                        (random, n, w, p) -> Masks.random(random, n, p + 0.02 * random.nextGaussian())),
                defect("antithetic rows", 0.5, "lag", 3_800, (random, n, w, p) -> {
                    PackedMask mask = Masks.random(random, n, p);
                    return Masks.of(n, i -> mask.dropped(i % (2 * w) < w ? i : i - w) == i % (2 * w) < w);
                }),
                defect("same mask every call", 0.5, "across calls", 7_000, fresh(0)),
                defect("mask reused for 2 calls", 0.5, "across calls", 38_000, fresh(1)),
                defect("stream shifted by 1 a call", 0.5, "across calls", 7_000, shifted(1)),
                defect("stream shifted by 1 a call", 0.1, "duplicate", 20_000, shifted(1)),
                defect("stream shifted by half a call", 0.1, "duplicate", 20_000, shifted(77)),
                defect(
                        "ring of 16 masks",
                        0.5,
                        "duplicate",
                        18_000,
                        (random, n, w, p) -> Masks.random(new SplittableRandom(random.nextInt(16) + 100), n, p)),
                defect("period of 12345", 0.5, "duplicate", 500_000, (random, n, w, p) -> {
                    PackedMask period = Masks.random(random, 12_345, p);
                    return Masks.of(n, i -> period.dropped(i % 12_345));
                }),
                defect("every third uniform u1 + u2 mod 1", 0.1, "context", 115_000, (random, n, w, p) -> {
                    double[] u = random.doubles(n).toArray();
                    return Masks.of(n, i -> (i % 3 == 2 ? (u[i - 2] + u[i - 1]) % 1 : u[i]) < p);
                }),
                defect("RANDU", 0.05, "context", 2_000_000, randu()));
    }

    private static Arguments defect(String name, double rate, String family, int limit, Defect defect) {
        return Arguments.of(name, rate, family, limit, defect);
    }

    private static PackedMask markov(SplittableRandom random, int n, double p, double rho, int lag) {
        boolean[] dropped = new boolean[n];
        for (int i = 0; i < n; i++) {
            double q = i < lag ? p : dropped[i - lag] ? p + rho * (1 - p) : p - rho * p;
            dropped[i] = random.nextDouble() < q;
        }
        return PackedMask.of(dropped);
    }

    private static PackedMask fixedNumber(SplittableRandom random, int n, int width, double p) {
        boolean[] dropped = new boolean[n];
        // the right number on average, so that the rate is no evidence
        int left = (int) Math.floor(n * p + random.nextDouble());
        for (int i = 0; i < n; i++) {
            dropped[i] = random.nextInt(n - i) < left;
            left -= dropped[i] ? 1 : 0;
        }
        return PackedMask.of(dropped);
    }

    /** Reseeds to the same state for {@code more} calls after each fresh one; 0 stands for always. */
    private static Defect fresh(int more) {
        int[] call = {0};
        return (random, n, w, p) -> {
            int seed = more == 0 ? 1 : call[0]++ / (more + 1);
            return Masks.random(new SplittableRandom(seed * 0x9E37L + 5), n, p);
        };
    }

    private static Defect shifted(int advance) {
        PackedMask[] stream = new PackedMask[1];
        int[] call = {0};
        return (random, n, w, p) -> {
            if (stream[0] == null) {
                stream[0] = Masks.random(random, 1 << 20, p);
            }
            int from = call[0]++ * advance;
            return Masks.of(n, i -> stream[0].dropped(from + i));
        };
    }

    private static Defect randu() {
        int[] state = {1};
        return (random, n, w, p) -> Masks.of(n, i -> {
            state[0] = 65_539 * state[0] & Integer.MAX_VALUE;
            return state[0] * 0x1p-31 < p;
        });
    }

    @ParameterizedTest(name = "{0} at {1} by {2}")
    @MethodSource("defects")
    void findsBrokenMasks(String name, double rate, String family, int limit, Defect defect) {
        assertThat(elementsToFind(defect, rate, family, limit)).as(name).isLessThan(Integer.MAX_VALUE);
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
        assertThat(strongest.label()).isIn("index 0", "index mod 64 = 0", "element 3 before the last");
        assertThat(strongest.toString()).contains(": 0 of 4096 where 0.5 was expected (rate 0.5, ln E ");
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
            if (family.name().equals("dispersion")) {
                // judged within the resolution only, since a rate that jitters moves the total too
                continue;
            }
            if (family.name().equals("rate")) {
                assertThat(family.logE()).isGreaterThan(THRESHOLD);
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
        assertThat(count.evidence(0.5, 0, THRESHOLD, 1e-2, 1e-9)).isInstanceOf(Evidence.Certified.class);
        assertThat(new RateCount(n / 10, mask.count(0, n / 10)).evidence(0.5, 0, THRESHOLD, 1e-2, 1e-9))
                .isInstanceOf(Evidence.Undecided.class);
        assertThat(new RateCount(n, n * 52L / 100).evidence(0.5, 0, THRESHOLD, 1e-2, 1e-9))
                .isInstanceOf(Evidence.Rejected.class);
    }

    @Test
    void certifiesIndependenceOfNeighbours() {
        RateCount half = new RateCount(1_000_000, 500_000);
        PairCount independent = new PairCount(half, half);
        Evidence evidence = independent.evidence(0.5, 0x1p-20, THRESHOLD, 2e-2, 1e-9);
        assertThat(evidence).isInstanceOf(Evidence.Certified.class);
        assertThat(evidence.figures().bound()).isBetween(1e-3, 2e-2);
        assertThat(evidence.figures().detectable()).isBetween(1e-3, 2e-2);
    }

    @Test
    void coupledSeedsMustDifferWhereTheRatesDo() {
        // (1 - delta)^-n, with the bet on a rate of at most a thousandth of delta, which holds half a share
        assertThat(new RateCount(100_000, 0).logEAtLeast(0x1p-8)).isGreaterThan(THRESHOLD);
        assertThat(new RateCount(100_000, 391).logEAtLeast(0x1p-8)).isLessThan(0);
    }
}
