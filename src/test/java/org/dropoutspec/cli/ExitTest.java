package org.dropoutspec.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.ReferenceImplementation;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.wire.Deadline;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How the program ends, in a JVM of its own: without a verdict never with status 0, whatever ends it. */
@Timeout(120)
class ExitTest {
    private record Ended(int status, String out, String err) {}

    @Test
    void codeUnderTestThatExitsIsNoSuccess() throws Exception {
        for (Class<?> exiting : List.of(ExitsInACall.class, ExitsInItsDescription.class)) {
            Ended ended = certify("--class", exiting.getName());
            assertThat(ended.status()).isEqualTo(2);
            assertThat(ended.out()).isEmpty();
            assertThat(ended.err())
                    .isEqualToNormalizingNewlines(
                            "ended without a result: stopped from outside, or by a System.exit in the code under test\n");
        }
    }

    @Test
    void codeUnderTestThatHaltsItsJvmIsNoSuccess() throws Exception {
        Ended ended = certify("--class", HaltsInACall.class.getName());
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err())
                .isEqualToNormalizingNewlines(
                        "ended without a result: the code under test ended its JVM, with status 0\n");
    }

    @Test
    void aHookOfTheCodeUnderTestThatDoesNotEndIsNotWaitedFor() throws Exception {
        Ended ended = certify("--only", "SHAPE-2", "--class", LeavesAHookThatHangs.class.getName());
        assertThat(ended.status()).as(ended.out() + ended.err()).isZero();
        assertThat(ended.out()).contains("conformant");
        assertThat(ended.err()).isEmpty();
    }

    @Test
    void codeUnderTestThatIsBrokenExitsWithItsVerdict() throws Exception {
        Ended broken = certify("--only", "FWD-1", "--class=" + Unscaled.class.getName());
        assertThat(broken.status()).isOne();
        assertThat(broken.out()).contains("nonconformant");
    }

    @Test
    void codeUnderTestThatDoesNotComeBackIsEndedWithTheTotalTime() throws Exception {
        Ended ended = ended(program(NeverComesBack.class));
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err())
                .isEqualToNormalizingNewlines("the time for the whole run is up: 0.001 s (--total-timeout), "
                        + "and the code under test does not come back\n");
    }

    /** A run whose time is up. */
    static final class NeverComesBack {
        private NeverComesBack() {}

        public static void main(String[] arguments) {
            Watchdog.start(Deadline.in(Duration.ofMillis(1)), Duration.ZERO, new PrintWriter(System.err, true));
            while (true) {
                LockSupport.park();
            }
        }
    }

    @Test
    void whatTookTooLongIsAskedNothingMore() throws Exception {
        Ended ended = certify("--class", Printing.class.getName(), "--total-timeout", "0.001");
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err())
                .isEqualToNormalizingNewlines("the time for the whole run is up: 0.001 s (--total-timeout)\n");
    }

    @Test
    void whatCodeUnderTestPrintsIsNoResult() throws Exception {
        Ended ended = certify("--class", Printing.class.getName(), "--only", "FWD-1");
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).startsWith("conformant: me");
    }

    @Test
    void whatWasDecidedBeforeASignalIsToldAndWritten(@TempDir Path report) throws Exception {
        Assumptions.assumeTrue(new File("/proc").exists()); // a system with signals
        String script =
                Path.of(ExitTest.class.getResource("interrupting.py").toURI()).toString();
        Ended ended = certify(
                "--seed", "7", "--only", "RATE-4,MASK-1", "--report", report.toString(), "--", "python3", script, ".");
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.out())
                .contains("RATE-4 MUST reject a drop rate of NaN: expected a rejection, got an answer")
                .containsOnlyOnce("the run was cut off by a signal")
                .contains("not judged: the run was cut off by a signal: what was open then was not judged");
        assertThat(ended.err()).isEmpty();
        assertThat(report.resolve("certificate.json"))
                .content()
                .contains("\"not_judged\" : [ \"the run was cut off by a signal");
    }

    @Test
    void aResultThatCannotBeWrittenIsNone() throws Exception {
        File full = new File("/dev/full");
        Assumptions.assumeTrue(full.exists());
        Process process = start("spec").redirectOutput(full).start();
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(err).isEqualToNormalizingNewlines("the result could not be written to standard output\n");
    }

    /** Without an adapter too: nothing of adapters had been loaded by then, and the hook broke on it. */
    @Test
    void aSignalEndsACommandThatHasNoAdapter() throws Exception {
        Path pipe = Path.of("/dev/stdin");
        Assumptions.assumeTrue(Files.exists(pipe));
        Process process = start("report", pipe.toString()).start();
        process.getOutputStream()
                .write(new byte[1 << 20]); // more than a pipe holds: when it is through, the command reads
        process.toHandle().destroy(); // which leaves its streams open
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(err)
                .isEqualToNormalizingNewlines(
                        "ended without a result: stopped from outside, or by a System.exit in the code under test\n");
    }

    @Test
    void aReaderThatHasSeenEnoughIsNoFailure() throws Exception {
        Process process = start("spec").start();
        process.getInputStream().close();
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        assertThat(err).isEmpty();
    }

    @Test
    void aResultThatWasWrittenExitsWithItsStatus() throws Exception {
        Ended ended = ended(start("spec", "BWD-1"));
        assertThat(ended.status()).isZero();
        assertThat(ended.out()).startsWith("### BWD-1 MUST");
        assertThat(ended.err()).isEmpty();
    }

    private static Ended certify(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("certify"));
        all.addAll(List.of(arguments));
        return ended(start(all.toArray(String[]::new)));
    }

    private static ProcessBuilder start(String... arguments) {
        return program(Main.class, arguments);
    }

    private static ProcessBuilder program(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    /** None of these programs writes more than a pipe holds. */
    private static Ended ended(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), out, err);
    }

    abstract static class Unfinished implements Implementation {
        @Override
        public Description description() {
            return Description.of("unfinished", "1");
        }

        @Override
        public Result dropout(Call call) {
            return null;
        }
    }

    public static final class ExitsInACall extends Unfinished {
        @Override
        public Result dropout(Call call) {
            System.exit(0);
            return null;
        }
    }

    public static final class HaltsInACall extends Unfinished {
        @Override
        public Result dropout(Call call) {
            Runtime.getRuntime().halt(0);
            return null;
        }
    }

    public static class Plain extends Unfinished {
        private final Implementation reference = new ReferenceImplementation(1);

        @Override
        public Result dropout(Call call) {
            Result full = reference.dropout(call);
            return Result.of(full.output());
        }
    }

    public static final class Unscaled extends Plain {
        @Override
        public Result dropout(Call call) {
            return call.training() ? super.dropout(call.withRate(0)) : super.dropout(call);
        }
    }

    public static class LeavesAHookThatHangs extends Plain {
        @Override
        public Description description() {
            Runtime.getRuntime().addShutdownHook(new Thread(LeavesAHookThatHangs::hang));
            return super.description();
        }

        private static void hang() {
            while (true) {
                LockSupport.park();
            }
        }
    }

    public static final class ExitsInItsDescription extends Unfinished {
        @Override
        public Description description() {
            System.exit(0);
            return null;
        }
    }

    public static final class Printing extends Unfinished {
        @Override
        public Result dropout(Call call) {
            System.out.println("conformant: me");
            return null;
        }
    }
}
