package org.dropoutspec.cli;

import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.dropoutspec.golden.verify.WordGenerator;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.ImplementationFault;
import org.dropoutspec.implementation.Thrown;
import org.dropoutspec.wire.AdapterProcess;
import org.dropoutspec.wire.Deadline;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that name the implementation of a command, if no words after -- start an adapter. */
final class Subject {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--class",
            paramLabel = "NAME",
            description = "a Java class on the class path that implements Implementation and has a public constructor "
                    + "without parameters (put the jar and your classes on java -cp and name org.dropoutspec.cli.Main)")
    private @Nullable String className;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "how long the adapter may take to answer one request (default: 60)")
    private @Nullable String timeout;

    @Option(
            names = "--total-timeout",
            paramLabel = "SECONDS",
            description =
                    "how long the whole run may take: when the time is up nothing more is asked, and what is open "
                            + "could not be judged (default: as long as it takes)")
    private @Nullable String totalTimeout;

    /**
     * Starts or makes the implementation.
     *
     * @param words the command of an adapter; empty for the class or the embedded reference
     * @param seed where the embedded reference's stream begins
     */
    Implementation open(List<String> words, long seed) {
        return open(words, seed, 1);
    }

    /** @param processes the number of processes of the adapter */
    Implementation open(List<String> words, long seed, int processes) {
        if (processes < 1 || processes > Processes.MOST) {
            throw new IllegalArgumentException("processes (" + processes + ") must be from 1 to " + Processes.MOST);
        }
        if (processes > 1 && words.isEmpty()) {
            throw new IllegalArgumentException(
                    "processes (" + processes + ") are of an adapter: name the command that starts it after --");
        }
        if (words.isEmpty()
                && command.commandLine().getParseResult().originalArgs().contains("--")) {
            throw new IllegalArgumentException(
                    "command () must follow --, such as -- python3 adapter.py; is it an empty variable?");
        }
        if (className != null && !words.isEmpty()) {
            throw new IllegalArgumentException(
                    "class (" + className + ") and command (" + words.get(0) + ") exclude each other: name one");
        }
        Duration answer = timeout == null ? AdapterProcess.DEFAULT_TIMEOUT : Seconds.of("timeout", timeout);
        Deadline deadline =
                totalTimeout == null ? Deadline.none() : Deadline.in(Seconds.of("total-timeout", totalTimeout));
        if (totalTimeout != null) {
            Watchdog.start(deadline, Watchdog.GRACE, command.commandLine().getErr());
        }
        if (!words.isEmpty()) {
            return processes == 1
                    ? new AdapterProcess(words, answer, deadline)
                    : Processes.started(processes, () -> new AdapterProcess(words, answer, deadline));
        }
        return className != null ? bounded(described(instantiate()), deadline) : new EmbeddedReference(seed);
    }

    /** A generator that shows its words must stay visible as one. So it is left to the watchdog. */
    private Implementation bounded(Implementation made, Deadline deadline) {
        return totalTimeout == null || made instanceof WordGenerator ? made : new Bounded(made, deadline);
    }

    private Implementation described(Implementation made) {
        Description description;
        try {
            description = made.description();
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError broken) {
            throw new IllegalArgumentException(
                    "class (" + className + ") must describe itself: its description() threw " + Thrown.text(broken),
                    broken);
        }
        if (description == null) {
            throw new IllegalArgumentException(
                    "class (" + className + ") must describe itself: its description() gave null");
        }
        return made;
    }

    private Implementation instantiate() {
        try {
            // not initialized yet: initializing runs the class's own code, whose exceptions its author should see
            Class<?> type = Class.forName(className, false, Subject.class.getClassLoader());
            if (!Implementation.class.isAssignableFrom(type)) {
                throw new IllegalArgumentException(
                        "class (" + className + ") must implement " + Implementation.class.getName());
            }
            return (Implementation) type.getConstructor().newInstance();
        } catch (ClassNotFoundException cause) {
            throw new IllegalArgumentException("class (" + className + ") must be on the class path", cause);
        } catch (InvocationTargetException cause) {
            throw notMade(
                    "its constructor threw " + Thrown.text(Objects.requireNonNullElse(cause.getCause(), cause)), cause);
        } catch (ExceptionInInitializerError cause) {
            throw notMade(
                    "its static initializer threw " + Thrown.text(Objects.requireNonNullElse(cause.getCause(), cause)),
                    cause);
        } catch (ReflectiveOperationException cause) {
            throw new IllegalArgumentException(
                    "class (" + className + ") must be public, with a public constructor without parameters", cause);
        } catch (LinkageError cause) {
            throw notMade(Thrown.text(cause), cause);
        }
    }

    private IllegalArgumentException notMade(String why, Throwable cause) {
        return new IllegalArgumentException("class (" + className + ") could not be made: " + why, cause);
    }

    /** Closes an implementation; returns what was wrong with its end, if anything. */
    static Optional<String> close(Implementation implementation) {
        Implementation opened = implementation instanceof Bounded bounded ? bounded.implementation() : implementation;
        try {
            if (opened instanceof AutoCloseable closeable) {
                closeable.close();
            }
            return Optional.empty();
        } catch (ImplementationFault told) {
            return Optional.of(told.getMessage());
        } catch (Exception broken) {
            return Optional.of(Thrown.words(broken) + " when it was closed");
        }
    }

    /** The arguments that name the same implementation in another command. */
    List<String> arguments(List<String> words) {
        List<String> arguments = new ArrayList<>();
        if (timeout != null) {
            arguments.addAll(List.of("--timeout", timeout));
        }
        if (className != null) {
            arguments.addAll(List.of("--class", className));
        }
        if (!words.isEmpty()) {
            arguments.add("--");
            arguments.addAll(words);
        }
        return arguments;
    }
}
