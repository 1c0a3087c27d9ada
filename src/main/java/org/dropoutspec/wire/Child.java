package org.dropoutspec.wire;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** One run of the adapter's command: a process, its three streams, and an end within bounded time. */
final class Child {
    /** The exit status after SIGINT: 128 and the number of the signal. */
    private static final int INTERRUPTED = 130;

    /** How often a wait checks whether the process is alive. After its death a grandchild can keep its output open. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** How long to wait for the last output of a process that has ended. */
    private static final long LAST_WORDS_MILLIS = 300;

    private final Process process;
    private final ProcessTree tree;
    private final ReplyLines lines;
    private final RequestSender sender;
    private final StderrTail log;
    private final Thread reader;
    private final Thread logger;

    private Child(Process process, String session, int replyLimit) {
        String name = "adapter " + process.pid();
        this.process = process;
        this.tree = new ProcessTree(process.toHandle(), session);
        this.lines = new ReplyLines(process.getInputStream(), replyLimit);
        this.sender = new RequestSender(process.getOutputStream(), name + " input");
        this.log = new StderrTail(process.getErrorStream());
        this.reader = daemon(lines, name + " output");
        this.logger = daemon(log, name + " error");
        reader.start();
        logger.start();
    }

    static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Starts {@code command} in the suite's own directory and environment, with one more variable. */
    static Child start(List<String> command, String session, int replyLimit) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put(ProcessTree.MARKER, session);
        return new Child(builder.start(), session, replyLimit);
    }

    /** Sends a request and waits for the line that answers it. */
    byte[] exchange(Request request, Duration limit) throws AdapterFault {
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            requireSilence();
            lines.limit(request.replyLimit());
            Future<?> sent = sender.send(request);
            byte[] line = receive(sent, deadline, limit);
            sent.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            return line;
        } catch (TimeoutException e) {
            throw AdapterFault.timeout("it answered, but did not read the request within " + TimeLimits.text(limit));
        } catch (ExecutionException e) {
            throw new AdapterFault("it answered, but closed standard input before it had read the request");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AdapterFault("the suite was interrupted while it waited for an answer");
        }
    }

    private void requireSilence() throws AdapterFault, InterruptedException {
        ReplyLines.Event event = lines.poll(0);
        if (event instanceof ReplyLines.Line line) {
            throw new AdapterFault("a line came before the request was sent, unasked: a second reply to the last"
                    + " request, or output of a library; standard output is reserved for replies\nline: "
                    + Excerpt.of(line.bytes()));
        } else if (event != null) {
            lineOf(event);
        } else if (!process.isAlive()) {
            throw new AdapterFault(ended() + " before the request was sent");
        }
    }

    private byte[] receive(Future<?> sent, long deadline, Duration limit) throws AdapterFault, InterruptedException {
        while (true) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw AdapterFault.timeout(
                        sent.isDone()
                                ? "no answer within " + TimeLimits.text(limit)
                                : "the request was not read within " + TimeLimits.text(limit));
            }
            boolean alive = process.isAlive();
            ReplyLines.Event event =
                    lines.poll(alive ? Math.min(left, LOOK_NANOS) : TimeUnit.MILLISECONDS.toNanos(LAST_WORDS_MILLIS));
            if (event != null) {
                return lineOf(event);
            }
            if (!alive) {
                throw new AdapterFault(ended() + " without an answer");
            }
            requireMemory(sent);
        }
    }

    private static void requireMemory(Future<?> sent) throws AdapterFault, InterruptedException {
        try {
            if (sent.isDone()) {
                sent.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof OutOfMemoryError) {
                throw AdapterFault.outOfMemory("wrote the request");
            }
            // otherwise the adapter does not read; how it ended is told once it has
        }
    }

    private byte[] lineOf(ReplyLines.Event event) throws AdapterFault, InterruptedException {
        if (event instanceof ReplyLines.Line line) {
            if (!line.last()) {
                throw new AdapterFault(
                        "more than one line came for one request; standard output is reserved for replies\nfirst line: "
                                + Excerpt.of(line.bytes()));
            }
            return line.bytes();
        } else if (event instanceof ReplyLines.TooLong line) {
            throw new AdapterFault("a reply line is longer than " + line.limit()
                    + " bytes, the most that could be meant; its start: " + Excerpt.of(line.start()));
        } else if (event instanceof ReplyLines.OutOfMemory) {
            throw AdapterFault.outOfMemory("read the reply");
        }
        process.waitFor(LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS);
        byte[] rest = ((ReplyLines.End) event).rest();
        String what = process.isAlive() ? "it closed standard output" : ended();
        throw new AdapterFault(
                what + (rest.length == 0 ? " without an answer" : " in the middle of a line: " + Excerpt.of(rest)));
    }

    /** Whether it ended by the signal of Ctrl-C; Python also exits with that status when it ends itself on Ctrl-C. */
    boolean wasInterrupted() {
        return !process.isAlive() && process.exitValue() == INTERRUPTED;
    }

    private String ended() {
        int status = process.exitValue();
        // the shells' convention for a signal, which the JDK follows
        String signal = status > 128 && status < 160 ? " (signal " + (status - 128) + ")" : "";
        return "it exited with status " + status + signal;
    }

    /** The end of its standard error so far. */
    String log() {
        return log.text();
    }

    /** The memory that the process and all that it started hold, in bytes; empty where the system does not tell. */
    OptionalLong residentBytes() {
        return ResidentMemory.of(Stream.concat(Stream.of(process.toHandle()), process.descendants()));
    }

    /** Ends the process and all that it started. */
    void end(Duration term) {
        tree.end(term);
        release();
    }

    /** Kills the process and all that it started, without asking. */
    void kill() {
        tree.kill();
    }

    /**
     * Ends the input, as the protocol has it. Whatever still runs after the time {@code exit} is ended too.
     *
     * @return what was wrong with the end of the process
     */
    Optional<String> close(Duration exit, Duration term) {
        sender.close();
        Optional<String> fault = Optional.empty();
        try {
            fault = badEnd(exit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        end(term);
        return fault;
    }

    private Optional<String> badEnd(Duration exit) throws InterruptedException {
        long deadline = System.nanoTime() + exit.toNanos();
        while (true) {
            boolean alive = process.isAlive();
            long left = deadline - System.nanoTime();
            // keep reading while it ends: a process whose output nobody reads may be blocked before its exit
            ReplyLines.Event event =
                    lines.poll(alive ? Math.min(left, LOOK_NANOS) : TimeUnit.MILLISECONDS.toNanos(LAST_WORDS_MILLIS));
            boolean closed = event instanceof ReplyLines.End end && end.rest().length == 0;
            if (event != null && !closed) {
                return Optional.of("it wrote to standard output, unasked: " + shown(event));
            }
            if (closed || !alive || left <= 0) {
                boolean ended = process.waitFor(Math.max(0, left), TimeUnit.NANOSECONDS);
                return !ended
                        ? Optional.of("it did not exit within " + TimeLimits.text(exit))
                        : process.exitValue() == 0 ? Optional.empty() : Optional.of(ended());
            }
        }
    }

    private static String shown(ReplyLines.Event event) {
        if (event instanceof ReplyLines.Line line) {
            return Excerpt.of(line.bytes());
        }
        if (event instanceof ReplyLines.End end) {
            return Excerpt.of(end.rest());
        }
        return event instanceof ReplyLines.TooLong line ? Excerpt.of(line.start()) : "more than the heap holds";
    }

    /** Waits for the last output, and gives up on threads that are still blocked. */
    private void release() {
        try {
            logger.join(LAST_WORDS_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        reader.interrupt();
        sender.close();
    }
}
