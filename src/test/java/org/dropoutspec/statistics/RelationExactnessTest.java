package org.dropoutspec.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** By exact enumeration of all masks of a few calls, whose rates and conditions differ. */
class RelationExactnessTest {
    // 2^10 products of at most some hundred factors, each with relative error below 2^-49
    private static final double ROUNDING = 1e-12;

    private static final Rows ROWS = new Rows(
            List.of("type", "size", "gradient"),
            List.of(List.of("float32", "float64"), List.of("small", "large"), List.of("without", "with")),
            List.of(List.of(0, 0, 0), List.of(1, 1, 0), List.of(0, 0, 1), List.of(1, 1, 1)));

    private static final Stratum TENTH = new Stratum(DType.FLOAT32, 0.1);
    private static final Stratum HALF = new Stratum(DType.FLOAT64, 0.5);

    private record Asked(Stratum stratum, Shape shape, int row) {}

    /** Ten elements, of one shape and rate twice. */
    private static final List<Asked> CALLS = List.of(
            new Asked(TENTH, Shape.of(2), 0),
            new Asked(HALF, Shape.of(1, 3), 1),
            new Asked(TENTH, Shape.of(2), 2),
            new Asked(HALF, Shape.of(3), 3));

    private static final List<Asked> ALIKE = List.of(
            new Asked(HALF, Shape.of(2), 0),
            new Asked(HALF, Shape.of(1, 3), 1),
            new Asked(HALF, Shape.of(2), 2),
            new Asked(HALF, Shape.of(3), -1));

    /** The first draws of two seeds, in each of two strata. */
    private static List<Asked> ofSeeds(Stratum first) {
        return Stream.of(first, first, HALF, HALF)
                .map(stratum -> new Asked(stratum, Shape.of(2), -1))
                .toList();
    }

    static Stream<Map.Entry<String, Function<Design, Family>>> families() {
        Map<String, Function<Design, Family>> ofShapes = Map.of(
                "places", design -> Family.places(design, 8),
                "reflections", design -> Family.reflections(design, 8),
                "tails", Family::tails);
        return Stream.concat(ofShapes.entrySet().stream(), others());
    }

    private static Stream<Map.Entry<String, Function<Design, Family>>> others() {
        return Map.<String, Function<Design, Family>>of(
                "across", design -> Family.across(design, "call"),
                "rate by condition", design -> Family.rateByCondition(design, 3),
                "position by condition", design -> Family.positionByCondition(design, 2),
                "lags by condition", design -> Family.lagsByCondition(design, 2),
                "across by condition", design -> Family.acrossByCondition(design, 2),
                "lags", design -> Family.lags(design, List.of(Horizon.of(8, design.strata()))),
                "joins", design -> new JoinFamily(design, Horizon.of(4, design.strata()), 1),
                "triples", design -> Family.triples(design, Horizon.of(2, design.strata())),
                "columns", design -> Family.columns(design, 8),
                "seeds", Family::seeds)
                .entrySet()
                .stream();
    }

    private static double[] evidence(Function<Design, Family> fresh, Design design, List<Asked> calls) {
        double[] logE = new double[1 << rates(calls).size()];
        Family first = fresh.apply(design);
        for (int bits = 0; bits < logE.length; bits++) {
            Family family = first.continued();
            int from = 0;
            for (int call = 0; call < calls.size(); call++) {
                Asked asked = calls.get(call);
                int rest = bits >>> from;
                PackedMask mask = Masks.of(asked.shape().size(), i -> (rest >>> i & 1) == 1);
                Draw draw = Draw.of(asked.stratum(), asked.shape(), mask).inRow(asked.row());
                if (family instanceof SeedStreams streams) {
                    streams.observe(call, 1, draw);
                } else {
                    family.observe(draw);
                }
                from += asked.shape().size();
            }
            logE[bits] = family.logE();
        }
        return logE;
    }

    private static List<Double> rates(List<Asked> calls) {
        List<Double> rates = new ArrayList<>();
        for (Asked asked : calls) {
            for (int i = 0; i < asked.shape().size(); i++) {
                rates.add(asked.stratum().rate());
            }
        }
        return rates;
    }

    /** Where the rate of each element is moved by {@code after[0]} after a keep, {@code after[1]} after a drop. */
    private static double expectation(double[] logE, List<Double> rates, double... after) {
        double sum = 0;
        for (int bits = 0; bits < logE.length; bits++) {
            double probability = 1;
            for (int i = 0; i < rates.size(); i++) {
                double q = rates.get(i) + after[i == 0 ? 0 : bits >>> i - 1 & 1];
                probability *= (bits >>> i & 1) == 1 ? q : 1 - q;
            }
            sum += probability * Math.exp(logE[bits]);
        }
        return sum;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("families")
    void nothingIsGainedWhereEachRateWandersWithinItsResolution(Map.Entry<String, Function<Design, Family>> family) {
        List<Asked> calls = family.getKey().equals("seeds") ? ofSeeds(TENTH) : CALLS;
        for (double resolution : new double[] {0, 0.05}) {
            Design design = new Design(List.of(TENTH, HALF), resolution, ROWS);
            double[] logE = evidence(family.getValue(), design, calls);
            for (double[] path : new double[][] {{0, 0}, {-1, -1}, {1, 1}, {-1, 1}, {1, -1}, {0, 1}}) {
                double expectation = expectation(logE, rates(calls), resolution * path[0], resolution * path[1]);
                assertThat(expectation).isLessThanOrEqualTo(1 + ROUNDING);
                if (resolution == 0 && family.getKey().equals("rate by condition")) {
                    assertThat(expectation).isCloseTo(1, within(ROUNDING));
                }
            }
        }
    }

    static Stream<Map.Entry<String, Function<Design, Family>>> notOfTheRate() {
        return families().filter(family -> !family.getKey().equals("rate by condition"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("notOfTheRate")
    void nothingButTheRateItselfGainsAtAnotherConstantRate(Map.Entry<String, Function<Design, Family>> family) {
        List<Asked> calls = family.getKey().equals("seeds") ? ofSeeds(HALF) : ALIKE;
        for (double resolution : new double[] {0, 0.05}) {
            Design design = new Design(List.of(HALF), resolution, ROWS);
            double[] logE = evidence(family.getValue(), design, calls);
            for (double shift : new double[] {-0.45, -0.2, 0.1, 0.4}) {
                double expectation = expectation(logE, rates(calls), shift, shift);
                assertThat(expectation).isLessThanOrEqualTo(1 + ROUNDING);
            }
        }
    }
}
