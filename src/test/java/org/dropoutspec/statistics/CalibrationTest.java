package org.dropoutspec.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.commons.math3.special.Beta;
import org.dropoutspec.tensor.Shape;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CalibrationTest {
    private static final double LEVEL = 1e-2;
    /** Enough for a family that alarms three times too often; what is exact is enumerated elsewhere. */
    private static final int RUNS = Integer.getInteger("dropoutspec.calibration.runs", 1000);

    private static final double[] RATES = {0.1, 0.5, 0.9};

    @Tag("sound")
    @Test
    void correctMasksRaiseNoMoreAlarmsThanTheLevelAllows() {
        Map<String, Integer> alarms = new TreeMap<>();
        List<MaskAnalysis> fresh = Arrays.stream(RATES)
                .mapToObj(rate -> analysis(Design.of(0, rate)))
                .toList();
        for (int run = 0; run < RUNS; run++) {
            // the run's number is its seed
            SplittableRandom random = new SplittableRandom(run);
            double rate = RATES[run % RATES.length];
            MaskAnalysis analysis = fresh.get(run % RATES.length).continued();
            Map<String, Boolean> alarmed = new TreeMap<>();
            for (int call = 1; call <= 24; call++) {
                analysis.observe(draw(random, rate, call));
                if (call % 12 == 0) {
                    for (Family family : analysis.families()) {
                        alarmed.merge(family.name(), family.logE() >= -Math.log(LEVEL), Boolean::logicalOr);
                    }
                }
            }
            alarmed.forEach((name, alarm) -> alarms.merge(name, alarm ? 1 : 0, Integer::sum));
        }
        // at the level exactly, a family has more alarms than this with probability 1e-6
        int most = 0;
        while (Beta.regularizedBeta(LEVEL, most + 1.0, RUNS - most) > 1e-6) {
            most++;
        }
        assertThat(most).isLessThan(RUNS / 20);
        assertThat(alarms).hasSize(fresh.get(0).families().size());
        for (Map.Entry<String, Integer> entry : alarms.entrySet()) {
            assertThat(entry.getValue()).as(entry.getKey()).isLessThanOrEqualTo(most);
        }
    }

    private static MaskAnalysis analysis(Design design) {
        return MaskAnalysis.of(
                Family.rate(design),
                Family.position(design),
                Family.dispersion(design),
                Family.columns(design, 1 << 10),
                Family.constants(design),
                Family.places(design, 1 << 10),
                Family.reflections(design, 1 << 10),
                Family.tails(design),
                Family.lags(design, List.of(Horizon.of(8, design.strata()), Horizon.of(64, design.strata()))),
                new JoinFamily(design, Horizon.of(32, design.strata()), 4),
                Family.triples(design, Horizon.of(8, 1 << 10, design.strata())),
                Family.across(design, "call"),
                Family.duplicates(design),
                Family.contexts(design),
                Family.strata(design, List.of("negative", "large")));
    }

    private static Draw draw(SplittableRandom random, double rate, int call) {
        Shape shape = call % 6 == 0 ? Shape.of(3, 37) : Shape.of(1 + random.nextInt(16));
        return Draw.of(rate, shape, Masks.random(random, shape.size(), rate))
                .with(Masks.random(random, shape.size(), 0.5), Masks.random(random, shape.size(), 0.1));
    }
}
