package org.dropoutspec.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.dropoutspec.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bets on numbers of drops: worth at most their stake against whoever moves the rate within its resolution. */
class SpreadTest {

    /** The most that an adversary makes of a bet who chooses the probability of each drop in [low, high], by every path. */
    private static double mostByAnAdversary(double[] pays, double low, double high) {
        double[] value = pays.clone();
        for (int t = pays.length - 2; t >= 0; t--) {
            for (int s = 0; s <= t; s++) {
                double up = value[s + 1] - value[s];
                value[s] += Math.max(low * up, high * up);
            }
        }
        return value[0];
    }

    /** The same of ln of what a bet pays, which may be more than a number holds. */
    private static double mostInLogarithms(double[] logs, double low, double high) {
        double[] value = logs.clone();
        for (int t = logs.length - 2; t >= 0; t--) {
            for (int s = 0; s <= t; s++) {
                double larger = Math.max(value[s], value[s + 1]);
                double keep = Math.exp(value[s] - larger);
                double drop = Math.exp(value[s + 1] - larger);
                double q = drop > keep ? high : low;
                value[s] = larger + Math.log(q * drop + (1 - q) * keep);
            }
        }
        return value[0];
    }

    /** ln of what a bet pays, by the number of drops. */
    private static double[] logs(SpreadBets bets, int size, int bet) {
        double[] logs = new double[size + 1];
        for (int count = 0; count <= size; count++) {
            logs[count] = bets.of(size).pay(count)[bet] / SpreadBets.UNIT;
        }
        return logs;
    }

    private static double[] pays(SpreadBets bets, int size, int bet) {
        return Arrays.stream(logs(bets, size, bet)).map(Math::exp).toArray();
    }

    @ParameterizedTest
    @CsvSource({
        "0.05, 0x1p-20",
        "0.05, 0x1p-8",
        "0.05, 0.01",
        "0.05, 0.06",
        "0.5, 0x1p-20",
        "0.5, 0x1p-8",
        "0.5, 0.1",
        "0.9, 0x1p-12",
        "0.9, 0.02",
        "0x1p-9, 0x1p-12",
        "0.998046875, 0x1p-12"
    })
    void noAdversaryGainsByAnyBetOnACount(double rate, double resolution) {
        SpreadBets bets = new SpreadBets(rate, resolution);
        double low = Math.max(0, rate - resolution);
        double high = Math.min(1, rate + resolution);
        for (int size : new int[] {1, 2, 3, 7, 16, 64, 257}) {
            for (int bet = 0; bet < SpreadBets.BETS; bet++) {
                assertThat(mostInLogarithms(logs(bets, size, bet), low, high))
                        .as("bet %s on %s elements", bet, size)
                        .isLessThanOrEqualTo(0);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0x1p-11, 0x1p-8})
    void noAdversaryGainsOnALargeCountFollowedOrNot(double resolution) {
        SpreadBets bets = new SpreadBets(0.5, resolution);
        for (int size : new int[] {1813, 4200}) {
            for (int bet = 0; bet < EvenBets.BETS; bet++) {
                assertThat(mostByAnAdversary(pays(bets, size, bet), 0.5 - resolution, 0.5 + resolution))
                        .as("bet %s on %s elements", bet, size)
                        .isLessThanOrEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0x1p-9, 0.05, 0.5, 0.9})
    void aBetIsWorthItsStakeWhereTheRateIsExact(double rate) {
        SpreadBets bets = new SpreadBets(rate, 0);
        for (int size : new int[] {1, 2, 3, 7, 16, 64}) {
            for (int bet = 0; bet < SpreadBets.BETS; bet++) {
                // even ones to the power 1/(1 + 2^-20), which costs a millionth of what they gain
                assertThat(mostInLogarithms(logs(bets, size, bet), rate, rate)).isBetween(-4e-6, 0.0);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0.05, 0x1p-8", "0.5, 0.01", "0.9, 0.02"})
    void aSteeredCountIsFollowedNoLooserThanNeeded(double rate, double resolution) {
        double low = rate - resolution;
        double high = rate + resolution;
        for (int power = 0; power < 5; power++) {
            double width = Bell.width(power);
            SteeredCounts steered = new SteeredCounts(rate, low, high, width);
            for (int size : new int[] {1, 2, 10, 64, 999, 1813}) {
                Bell around = Bell.of(size, rate, width);
                assertThat(around.width()).isEqualTo(width);
                double[] bell = new double[size + 1];
                for (int count = 0; count <= size; count++) {
                    bell[count] = Math.exp(around.log(count));
                }
                double most = Math.log(mostByAnAdversary(bell, low, high));
                assertThat(steered.logMost(size)).isBetween(most, most + 5e-3);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "134144, 0.05",
        "134144, 0.25",
        "134144, 0.5",
        "4000000, 0x1p-9",
        "4000000, 0.1",
        "4000000, 0.5",
        "4000000, 0.9"
    })
    void nothingIsOverstatedInLargeCounts(int size, double rate) {
        SpreadBets.Counts bets = new SpreadBets(rate, 0x1p-20).of(size);
        double deviation = Math.sqrt(size * rate * (1 - rate));
        int first = (int) Math.max(0, size * rate - 7 * deviation);
        int last = (int) Math.min(size, size * rate + 7 * deviation);
        double[] weights = binomial(size, rate, first, last);
        double[] sums = new double[SpreadBets.BETS];
        for (int count = first; count <= last; count++) {
            long[] pay = bets.pay(count);
            for (int bet = 0; bet < sums.length; bet++) {
                sums[bet] += weights[count - first] * Math.exp(pay[bet] / SpreadBets.UNIT);
            }
        }
        for (double sum : sums) {
            // what is beyond 7 standard deviations is left out, and uneven bets are paid there
            assertThat(sum).isLessThanOrEqualTo(1);
        }
        for (int bet = 0; bet < EvenBets.BETS; bet++) {
            assertThat(sums[bet]).isGreaterThan(0.5);
        }
    }

    /** To 30 digits. */
    private static double[] binomial(int size, double rate, int first, int last) {
        MathContext digits = new MathContext(30);
        BigDecimal p = new BigDecimal(rate);
        BigDecimal odds = p.divide(BigDecimal.ONE.subtract(p), digits);
        BigDecimal[] terms = new BigDecimal[last - first + 1];
        terms[0] = BigDecimal.ONE;
        BigDecimal sum = BigDecimal.ONE;
        for (int i = 1; i < terms.length; i++) {
            terms[i] = terms[i - 1]
                    .multiply(BigDecimal.valueOf(size - first - i + 1), digits)
                    .multiply(odds, digits)
                    .divide(BigDecimal.valueOf(first + i), digits);
            sum = sum.add(terms[i], digits);
        }
        double[] weights = new double[terms.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = terms[i].divide(sum, digits).doubleValue();
        }
        return weights;
    }

    @ParameterizedTest
    @CsvSource({"0.1, 0x1p-20", "0.5, 0.05", "0.9, 0.05"})
    void noAdversaryGainsByTheWholeFamily(double rate, double resolution) {
        Family fresh = Family.dispersion(Design.of(resolution, rate));
        int size = 11;
        double[] value = new double[1 << size];
        for (int bits = 0; bits < value.length; bits++) {
            value[bits] = Math.exp(logE(fresh, new double[] {rate, rate}, bits, size));
        }
        // the last element is drawn last: its bit is the highest, and the adversary has seen all below
        for (int t = size - 1; t >= 0; t--) {
            for (int past = 0; past < 1 << t; past++) {
                double up = value[past | 1 << t] - value[past];
                value[past] += Math.max((rate - resolution) * up, (rate + resolution) * up);
            }
        }
        assertThat(value[0]).isLessThanOrEqualTo(1 + 1e-12);
    }

    @Test
    void nothingIsGainedWhereOneStratumIsSteeredAndAnotherHasAWrongRate() {
        Family fresh = Family.dispersion(Design.of(0.05, 0.1, 0.5));
        int size = 12;
        double[] logE = new double[1 << size];
        for (int bits = 0; bits < logE.length; bits++) {
            logE[bits] = logE(fresh, new double[] {0.1, 0.5}, bits, size);
        }
        for (double wrong : new double[] {0.2, 0.4, 0.5, 0.56, 0.8}) {
            double[] value = new double[logE.length];
            for (int bits = 0; bits < value.length; bits++) {
                value[bits] = Math.exp(logE[bits]);
            }
            for (int t = size - 1; t >= 0; t--) {
                for (int past = 0; past < 1 << t; past++) {
                    double up = value[past | 1 << t] - value[past];
                    value[past] += isOfFirst(t) ? Math.max(0.05 * up, 0.15 * up) : wrong * up;
                }
            }
            assertThat(value[0]).as("rate %s", wrong).isLessThanOrEqualTo(1 + 1e-12);
        }
    }

    /** Four calls of three elements, at the two rates in turn. */
    private static boolean isOfFirst(int element) {
        return element / 3 % 2 == 0;
    }

    private static double logE(Family fresh, double[] rates, int bits, int size) {
        Family family = fresh.continued();
        for (int from = 0, call = 0; from < size; from += 3, call++) {
            int start = from;
            Shape shape = Shape.of(Math.min(3, size - from));
            family.observe(Draw.of(rates[call % 2], shape, Masks.of(shape.size(), i -> (bits >>> start + i & 1) == 1)));
        }
        return family.logE();
    }

    @Test
    void whatACoarseResolutionLeavesUndecidableIsSaid() {
        SplittableRandom random = new SplittableRandom(5);
        Family coarse = Family.dispersion(Design.of(0x1p-8, 0.05));
        Family fine = Family.dispersion(Design.of(0x1p-20, 0.05));
        for (int call = 0; call < 10; call++) {
            Draw draw = Masks.flat(0.05, Masks.random(random, call < 3 ? 200_000 : call < 7 ? 1813 : 100, 0.05));
            coarse.observe(draw);
            fine.observe(draw);
        }
        assertThat(fine.undecidable()).isEmpty();
        Stratum stratum = coarse.findings().get(0).stratum();
        assertThat(coarse.undecidable())
                .containsExactly(
                        new Undecidable(stratum, "calls of 32,768 elements and more", 0.5, 3, 3),
                        new Undecidable(stratum, "calls of 32,768 elements and more", 0, 3, 3),
                        new Undecidable(stratum, "calls of 1,024 to 32,767 elements", 0.5, 4, 4));
        assertThat(coarse.undecidable().get(1))
                .hasToString("a fixed number of drops cannot be told in 3 of 3 calls of 32,768 elements and more"
                        + " (float32 at rate 0.05)");
    }

    @Test
    void aWrongConstantRateIsNoUnevenness() {
        SplittableRandom random = new SplittableRandom(6);
        Family family = Family.dispersion(Design.of(0x1p-8, 0.1));
        for (int call = 0; call < 200; call++) {
            family.observe(Masks.flat(0.1, Masks.random(random, 1813, 0.13)));
        }
        // by 2e3 nats for those who take it for one
        assertThat(family.logE()).isLessThan(Math.log(1e6));
    }

    @Test
    void aBetOnUnevenCountsAddsUpByTheElement() {
        UnevenBets bets = new UnevenBets(0.1, 0.1, 0.1);
        double[] nothing = new double[UnevenBets.BETS];
        bets.pay(0, 0, nothing, 0);
        for (double pay : nothing) {
            assertThat(pay).isCloseTo(0, within(1e-14));
        }
        double[] likely = new double[UnevenBets.BETS];
        double[] unlikely = new double[UnevenBets.BETS];
        bets.pay(1000, 100, likely, 0);
        bets.pay(1000, 200, unlikely, 0);
        for (int bet = 0; bet < UnevenBets.BETS; bet++) {
            assertThat(likely[bet]).isBetween(-4.0, 0.0);
        }
        // 44 nats for who knows the rate of .2
        assertThat(unlikely[0]).isGreaterThan(30);
        assertThat(unlikely[UnevenBets.BETS - 1]).isGreaterThan(30);
    }
}
