package org.dropoutspec.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.dropoutspec.tensor.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** By exact enumeration of all masks: what is bet on the elements before an element, one or two. */
class SequenceExactnessTest {
    // 2^14 products of 14 factors, each with relative error below 2^-49
    private static final double ROUNDING = 1e-12;

    private static double expectation(int n, double rate, IntToDoubleFunction logE) {
        double sum = 0;
        for (int bits = 0; bits < 1 << n; bits++) {
            sum += Masks.probability(bits, n, rate) * Math.exp(logE.applyAsDouble(bits));
        }
        return sum;
    }

    /** After both of the elements a and b before, after one, and after none. */
    private static double triple(TripleMixture mixture, int bits, int n, int a, int b) {
        RateCount[] counts = {RateCount.NONE, RateCount.NONE, RateCount.NONE};
        for (int i = b; i < n; i++) {
            int before = (bits >>> i - a & 1) + (bits >>> i - b & 1);
            counts[2 - before] = counts[2 - before].plus(new RateCount(1, bits >>> i & 1));
        }
        return mixture.logE(counts[0], counts[1], counts[2]);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.1, 0.3, 0.5})
    void betsOnTwoElementsBeforeHaveExpectationOne(double rate) {
        TripleMixture mixture = new TripleMixture(rate, 0);
        for (int b = 2; b <= 4; b++) {
            for (int a = 1; a < b; a++) {
                int near = a;
                int far = b;
                assertThat(expectation(11, rate, bits -> triple(mixture, bits, 11, near, far)))
                        .isCloseTo(1, within(ROUNDING));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.3, 0.5})
    void betsOnTwoElementsBeforeGainNothingWhereTheRateWandersWithinItsResolution(double rate) {
        int n = 11;
        double resolution = 0.05;
        TripleMixture mixture = new TripleMixture(rate, resolution);
        // by how much of the resolution the rate is moved after two drops, one, and none
        for (double[] path : new double[][] {{1, -1, 1}, {-1, 1, -1}, {1, 1, 1}, {-1, -1, -1}, {1, 0, 0}, {0, 1, -1}}) {
            double sum = 0;
            for (int bits = 0; bits < 1 << n; bits++) {
                double probability = 1;
                for (int i = 0; i < n; i++) {
                    int before = i < 3 ? 0 : (bits >>> i - 1 & 1) + (bits >>> i - 3 & 1);
                    double q = rate + resolution * path[2 - before];
                    probability *= (bits >>> i & 1) == 1 ? q : 1 - q;
                }
                sum += probability * Math.exp(triple(mixture, bits, n, 1, 3));
            }
            assertThat(sum).isLessThanOrEqualTo(1 + ROUNDING);
        }
    }

    private static final Design TWO = Design.of(0, 0.1, 0.5);

    private interface Cell {
        double logE(Design design, WrongRate.Charges charges, int bits);
    }

    /** Six elements of each stratum, by the element before. */
    private static double pairs(Design design, WrongRate.Charges charges, int bits) {
        PairEvidence evidence = new PairEvidence(design, new Bets(design), charges);
        for (int s = 0; s < design.size(); s++) {
            int own = bits >>> 6 * s & 63;
            int known = own & 31;
            evidence.set(
                    s, 5, Integer.bitCount(own >>> 1), Integer.bitCount(known), Integer.bitCount(own >>> 1 & known));
        }
        return evidence.bet();
    }

    /** Every other of six elements of each stratum. */
    private static double rates(Design design, WrongRate.Charges charges, int bits) {
        RateEvidence evidence = new RateEvidence(design, new Bets(design), charges);
        for (int s = 0; s < design.size(); s++) {
            evidence.set(s, 3, Integer.bitCount(bits >>> 6 * s & 0b010101));
        }
        return evidence.bet();
    }

    static Stream<Cell> cells() {
        return Stream.of(SequenceExactnessTest::pairs, SequenceExactnessTest::rates);
    }

    @ParameterizedTest
    @MethodSource("cells")
    void whatIsNotPassedOverHasExpectationOneOverTwoStrata(Cell cell) {
        WrongRate.Charges none = new WrongRate.Charges(new double[2], 0);
        double sum = 0;
        for (int bits = 0; bits < 1 << 12; bits++) {
            double probability = Masks.probability(bits & 63, 6, 0.1) * Masks.probability(bits >>> 6, 6, 0.5);
            sum += probability * Math.exp(cell.logE(TWO, none, bits));
        }
        assertThat(sum).isCloseTo(1, within(ROUNDING));
    }

    @ParameterizedTest
    @MethodSource("cells")
    void whatIsNotPassedOverGainsNothingAtOtherConstantRates(Cell cell) {
        for (double resolution : new double[] {0, 0.05}) {
            Design one = Design.of(resolution, 0.3);
            for (double rate : new double[] {0.05, 0.2, 0.3, 0.6, 0.9}) {
                assertThat(expectation(6, rate, bits -> {
                            RateCount[] total = {new RateCount(6, Integer.bitCount(bits))};
                            return cell.logE(one, WrongRate.Charges.of(one, total), bits);
                        }))
                        .isLessThanOrEqualTo(1 + ROUNDING);
            }
        }
    }

    static Stream<Arguments> families() {
        Function<Design, Family> lags =
                design -> Family.lags(design, List.of(Horizon.of(8, design.strata()), Horizon.of(12, design.strata())));
        Function<Design, Family> joins = design -> new JoinFamily(design, Horizon.of(3, design.strata()), 1);
        Function<Design, Family> triples = design -> Family.triples(design, Horizon.of(3, design.strata()));
        return Stream.of(Arguments.of("lags", lags), Arguments.of("joins", joins), Arguments.of("triples", triples));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("families")
    void noFamilyGainsAtAConstantRate(String name, Function<Design, Family> fresh) {
        int n = 14;
        for (double asked : new double[] {0.1, 0.5}) {
            for (double resolution : new double[] {0, 0.02}) {
                Family first = fresh.apply(Design.of(resolution, asked));
                double[] logE = new double[1 << n];
                for (int bits = 0; bits < logE.length; bits++) {
                    logE[bits] = evidence(first.continued(), asked, bits, n);
                }
                for (double rate : new double[] {0.03, 0.1, 0.12, 0.3, 0.5, 0.8}) {
                    assertThat(expectation(n, rate, bits -> logE[bits])).isLessThanOrEqualTo(1 + ROUNDING);
                }
            }
        }
    }

    /** As three calls. */
    private static double evidence(Family family, double rate, int bits, int n) {
        int[] ends = {3, 7, n};
        int from = 0;
        for (int end : ends) {
            int rest = bits >>> from;
            Shape shape = Shape.of(end - from);
            family.observe(Draw.of(rate, shape, Masks.of(shape.size(), i -> (rest >>> i & 1) == 1)));
            from = end;
        }
        return family.logE();
    }
}
