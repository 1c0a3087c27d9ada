package org.dropoutspec.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimeLimitsTest {
    static TimeLimits starting(Duration start) {
        TimeLimits limits = PythonAdapter.LIMITS;
        return new TimeLimits(start, limits.request(), limits.exit(), limits.term());
    }

    @Test
    void startIsAtLeastTwoMinutes() {
        assertThat(TimeLimits.of(Duration.ofSeconds(1)).start()).isEqualTo(Duration.ofSeconds(120));
        assertThat(TimeLimits.of(Duration.ofSeconds(500)).start()).isEqualTo(Duration.ofSeconds(500));
    }

    @Test
    void timeoutMustBePositive() {
        assertThatThrownBy(() -> TimeLimits.of(Duration.ZERO)).hasMessage("timeout (PT0S) must be positive");
    }

    @Test
    void durationsReadAsSeconds() {
        assertThat(TimeLimits.text(Duration.ofSeconds(60))).isEqualTo("60 s");
        assertThat(TimeLimits.text(Duration.ofMillis(1500))).isEqualTo("1.5 s");
    }
}
