package org.dropoutspec.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.ImplementationFault;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A reply that the suite's own heap cannot hold is no time-out of the adapter. */
@Timeout(60)
class OutOfMemoryTest {
    @Test
    void aReaderWhoseMemoryRunsOutSaysSo() throws InterruptedException {
        ReplyLines lines = new ReplyLines(
                new InputStream() {
                    @Override
                    public int read() {
                        throw new OutOfMemoryError("Java heap space");
                    }
                },
                100);
        lines.run();
        assertThat(lines.poll(0)).isEqualTo(new ReplyLines.OutOfMemory());
    }

    @Test
    void aReplyThatTheHeapCannotHoldIsToldAsWhatItIs() throws IOException, InterruptedException {
        List<String> adapter = PythonAdapter.command("nasty.py", "endless line");
        Process suite = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx24m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Suite.class.getName(),
                        adapter.get(0),
                        adapter.get(3))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String told = new String(suite.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(suite.waitFor()).isZero();
        assertThat(told)
                .matches("(?s)the suite's memory ran out while it read the reply; its heap is \\d+ MiB, "
                        + "and java -Xmx sets it\\nrequest: \\{.*");
    }

    /** Asks a call whose reply could be longer than the heap. */
    static final class Suite {
        private Suite() {}

        public static void main(String[] args) {
            AdapterProcess adapter = new AdapterProcess(
                    List.of(args[0], "-S", "-E", args[1], "endless line"), TimeLimits.of(Duration.ofSeconds(30)));
            try {
                adapter.dropout(Call.training(0.5, Tensor.full(DType.FLOAT32, Shape.of(1 << 20), 1)));
            } catch (ImplementationFault fault) {
                System.out.print(fault.getMessage());
            }
            adapter.close();
        }
    }
}
