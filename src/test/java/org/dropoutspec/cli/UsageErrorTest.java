package org.dropoutspec.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A mistake on the command line: one line that names it and what was expected, nothing on standard output, exit 2. */
class UsageErrorTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    certify --tier huge              | tier (huge) must be one of quick, standard, deep
                    certify --tier QUICK             | tier (QUICK) must be one of quick, standard, deep
                    certify --seed x7                | invalid value for option '--seed': 'x7' is not a long
                    certify --seed -1                | seed (-1) must be from 0 to 2^53 - 1
                    certify --seed 9007199254740992  | seed (9007199254740992) must be from 0 to 2^53 - 1
                    certify --seed 1e3               | invalid value for option '--seed': '1e3' is not a long
                    certify --only BWD-99            | requirement (BWD-99) must be one of the specification
                    certify --only EVAL-1,bwd-1      | requirement (bwd-1) must be one of the specification
                    certify --only FWD-9             | requirement (FWD-9) must have a check, it has none: In version
                    certify --only                   | missing required parameter for option '--only' (ID)
                    certify --timeout 0              | timeout (0.0) must be a positive number of seconds
                    certify --timeout -3             | timeout (-3.0) must be a positive number of seconds
                    certify --timeout NaN            | timeout (NaN) must be a positive number of seconds
                    certify --timeout soon           | invalid value for option '--timeout': 'soon' is not a double
                    certify --class no.Such          | class (no.Such) must be on the class path
                    certify --class java.lang.String | class (java.lang.String) must implement org.dropoutspec.impl
                    certify --class a.B -- adapter   | class (a.B) and command (adapter) exclude each other
                    certify -- /no/such/adapter      | command (/no/such/adapter) cannot be started: no such file
                    certify --expect /no/such/file   | expectations (/no/such/file) must be a readable file
                    certify --colour                 | unknown option: '--colour'; see dropout-conformance certify --h
                    certificate                      | unmatched argument at index 0: 'certificate'; see dropout-conf
                    spec BWD-99                      | requirement (BWD-99) must be one of the specification
                    """)
    void isToldInOneLine(String commandLine, String message) {
        requireOneLine(Run.of(commandLine.split(" ")), message);
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
