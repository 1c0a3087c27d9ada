package org.dropoutspec.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.dropoutspec.tensor.DType;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    @Test
    void everyTinySizeMeetsEveryRateAndTheBudgetGoesWhereTheRatesNeedIt() {
        Schedule schedule = new Schedule(DType.FLOAT32);
        Map<Double, Long> elements = new HashMap<>();
        Set<String> tiny = new HashSet<>();
        long all = 0;
        while (all < 40_000_000) {
            Schedule.Step step = schedule.next(rate -> true);
            elements.merge(step.rate(), (long) step.shape().size(), Long::sum);
            all += step.shape().size();
            if (step.shape().size() <= 16) {
                tiny.add(step.shape() + " at " + step.rate());
            }
        }
        assertThat(tiny).hasSize(16 * 4);
        // a rate is certified to 1e-3 with about 60 p (1-p) / 1e-6 elements, and a seventh more for the parts
        elements.forEach((rate, count) ->
                assertThat((double) count).as("rate %s", rate).isGreaterThan(1.15 * 60 * rate * (1 - rate) / 1e-6));
    }

    @Test
    void whatIsNotWantedIsNotDrawnInLargeCalls() {
        Schedule schedule = new Schedule(DType.FLOAT64);
        double wanted = Schedule.rates(DType.FLOAT64).get(2);
        for (int call = 0; call < 5000; call++) {
            Schedule.Step step = schedule.next(rate -> rate == wanted);
            assertThat(step.shape().size() < 10_000 || step.rate() == wanted).isTrue();
        }
    }

    @Test
    void ratesAreNumbersThatTheTypeHolds() {
        for (DType dtype : new DType[] {DType.FLOAT16, DType.BFLOAT16, DType.FLOAT32, DType.FLOAT64}) {
            assertThat(Schedule.rates(dtype)).doesNotHaveDuplicates().allSatisfy(rate -> {
                assertThat(dtype.value(dtype.round(rate))).isEqualTo(rate);
                assertThat((double) (float) (double) rate).isEqualTo(rate);
            });
        }
    }
}
