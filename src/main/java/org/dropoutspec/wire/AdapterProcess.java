package org.dropoutspec.wire;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.ImplementationFault;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.implementation.PlainDropout;
import org.dropoutspec.implementation.RejectedCall;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.implementation.UnsupportedCall;
import org.dropoutspec.json.JsonNode;
import org.dropoutspec.tensor.Bits;
import org.dropoutspec.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * An implementation in any language: a child process that speaks the wire protocol.
 *
 * <p>A fault ends the process; the next call starts it again, {@value #RESTARTS} times at most. A fault in hello, or a
 * second time-out, is final at once, which bounds the time that a broken adapter can take.
 */
public final class AdapterProcess implements Implementation, AutoCloseable {
    /** How long a request may take unless the caller says otherwise. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

    /** How often the process is started again after a fault. */
    public static final int RESTARTS = 3;

    static final int TIMEOUTS = 2;

    static {
        // registered here, since a hook cannot be added any more once the shutdown asks for the open adapters
        Runtime.getRuntime().addShutdownHook(new Thread(OpenAdapters::killAll, "adapter shutdown"));
    }

    private final List<String> command;
    private final TimeLimits limits;
    private final Deadline deadline;
    private final FaultCount faults;
    private final String session = UUID.randomUUID().toString();
    private final Description description;
    private volatile @Nullable Child child;
    private volatile boolean closed;
    private final CutOff cutOff = new CutOff();
    private final AnsweringTime answering = new AnsweringTime();
    private volatile long elementsAsked;
    private long requests;
    private @Nullable String badEnd;

    /** Starts {@code command}, each request limited to {@link #DEFAULT_TIMEOUT}. */
    public AdapterProcess(List<String> command) {
        this(command, DEFAULT_TIMEOUT);
    }

    /**
     * Starts {@code command} in the suite's own directory and environment and says hello.
     *
     * @param timeout the longest that a request may take; the start may take this or 120 s, whichever is more
     * @throws ImplementationFault when the command cannot be started or hello fails
     */
    public AdapterProcess(List<String> command, Duration timeout) {
        this(command, timeout, Deadline.none());
    }

    /** @param deadline the time after which nothing more is asked; every later call is a fault */
    public AdapterProcess(List<String> command, Duration timeout, Deadline deadline) {
        this(command, TimeLimits.of(timeout), deadline);
    }

    AdapterProcess(List<String> command, TimeLimits limits) {
        this(command, limits, Deadline.none());
    }

    private AdapterProcess(List<String> command, TimeLimits limits, Deadline deadline) {
        if (command.isEmpty()) {
            throw new IllegalArgumentException("command ([]) must name a program");
        }
        this.command = List.copyOf(command);
        this.limits = limits;
        this.deadline = deadline;
        this.faults = new FaultCount(deadline);
        OpenAdapters.add(this);
        try {
            this.description = start();
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    @Override
    public Description description() {
        return description;
    }

    /**
     * {@inheritDoc}
     *
     * @throws ImplementationFault when the adapter broke, said {@code internal}, or was given up
     */
    @Override
    public Result dropout(Call call) {
        return PlainDropout.result(answer(PlainDropout.asked(call, description)));
    }

    /**
     * {@inheritDoc}
     *
     * @throws ImplementationFault when the adapter broke, said {@code internal}, or was given up
     */
    @Override
    public Bits kept(Call call) {
        return PlainDropout.bits(answer(PlainDropout.askedInBits(call)));
    }

    /**
     * {@inheritDoc}
     *
     * @throws ImplementationFault when the adapter broke, said {@code internal}, or was given up
     */
    @Override
    public synchronized OperationResult answer(OperationCall call) {
        Declared.require(call, description);
        requireRunning();
        Request request = Request.of(++requests, call);
        elementsAsked +=
                call.tensors().values().stream().mapToLong(Tensor::size).max().orElse(0);
        Reply reply;
        try {
            reply = Reply.read(ask(request, limits.request(call.elements())), Declared.allowed(call, description));
        } catch (AdapterFault fault) {
            throw broken(request, fault);
        }
        if (reply instanceof Reply.Error error) {
            throw exception(request, error);
        }
        return ((Reply.Answer) reply).result();
    }

    private RuntimeException exception(Request request, Reply.Error error) {
        return switch (error.type()) {
            case INVALID_ARGUMENT -> new RejectedCall(error.message());
            case UNSUPPORTED -> new UnsupportedCall(error.message());
            case INTERNAL ->
                new ImplementationFault(report("the adapter answered internal: " + error.message(), request));
        };
    }

    private Child running() {
        return Objects.requireNonNull(child, "no process runs");
    }

    private void requireRunning() {
        cutOff.requireNot();
        if (closed) {
            throw new IllegalStateException("the adapter was closed");
        }
        faults.requireHope();
        if (child == null && !start().equals(description)) {
            throw broken(
                    Request.hello(), new AdapterFault("after a restart it describes itself otherwise than before"));
        }
    }

    /** Starts the command and says hello. */
    private Description start() {
        Request hello = Request.hello();
        try {
            child = Child.start(command, session, hello.replyLimit());
        } catch (IOException e) {
            String why = "command (" + command.get(0) + ") cannot be started: " + reason(e);
            faults.giveUp(why);
            throw new ImplementationFault(why, e);
        }
        if (closed) {
            // the suite is ending, and the hook that kills adapters has already run
            child.kill();
        }
        try {
            return HelloReply.read(ask(hello, limits.start()));
        } catch (AdapterFault fault) {
            faults.nextIsLast();
            throw broken(hello, fault);
        }
    }

    private static String reason(IOException e) {
        // the JDK repeats the command, 17 as: Cannot run program "x": error=2, No such file or directory
        // and 25 as: Cannot run program "x": Exec failed, error: 2 (No such file or directory)
        String message = String.valueOf(e.getMessage());
        return Excerpt.of(
                message.replaceFirst("^.*error(?:=|: )[0-9]+(?:, | \\()", "")
                        .replaceFirst("\\)\\s*$", "")
                        .toLowerCase(Locale.ROOT),
                300);
    }

    private JsonNode ask(Request request, Duration limit) throws AdapterFault {
        byte[] line;
        answering.begin();
        try {
            line = running().exchange(request, deadline.within(limit));
        } finally {
            answering.end();
        }
        JsonNode fields = ReplyJson.object(line);
        long id = fields.required("id").integer();
        if (id != request.id()) {
            throw new AdapterFault("id (" + id + ") must repeat the request's: " + request.id());
        }
        return fields;
    }

    /** Ends a process that can no longer be trusted, and returns the fault that tells what happened. */
    private ImplementationFault broken(Request request, AdapterFault fault) {
        Child broken = running();
        broken.end(limits.term());
        if (broken.wasInterrupted() ? cutOff.isSoon() : cutOff.isNow()) {
            return new ImplementationFault(cutOff.words(), fault);
        }
        if (deadline.isOver()) {
            child = null;
            faults.giveUp(deadline.words());
            return new ImplementationFault(deadline.words(), fault);
        }
        String message = report(fault.words(), request);
        child = null;
        faults.add(fault, request, message);
        return new ImplementationFault(message, fault);
    }

    private String report(String what, Request request) {
        return what + "\nrequest: " + request + surroundings();
    }

    private String surroundings() {
        String log = running().log();
        return "\ncommand: " + Excerpt.of(String.join(" ", command), 300)
                + (log.isEmpty() ? "\nstandard error: empty" : "\nstandard error, its end:" + log);
    }

    /** Ends the process; the next call starts another. */
    @Override
    public synchronized boolean restart() {
        endInput();
        return true;
    }

    @Override
    public Optional<Implementation> another() {
        return Optional.of(new AdapterProcess(command, limits, deadline));
    }

    @Override
    public synchronized OptionalLong residentBytes() {
        return child == null ? OptionalLong.empty() : child.residentBytes();
    }

    /** Ends the input, at which the process has to exit. A bad end is kept, and told when the adapter is closed. */
    private void endInput() {
        if (child == null) {
            return;
        }
        // the full time is waited only once: a process that did not exit by itself then will not do so later
        Optional<String> fault = child.close(badEnd == null ? limits.exit() : limits.term(), limits.term());
        if (fault.isPresent() && badEnd == null) {
            badEnd = "adapter fault at the end of its input: " + fault.get() + surroundings();
        }
        child = null;
    }

    /** Kills the process, for the case that the suite itself is ending. */
    void kill() {
        cutOff.now();
        closed = true;
        Optional.ofNullable(child).ifPresent(Child::kill);
    }

    /**
     * Ends the adapter's input, waits 10 s for it to exit, and leaves no process behind.
     *
     * @throws ImplementationFault when a process of the adapter, this one or one before a restart, did not end as it
     *     should at the end of its input
     */
    @Override
    public synchronized void close() {
        cutOff.requireNot();
        if (closed) {
            return;
        }
        closed = true;
        endInput();
        OpenAdapters.remove(this);
        if (badEnd != null) {
            throw new ImplementationFault(badEnd);
        }
    }

    /** The number of elements asked for so far; for each call, those of its largest tensor. */
    public long elementsAsked() {
        return elementsAsked;
    }

    /** The time taken to answer so far, in nanoseconds, including a request that is not answered yet. */
    public long nanosAnswering() {
        return answering.nanos();
    }

    /** The value of the variable {@link ProcessTree#MARKER} in the environment of the adapter's processes. */
    String session() {
        return session;
    }

    /** The command, its words separated by spaces. */
    @Override
    public String toString() {
        return String.join(" ", command);
    }
}
