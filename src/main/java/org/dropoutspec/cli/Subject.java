package org.dropoutspec.cli;

import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.ReferenceImplementation;
import org.dropoutspec.wire.AdapterProcess;
import picocli.CommandLine.Option;

/** The options that say which implementation a command is about, beside the words after -- that start an adapter. */
final class Subject {
    @Option(
            names = "--class",
            paramLabel = "NAME",
            description = "a Java class on the class path that implements Implementation and has a public constructor "
                    + "without parameters (put the jar and your classes on java -cp and name org.dropoutspec.cli.Main)")
    private String className;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "how long the adapter may take to answer one request (default: ${DEFAULT-VALUE})")
    private double timeout = AdapterProcess.DEFAULT_TIMEOUT.toSeconds();

    /**
     * Starts or makes the implementation.
     *
     * @param command of an adapter; empty for the class or the embedded reference
     * @param seed where the embedded reference's stream begins
     */
    Implementation open(List<String> command, long seed) {
        if (className != null && !command.isEmpty()) {
            throw new IllegalArgumentException(
                    "class (" + className + ") and command (" + command.get(0) + ") exclude each other: name one");
        }
        if (!(timeout > 0 && timeout <= 1e6)) {
            throw new IllegalArgumentException("timeout (" + timeout + ") must be a positive number of seconds");
        }
        if (!command.isEmpty()) {
            return new AdapterProcess(command, Duration.ofMillis(Math.max(1, Math.round(timeout * 1000))));
        }
        return className != null ? instantiate() : new ReferenceImplementation(seed);
    }

    private Implementation instantiate() {
        try {
            Class<?> type = Class.forName(className);
            if (!Implementation.class.isAssignableFrom(type)) {
                throw new IllegalArgumentException(
                        "class (" + className + ") must implement " + Implementation.class.getName());
            }
            return (Implementation) type.getConstructor().newInstance();
        } catch (ClassNotFoundException | LinkageError cause) {
            throw new IllegalArgumentException("class (" + className + ") must be on the class path", cause);
        } catch (InvocationTargetException cause) {
            throw new IllegalArgumentException(
                    "class (" + className + ") could not be made: its constructor threw " + cause.getCause(), cause);
        } catch (ReflectiveOperationException cause) {
            throw new IllegalArgumentException(
                    "class (" + className + ") must be public, with a public constructor without parameters", cause);
        }
    }

    /** The arguments that name the same implementation again. */
    List<String> arguments(List<String> command) {
        List<String> arguments = new ArrayList<>();
        if (timeout != AdapterProcess.DEFAULT_TIMEOUT.toSeconds()) {
            arguments.addAll(List.of(
                    "--timeout",
                    timeout == Math.rint(timeout) ? Long.toString((long) timeout) : Double.toString(timeout)));
        }
        if (className != null) {
            arguments.addAll(List.of("--class", className));
        }
        if (!command.isEmpty()) {
            arguments.add("--");
            arguments.addAll(command);
        }
        return arguments;
    }
}
