package org.dropoutspec.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final StringWriter told = new StringWriter();
    private long seconds;

    private Progress of(int total) {
        return of(true, total);
    }

    private Progress of(boolean plain, int total) {
        Progress.Load load = new Progress.Load(() -> seconds * 1000, () -> seconds * 750_000_000);
        return new Progress(new PrintWriter(told, true), plain, false, total, load, () -> seconds * 1_000_000_000);
    }

    @Test
    void theRestIsExpectedToTakeAsLongAsWhatIsDoneWithoutTheLongest() {
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
                        "[2/5] RATE-2",
                        "[3/5] RATE-3, about 30 s to go",
                        "[4/5] RATE-4, about 40 s to go");
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

    @Test
    void offATerminalALineSaysHowFarItHasComeAndWhoseTimeItWas() {
        try (Progress progress = of(false, 4)) {
            progress.tell();
            progress.accept("RATE-1");
            progress.accept("MASK-3");
            seconds = 30;
            progress.tell();
            seconds = 60;
            progress.tell();
        }
        assertThat(told.toString().lines())
                .containsExactly(
                        "[2/4] MASK-3: 30,000 elements in 30 s, 75 % of it the adapter's",
                        "[2/4] MASK-3: 60,000 elements in 60 s, 75 % of it the adapter's");
    }

    @Test
    void nothingIsToldOnceItIsClosed() {
        Progress progress = of(false, 4);
        progress.accept("RATE-1");
        progress.close();
        seconds = 30;
        progress.tell();
        assertThat(told.toString()).isEmpty();
    }
}
