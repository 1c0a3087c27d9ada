package org.dropoutspec.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final StringWriter told = new StringWriter();
    private long seconds;

    private Progress of(int total) {
        return new Progress(new PrintWriter(told, true), true, total, () -> seconds * 1_000_000_000);
    }

    @Test
    void theRestIsExpectedToTakeAsLongAsWhatIsDone() {
        try (Progress progress = of(5)) {
            progress.accept("RATE-1");
            seconds = 10;
            progress.accept("RATE-2");
            seconds = 40;
            progress.accept("RATE-3");
            seconds = 3000;
            progress.accept("RATE-4");
        }
        assertThat(told.toString().lines())
                .containsExactly(
                        "[1/5] RATE-1",
                        "[2/5] RATE-2, about 40 s to go",
                        "[3/5] RATE-3, about 60 s to go",
                        "[4/5] RATE-4, about 33 min to go");
    }

    @Test
    void aShortRunIsNotForecast() {
        try (Progress progress = of(3)) {
            progress.accept("RATE-1");
            seconds = 4;
            progress.accept("RATE-2");
        }
        assertThat(told.toString().lines()).containsExactly("[1/3] RATE-1", "[2/3] RATE-2");
    }
}
