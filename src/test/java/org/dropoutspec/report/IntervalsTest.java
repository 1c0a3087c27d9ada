package org.dropoutspec.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.dropoutspec.report.Intervals.Interval;
import org.junit.jupiter.api.Test;

class IntervalsTest {
    private static String drawn(double low, double high) {
        return Intervals.svg(0.01, List.of(new Interval("float32 0.5", low, high)))
                .render();
    }

    @Test
    void theBandIsNamedAtItsEndsAndInItsMiddle() {
        assertThat(drawn(-0.001, 0.002)).contains(">\u22120.01000<", ">0<", ">+0.01000<");
    }

    @Test
    void aBandNarrowerThanItsNamesHasNoneInTheMiddle() {
        assertThat(drawn(-0.4, -0.3)).contains(">\u22120.01000<", ">+0.01000<").doesNotContain(">0<");
    }
}
