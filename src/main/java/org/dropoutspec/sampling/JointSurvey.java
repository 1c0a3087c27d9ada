package org.dropoutspec.sampling;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Several processes surveyed at the same time, each asked its own part of the design, in a thread of its own. */
final class JointSurvey {
    private JointSurvey() {}

    /**
     * The counts of each process, in order.
     *
     * @throws RuntimeException that broke one of the processes, once all have stopped
     */
    static List<PartSurvey.Drawn> of(List<PartSurvey> processes) {
        ExecutorService threads = Executors.newFixedThreadPool(processes.size(), task -> {
            Thread thread = new Thread(task, "process");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Callable<PartSurvey.Drawn>> parts = new ArrayList<>();
            for (PartSurvey process : processes) {
                parts.add(() -> {
                    try {
                        return process.run();
                    } catch (RuntimeException | Error broken) {
                        processes.forEach(PartSurvey::stop);
                        throw broken;
                    }
                });
            }
            List<PartSurvey.Drawn> drawn = new ArrayList<>();
            for (Future<PartSurvey.Drawn> done : threads.invokeAll(parts)) {
                drawn.add(done.get());
            }
            return drawn;
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
