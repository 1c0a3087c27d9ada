package org.dropoutspec.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.ImplementationFault;
import org.dropoutspec.implementation.RejectedCall;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.implementation.UnsupportedCall;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each kind of broken adapter gets: the fault told, in bounded time, and no process left. */
@Timeout(20)
class AdapterFaultTest {
    private static final Call CALL = Call.training(0.5, Tensor.ofFloats(Shape.of(2), 1, 2));
    private static final Duration SHORT = Duration.ofMillis(400);

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    die                | it exited with status 3 without an answer
                    segfault           | it exited with status 139 (signal 11) without an answer
                    die in the middle  | it exited with status 4 in the middle of a line: {"id": 1, "outp
                    close output       | it closed standard output without an answer
                    banner             | standard output is reserved for replies
                    no JSON            | the reply is no JSON object on one line
                    deep               | nested more than 16 deep
                    endless line       | a reply line is longer than 1048720 bytes
                    UTF-8              | (it is no UTF-8 at byte 52)
                    other id           | id (99) must repeat the request's: 1
                    two replies        | more than one line came for one request
                    flood              | id (-1) must repeat the request's: 1
                    grandchild         | it exited with status 5 without an answer
                    """)
    void faultIsToldWithItsRequest(String mode, String message) {
        AdapterProcess adapter = PythonAdapter.nasty(mode);
        assertThatThrownBy(() -> adapter.dropout(CALL))
                .isInstanceOf(ImplementationFault.class)
                .hasMessageStartingWith("adapter fault: ")
                .hasMessageContaining(message)
                .hasMessageContaining("\nrequest: {\"id\":1,\"op\":\"dropout\",\"rate\":0.5,\"training\":true,"
                        + "\"input\":{\"dtype\":\"float32\",\"shape\":[2],\"data\":\"(8 bytes)\"}}\n");
        assertThat(ProcessTree.marked(adapter.session())).isEmpty();
        PythonAdapter.closeCleanly(adapter);
    }

    @Test
    void lastWordsAreShown() {
        AdapterProcess adapter = PythonAdapter.nasty("die");
        assertThatThrownBy(() -> adapter.dropout(CALL)).hasMessageEndingWith("standard error, its end:\n  last words");
        PythonAdapter.closeCleanly(adapter);
    }

    @Test
    void floodOfStandardErrorIsCutToItsEndWithControlCharactersVisible() {
        AdapterProcess adapter = PythonAdapter.nasty("flood");
        ImplementationFault fault = catchThrowableOfType(ImplementationFault.class, () -> adapter.dropout(CALL));
        assertThat(fault.getMessage()).endsWith("\n  noise 99999 \\u001b[31m");
        assertThat(fault.getMessage().lines().filter(line -> line.startsWith("  noise")))
                .hasSize(12);
        PythonAdapter.closeCleanly(adapter);
    }

    @ParameterizedTest
    @CsvSource({"silence, no answer within 0.4 s", "dribble, no answer within 0.4 s", "SIGTERM, no answer within 0.4 s"
    })
    void timeoutEndsTheProcess(String mode, String message) {
        AdapterProcess adapter = PythonAdapter.nasty(SHORT, mode);
        assertThatThrownBy(() -> adapter.dropout(CALL)).hasMessageContaining("adapter fault: " + message);
        assertThat(ProcessTree.marked(adapter.session())).isEmpty();
        PythonAdapter.closeCleanly(adapter);
    }

    @Test
    void theTimeThatIsWaitedInVainIsTheAdapters() {
        AdapterProcess adapter = PythonAdapter.nasty(SHORT, "silence");
        long before = adapter.nanosAnswering();
        assertThatThrownBy(() -> adapter.dropout(CALL)).hasMessageContaining("no answer within 0.4 s");
        assertThat(adapter.nanosAnswering() - before).isGreaterThanOrEqualTo(SHORT.toNanos());
        PythonAdapter.closeCleanly(adapter);
    }

    @Test
    void secondTimeoutIsTheLast() {
        AdapterProcess adapter = PythonAdapter.nasty(SHORT, "silence");
        assertThatThrownBy(() -> adapter.dropout(CALL)).hasMessageContaining("no answer");
        assertThatThrownBy(() -> adapter.dropout(CALL)).hasMessageStartingWith("adapter fault: no answer");
        assertThatThrownBy(() -> adapter.dropout(CALL))
                .isInstanceOf(ImplementationFault.class)
                .hasMessageStartingWith("the adapter was given up after 2 time-outs; the last was: adapter fault: no");
        PythonAdapter.closeCleanly(adapter);
    }

    @Test
    void requestThatNobodyReadsTimesOut() {
        AdapterProcess adapter = PythonAdapter.nasty(SHORT, "deaf");
        Call large = Call.training(0.5, Tensor.full(DType.FLOAT32, Shape.of(1 << 18), 1));
        ImplementationFault fault = catchThrowableOfType(ImplementationFault.class, () -> adapter.dropout(large));
        assertThat(fault).hasMessageContaining("the request was not read within 0.4 s");
        assertThat(fault).hasMessageContaining("\"data\":\"(1048576 bytes)\"}}\n");
        assertThat(fault.getMessage()).hasSizeLessThan(2000);
        PythonAdapter.closeCleanly(adapter);
    }

    @Test
    void secondReplyThatComesLaterIsFoundAtTheNextRequest() throws InterruptedException {
        AdapterProcess adapter = PythonAdapter.nasty("second reply later");
        try {
            adapter.dropout(CALL);
            Thread.sleep(200);
            assertThatThrownBy(() -> adapter.dropout(CALL)).hasMessageContaining("unasked: a second reply");
        } catch (ImplementationFault fault) {
            // both lines may come in one read
            assertThat(fault).hasMessageContaining("more than one line came");
        }
        PythonAdapter.closeCleanly(adapter);
    }

    @Test
    void ctrlCThatReachesTheAdapterFirstIsNoFaultOfIts() {
        assumeTrue(Files.isDirectory(Path.of("/proc/self")), "which processes belong to an adapter is not known here");
        AdapterProcess adapter = PythonAdapter.nasty("interrupted");
        ProcessTree.marked(adapter.session())
                .forEach(process -> process.onExit().thenRun(adapter::kill));
        assertThatThrownBy(() -> adapter.dropout(CALL))
                .hasMessage("the run was cut off by a signal: what was open then was not judged");
    }

    @Test
    void nextCallStartsTheAdapterAgain() {
        AdapterProcess adapter =
                PythonAdapter.nasty("once", directory.resolve("died").toString());
        assertThatThrownBy(() -> adapter.dropout(CALL)).hasMessageContaining("it exited with status 6");
        assertThat(adapter.dropout(CALL)).isEqualTo(Result.of(CALL.input()));
        assertThat(adapter.dropout(CALL)).isEqualTo(Result.of(CALL.input()));
        PythonAdapter.closeCleanly(adapter);
    }

    @Test
    void fourthFaultIsTheLast() {
        AdapterProcess adapter = PythonAdapter.nasty("die");
        for (int run = 0; run <= AdapterProcess.RESTARTS; run++) {
            assertThatThrownBy(() -> adapter.dropout(CALL)).hasMessageStartingWith("adapter fault: it exited");
        }
        assertThatThrownBy(() -> adapter.dropout(CALL))
                .isInstanceOf(ImplementationFault.class)
                .hasMessageStartingWith("the adapter was given up after 4 faults; the last was: adapter fault: it ex");
        PythonAdapter.closeCleanly(adapter);
    }

    @Test
    void otherDescriptionAfterARestartIsAFault() {
        AdapterProcess adapter =
                PythonAdapter.nasty("changing", directory.resolve("died").toString());
        assertThatThrownBy(() -> adapter.dropout(CALL)).hasMessageContaining("it exited with status 7");
        assertThatThrownBy(() -> adapter.dropout(CALL)).hasMessageContaining("it describes itself otherwise");
        PythonAdapter.closeCleanly(adapter);
    }

    @Test
    void errorsOfAHealthyAdapterLeaveItRunning() {
        AdapterProcess adapter = PythonAdapter.nasty("internal");
        ProcessHandle process = ProcessTree.marked(adapter.session()).iterator().next();
        for (int call = 0; call < 6; call++) {
            assertThatThrownBy(() -> adapter.dropout(CALL))
                    .isInstanceOf(ImplementationFault.class)
                    .hasMessageStartingWith("the adapter answered internal: as you wish\nrequest: {");
        }
        assertThat(ProcessTree.marked(adapter.session())).containsExactly(process);
        PythonAdapter.closeCleanly(adapter);
    }

    @Test
    void rejectionAndUnsupportedAreNoFaults() {
        AdapterProcess rejecting = PythonAdapter.nasty("invalid_argument");
        assertThatThrownBy(() -> rejecting.dropout(CALL))
                .isInstanceOf(RejectedCall.class)
                .hasMessage("as you wish");
        PythonAdapter.closeCleanly(rejecting);
        AdapterProcess unable = PythonAdapter.nasty("unsupported");
        assertThatThrownBy(() -> unable.dropout(CALL))
                .isInstanceOf(UnsupportedCall.class)
                .hasMessage("as you wish");
        assertThatThrownBy(() -> unable.dropout(CALL.withSeed(1)))
                .isInstanceOf(UnsupportedCall.class)
                .hasMessage("the adapter does not declare capability seed");
        PythonAdapter.closeCleanly(unable);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    exit at once    | it exited with status 1 without an answer
                    major           | the adapter speaks protocol 2.0, this suite 1.1: refused
                    banner at start | standard output is reserved for replies
                    silent hello    | no answer within 0.5 s
                    """)
    void faultInHelloIsFinal(String mode, String message) {
        TimeLimits limits =
                mode.equals("silent hello") ? TimeLimitsTest.starting(Duration.ofMillis(500)) : PythonAdapter.LIMITS;
        List<String> command = PythonAdapter.command("nasty.py", mode);
        assertThatThrownBy(() -> new AdapterProcess(command, limits))
                .isInstanceOf(ImplementationFault.class)
                .hasMessageContaining("adapter fault: ")
                .hasMessageContaining(message)
                .hasMessageContaining("request: {\"id\":0,\"op\":\"hello\",\"protocol\":\"1.1\"}");
    }

    @Test
    void commandThatDoesNotExistIsNamedInOneLine() {
        assertThatThrownBy(() -> new AdapterProcess(List.of("./no-such-adapter", "x")))
                .isInstanceOf(ImplementationFault.class)
                .hasMessage("command (./no-such-adapter) cannot be started: no such file or directory");
    }

    @Test
    void closeLeavesNoGrandchildBehind() {
        AdapterProcess adapter = PythonAdapter.nasty("quiet grandchild");
        adapter.dropout(CALL);
        assertThat(ProcessTree.marked(adapter.session())).hasSize(2);
        PythonAdapter.closeCleanly(adapter);
        adapter.close();
        assertThatThrownBy(() -> adapter.dropout(CALL)).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    stays          | it did not exit within 0.3 s
                    fails at end   | it exited with status 9
                    speaks at end  | it wrote to standard output, unasked: goodbye
                    half a line    | it wrote to standard output, unasked: good
                    """)
    void anEndOfInputThatIsNotObeyedIsAFault(String mode, String message) {
        AdapterProcess adapter = PythonAdapter.nasty(mode);
        assertThatThrownBy(adapter::close)
                .isInstanceOf(ImplementationFault.class)
                .hasMessageStartingWith("adapter fault at the end of its input: " + message + "\ncommand: ");
        assertThat(ProcessTree.marked(adapter.session())).isEmpty();
        adapter.close();
    }

    @Test
    void aSecondReplyToTheLastRequestIsAFaultAtTheEnd() {
        AdapterProcess adapter = PythonAdapter.nasty("second reply late");
        adapter.dropout(CALL);
        assertThatThrownBy(adapter::close).hasMessageContaining("it wrote to standard output, unasked: {\"id\": 1,");
    }

    @Test
    void aBadEndBeforeARestartIsToldInTheEnd() {
        AdapterProcess adapter = PythonAdapter.nasty("fails at end");
        assertThat(adapter.restart()).isTrue();
        assertThatThrownBy(adapter::close).hasMessageContaining("it exited with status 9");
    }

    @ParameterizedTest
    @CsvSource({"silence, 29.7", "once, 30"})
    void nothingIsAskedWhenTheTimeForTheWholeRunIsUp(String mode, double secondsLater) {
        AtomicLong later = new AtomicLong();
        Deadline deadline = Deadline.in(Duration.ofSeconds(30), () -> System.nanoTime() + later.get());
        AdapterProcess adapter = new AdapterProcess(
                PythonAdapter.command("nasty.py", mode, directory.toString()), Duration.ofSeconds(1000), deadline);
        later.set((long) (secondsLater * 1e9));
        for (int call = 0; call < 2; call++) {
            assertThatThrownBy(() -> adapter.dropout(CALL))
                    .isInstanceOf(ImplementationFault.class)
                    .hasMessage("the time for the whole run is up: 30 s (--total-timeout)");
        }
        PythonAdapter.closeCleanly(adapter);
    }
}
