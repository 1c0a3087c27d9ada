package org.dropoutspec.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A suite that is ended from outside, as Ctrl-C does, takes its adapters with it. */
@Timeout(20)
class ShutdownTest {
    @Test
    void adapterEndsWithTheSuite() throws IOException, InterruptedException {
        List<String> adapter = PythonAdapter.command("nasty.py", "SIGTERM");
        Process suite = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Suite.class.getName(),
                        adapter.get(0),
                        adapter.get(3))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String session;
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(suite.getInputStream(), StandardCharsets.UTF_8))) {
            session = output.readLine();
            assertThat(ProcessTree.marked(session)).hasSize(1);
            suite.destroy();
            assertThat(suite.waitFor(5, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(ProcessTree.marked(session)).isEmpty();
    }

    /** Asks a call that is never answered. */
    static final class Suite {
        private Suite() {}

        public static void main(String[] args) {
            AdapterProcess adapter = new AdapterProcess(
                    List.of(args[0], "-S", "-E", args[1], "SIGTERM"), TimeLimits.of(Duration.ofSeconds(60)));
            System.out.println(adapter.session());
            adapter.dropout(Call.training(0.5, Tensor.ofFloats(Shape.of(1), 1)));
        }
    }
}
