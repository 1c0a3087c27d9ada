package org.dropoutspec.wire;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Writes requests on a thread of its own: an adapter that does not read blocks that thread and nobody else. */
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
                // the adapter has gone already, which is what the end of input asks of it
            }
        });
        thread.shutdown();
    }
}
