package org.dropoutspec.sampling;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Does work on a second thread, in order, while the first goes on asking. Results that are read after {@link #settle}
 * do not depend on timing.
 */
final class AnalysisThread implements AutoCloseable {
    /** The most tasks that wait, so that only a few outputs are in memory at once. */
    private static final int WAITING = 4;

    private final BlockingQueue<Runnable> queue = new ArrayBlockingQueue<>(WAITING);
    private final Thread thread = new Thread(this::work, "mask analysis");
    private volatile @Nullable Throwable failure;
    private volatile boolean closed;

    AnalysisThread() {
        thread.setDaemon(true);
        thread.start();
    }

    private void work() {
        while (!closed) {
            try {
                Runnable task = queue.take();
                if (!closed) {
                    task.run();
                }
            } catch (InterruptedException interrupted) {
                return;
            } catch (RuntimeException | Error broken) {
                failure = failure == null ? broken : failure;
            }
        }
    }

    /** Queues a task behind all before it; blocks while too many tasks wait. */
    void then(Runnable task) {
        try {
            queue.put(task);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while masks were analysed", interrupted);
        }
    }

    /** Waits until all tasks are done; throws if one of them threw, with its exception as the cause. */
    void settle() {
        CountDownLatch done = new CountDownLatch(1);
        then(done::countDown);
        try {
            done.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while masks were analysed", interrupted);
        }
        if (failure != null) {
            throw new IllegalStateException("the analysis of masks broke: " + failure, failure);
        }
    }

    /** Ends the thread, even if tasks still wait. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
