package org.dropoutspec.sampling;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.dropoutspec.statistics.Family;
import org.dropoutspec.statistics.Stratum;

/**
 * Several processes surveyed at the same time, each asked its own part of the design. What they count is added up before
 * it is weighed, in whole numbers: the sum is the same in whatever order they end. What is about neighbouring calls stays
 * inside a process.
 */
final class JointSurvey {
    private final SamplingContext context;
    private final List<SequentialTest> tests;
    private final List<Survey> surveys;

    /** @param surveys of the same design and tests, the first process first */
    JointSurvey(SamplingContext context, List<SequentialTest> tests, List<Survey> surveys) {
        this.context = context;
        this.tests = tests;
        this.surveys = List.copyOf(surveys);
    }

    /**
     * Asks until each test is decided or the budget ends.
     *
     * @throws RuntimeException what one of the processes broke by, once all have come to rest
     */
    void run() {
        try {
            drawAndFill();
        } finally {
            surveys.subList(1, surveys.size()).forEach(other -> first().reach().add(other.reach()));
        }
    }

    private void drawAndFill() {
        all(Survey::draw);
        weigh();
        long budget = first().budget(asked());
        while (asked() < budget) {
            List<Stratum> open = Survey.open(context, tests);
            long before = asked();
            long each = first().step(open) / surveys.size();
            all(survey -> survey.fill(open, each));
            if (asked() == before) {
                return;
            }
            weigh();
        }
    }

    private Survey first() {
        return surveys.get(0);
    }

    private long asked() {
        return surveys.stream().mapToLong(Survey::asked).sum();
    }

    /** A test that is decided stays so, with the evidence that decided it. */
    private void weigh() {
        for (int t = 0; t < tests.size(); t++) {
            SequentialTest test = tests.get(t);
            if (test.isOpen()) {
                int number = t;
                test.family = surveys.stream()
                        .map(survey -> survey.families().get(number))
                        .reduce(Family::beside)
                        .orElseThrow();
                test.look(true);
            }
        }
    }

    /** Has each survey do the same, in a thread of its own, and waits for all. */
    private void all(Consumer<Survey> step) {
        ExecutorService threads = Executors.newFixedThreadPool(surveys.size(), task -> {
            Thread thread = new Thread(task, "process");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Callable<Void>> steps = new ArrayList<>();
            for (Survey survey : surveys) {
                steps.add(() -> {
                    try {
                        step.accept(survey);
                        return null;
                    } catch (RuntimeException | Error broken) {
                        surveys.forEach(Survey::stop);
                        throw broken;
                    }
                });
            }
            for (Future<Void> done : threads.invokeAll(steps)) {
                done.get();
            }
        } catch (ExecutionException broken) {
            if (broken.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) broken.getCause();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while several processes were asked", interrupted);
        } finally {
            threads.shutdownNow();
        }
    }
}
