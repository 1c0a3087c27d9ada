package org.dropoutspec.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnalysisThreadTest {
    @Test
    void doesWhatItIsGivenInOrderAndIsDoneWhenSettled() {
        List<Integer> done = new ArrayList<>();
        try (AnalysisThread beside = new AnalysisThread()) {
            for (int i = 0; i < 100; i++) {
                int number = i;
                beside.then(() -> done.add(number));
            }
            beside.settle();
            assertThat(done).hasSize(100).isSorted();
        }
    }

    @Test
    void passesOnWhatATaskThrows() {
        try (AnalysisThread beside = new AnalysisThread()) {
            beside.then(() -> {
                throw new IllegalArgumentException("mask (3) must be as large as 4");
            });
            assertThatThrownBy(beside::settle)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("the analysis of masks broke")
                    .hasMessageContaining("mask (3) must be as large as 4");
        }
    }

    @Test
    void leavesNoThreadWhateverWaits() {
        try (AnalysisThread beside = new AnalysisThread()) {
            for (int i = 0; i < 4; i++) {
                beside.then(() -> sleep(5));
            }
        }
        assertThat(Thread.getAllStackTraces().keySet().stream().map(Thread::getName))
                .doesNotContain("mask analysis");
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
