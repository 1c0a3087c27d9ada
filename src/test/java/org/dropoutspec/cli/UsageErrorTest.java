package org.dropoutspec.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A mistake on the command line: one line that names it and what was expected, nothing on standard output, exit 2. */
class UsageErrorTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    certify --tier huge              | tier (huge) must be one of quick, standard, deep
                    certify --tier QUICK             | tier (QUICK) must be one of quick, standard, deep
                    certify --seed x7                | seed (x7) must be a whole number; see dropout-conformance certify --help
                    certify --seed -1                | seed (-1) must be from 0 to 2^53 - 1
                    certify --seed 9007199254740992  | seed (9007199254740992) must be from 0 to 2^53 - 1
                    certify --seed 1e3               | seed (1e3) must be a whole number
                    certify --only BWD-99            | requirement (BWD-99) must be one of the specification
                    certify --only EVAL-1,bwd-1      | requirement (bwd-1) must be one of the specification
                    certify --only                   | missing required parameter for option '--only' (ID
                    certify --only ,                 | only (,) must name requirements with one comma between two
                    certify --only FWD-1,            | only (FWD-1,) must name requirements with one comma between two
                    certify --only FWD-1,,EVAL-1     | only (FWD-1,,EVAL-1) must name requirements with one comma
                    certify --operation ,            | operation (,) must name operations with one comma between two
                    certify --require                | missing required parameter for option '--require' (ID
                    certify --require ,              | require (,) must name requirements with one comma between two
                    certify --require BWD-99         | require (BWD-99) must be of the requirements examined
                    certify --require NUM-66         | require (NUM-66) must be of the requirements examined
                    certify --only FWD-1 --require EVAL-1 | require (EVAL-1) must be of the requirements examined
                    certify --timeout 0              | timeout (0) must be a number of seconds above 0, such as 60 or
                    certify --timeout 0.0            | timeout (0.0) must be a number of seconds above 0, such as 60
                    certify --timeout -3             | timeout (-3) must be a number of seconds above 0, such as 60
                    certify --timeout NaN            | timeout (NaN) must be a number of seconds above 0, such as 60
                    certify --timeout soon           | timeout (soon) must be a number of seconds above 0, such as 60
                    certify --timeout 5d             | timeout (5d) must be a number of seconds above 0, such as 60
                    certify --timeout 0x1p3          | timeout (0x1p3) must be a number of seconds above 0, such as 60
                    certify --timeout 1000001        | timeout (1000001) must be a number of seconds above 0, such as
                    certify --total-timeout 1e3      | total-timeout (1e3) must be a number of seconds above 0, such
                    certify --processes 3000000000   | processes (3000000000) must be a whole number, and a smaller one
                    certify --expect /dev/zero       | expectations (/dev/zero) must be a readable file: more than 64 megabytes
                    report /dev/zero                 | certificate (/dev/zero) must be a readable file: more than 64 megabytes
                    certify --processes 0            | processes (0) must be from 1 to 256
                    certify --processes 2            | processes (2) are of an adapter: name the command that starts it
                    certify --processes 2 --profile  | profile and processes (2) exclude each other
                    certify --                       | command () must follow --, such as -- python3 adapter.py
                    certify --seed 7 --              | command () must follow --, such as -- python3 adapter.py
                    golden verify --                 | command () must follow --, such as -- python3 adapter.py
                    self-test --seed -1              | seed (-1) must be from 0 to 2^53 - 1
                    self-test --seed 9007199254740992 | seed (9007199254740992) must be from 0 to 2^53 - 1
                    self-test --generated 0          | generated (0) must be positive
                    self-test --generated 5 --index 5 | index (5) must be from 0 to 4
                    self-test --index -1             | index (-1) must be from 0 on
                    self-test --generated 5 --all    | --generated draws defects of its own: it goes with --tier,
                    self-test --json /               | json (/) must be a file in a directory that can be written to
                    self-test --json /no/such/file   | json (/no/such/file) must be a file in a directory that can be
                    certify -- @/no/such/file        | command (@/no/such/file) cannot be started: no such file
                    certify --class no.Such          | class (no.Such) must be on the class path
                    certify --class java.lang.String | class (java.lang.String) must implement org.dropoutspec.impl
                    certify --class a.B -- adapter   | class (a.B) and command (adapter) exclude each other
                    certify -- /no/such/adapter      | command (/no/such/adapter) cannot be started: no such file
                    certify --expect /no/such/file   | expectations (/no/such/file) must be a readable file
                    certify --colour                 | option (--colour) is unknown; see dropout-conformance certify --h
                    certificate                      | command (certificate) is unknown, similar to
                    spec BWD-99                      | requirement (BWD-99) must be one of the specification
                    """)
    void isToldInOneLine(String commandLine, String message) {
        requireOneLine(Run.of(commandLine.split(" ")), message);
    }

    @Test
    void anEmptyNameIsTold() {
        requireOneLine(Run.of("certify", "--report", ""), "report () must name a directory");
        requireOneLine(Run.of("certify", "--report", " "), "report ( ) must name a directory");
        requireOneLine(Run.of("golden", "verify", ""), "directory () must be named");
        requireOneLine(Run.of("certify", "--class", ""), "class () must be on the class path");
        requireOneLine(Run.of("certify", ""), "command () cannot be started: ");
        requireOneLine(Run.of("certify", "--", ""), "command () cannot be started: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--tier huge", "--colour", "--seed", "-- /no/such/adapter", "--only ,"})
    void whatAnEarlierRunReportedIsGoneAfterACommandLineThatMakesNoSense(String mistake) throws IOException {
        for (String name : List.of("certificate.json", "junit.xml", "report.txt")) {
            Files.writeString(directory.resolve(name), "of an earlier run");
        }
        List<String> arguments = new ArrayList<>(List.of("certify", "--report", directory.toString()));
        arguments.addAll(List.of(mistake.split(" ")));
        assertThat(Run.of(arguments.toArray(String[]::new)).exitStatus()).isEqualTo(2);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void whatFollowsTheSeparatorIsNotOurs() throws IOException {
        Path other = Files.writeString(directory.resolve("certificate.json"), "the adapter's");
        Run.of("certify", "--colour", "--", "adapter", "--report", directory.toString());
        assertThat(other).exists();
    }

    @Test
    void anArgumentOfTheAdapterThatBeginsWithAnAtSignIsItsOwn() throws IOException {
        Path file = Files.writeString(directory.resolve("arguments"), "--seed 7");
        requireOneLine(
                Run.of("certify", "--", "/no/such/adapter", "@" + file),
                "command (/no/such/adapter) cannot be started: ");
    }

    @Test
    void anExpectationThatMakesNoSenseIsToldWithItsFileAndLine() throws IOException {
        Path file = Files.writeString(directory.resolve("known"), "# known\nFWD-1 perhaps\n");
        requireOneLine(
                Run.of("certify", "--expect", file.toString()),
                "expectations (" + file + "): line 2 (FWD-1 perhaps) must be a requirement and a verdict");
    }

    @Test
    void aReportThatCannotBeWrittenIsToldBeforeTheRun() throws IOException {
        Path file = Files.createFile(directory.resolve("report"));
        requireOneLine(
                Run.of("certify", "--class", NeverMade.class.getName(), "--report", file.toString()),
                "report directory (" + file + ") must be writable: a file is in its place");
    }

    @Test
    void aClassWhoseConstructorThrowsIsToldWithItsException() {
        requireOneLine(
                Run.of("certify", "--class", NeverMade.class.getName()),
                "class (" + NeverMade.class.getName() + ") could not be made: its constructor threw "
                        + "java.lang.IllegalStateException: made");
    }

    @Test
    void aClassWhoseInitializerFailsIsToldWithItsException() {
        requireOneLine(
                Run.of("certify", "--class", NeverInitialized.class.getName()),
                "class (" + NeverInitialized.class.getName() + ") could not be made: its static initializer threw "
                        + "java.lang.IllegalStateException: no driver");
        requireOneLine(
                Run.of("certify", "--class", NeverLinked.class.getName()),
                "class (" + NeverLinked.class.getName() + ") could not be made: java.lang.UnsatisfiedLinkError: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"certify", "golden verify"})
    void aClassThatDoesNotDescribeItselfIsTold(String command) {
        List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
        arguments.addAll(List.of("--class", Nameless.class.getName()));
        requireOneLine(
                Run.of(arguments.toArray(String[]::new)),
                "class (" + Nameless.class.getName() + ") must describe itself: its description() gave null");
        arguments.set(arguments.size() - 1, MadeOnly.class.getName());
        requireOneLine(
                Run.of(arguments.toArray(String[]::new)),
                "class (" + MadeOnly.class.getName() + ") must describe itself: its description() threw "
                        + "java.lang.UnsupportedOperationException");
    }

    @Test
    void aClassWithoutItsConstructorIsTold() {
        requireOneLine(
                Run.of("certify", "--class", NeedsAnArgument.class.getName()),
                "class (" + NeedsAnArgument.class.getName()
                        + ") must be public, with a public constructor without parameters");
    }

    @Test
    void noCommandShowsTheHelpAndIsNoSuccess() {
        Run run = Run.of();
        assertThat(run.exitStatus()).isEqualTo(2);
        assertThat(run.out()).anyMatch(line -> line.startsWith("Usage: dropout-conformance"));
    }

    private static void requireOneLine(Run run, String message) {
        assertThat(run.err()).singleElement().asString().startsWith(message);
        assertThat(run.out()).isEmpty();
        assertThat(run.exitStatus()).isEqualTo(2);
    }

    /** An implementation that cannot be made. */
    public static final class NeverMade extends Unused {
        public NeverMade() {
            throw new IllegalStateException("made");
        }
    }

    /** An implementation whose class cannot be initialized. */
    public static final class NeverInitialized extends Unused {
        private static final Object DRIVER = driver();

        private static Object driver() {
            throw new IllegalStateException("no driver");
        }

        @Override
        public String toString() {
            return DRIVER.toString();
        }
    }

    /** An implementation whose native library is missing. */
    public static final class NeverLinked extends Unused {
        static {
            System.loadLibrary("no-such-library");
        }
    }

    /** An implementation that can be made. */
    public static final class MadeOnly extends Unused {}

    /** An implementation that says nothing of itself. */
    public static final class Nameless extends Unused {
        @Override
        public Description description() {
            return null;
        }
    }

    /** An implementation that only its author can make. */
    public static final class NeedsAnArgument extends Unused {
        public NeedsAnArgument(int argument) {
            throw new IllegalStateException("made with " + argument);
        }
    }

    abstract static class Unused implements Implementation {
        @Override
        public Description description() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Result dropout(Call call) {
            throw new UnsupportedOperationException();
        }
    }
}
