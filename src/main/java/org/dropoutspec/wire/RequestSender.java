package org.dropoutspec.wire;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Writes requests on a thread of its own: an adapter that does not read blocks only that thread. */
final class RequestSender {
    private final OutputStream out;
    private final ExecutorService thread;

    RequestSender(OutputStream out, String name) {
        this.out = new BufferedOutputStream(out, 1 << 16);
        this.thread = Executors.newSingleThreadExecutor(task -> Child.daemon(task, name));
    }

    Future<?> send(Request request) {
        return thread.submit(() -> {
            request.write(out);
            return null;
        });
    }

    /** Ends the adapter's input once everything has been written. */
    void close() {
        if (thread.isShutdown()) {
            return;
        }
        thread.execute(() -> {
            try {
                out.close();
            } catch (IOException e) {
                // the adapter has already gone, which is what it has to do at the end of its input
            }
        });
        thread.shutdown();
    }
}
