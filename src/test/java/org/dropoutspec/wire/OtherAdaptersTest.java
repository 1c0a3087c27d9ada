package org.dropoutspec.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

/** The loop that adapters in JavaScript share, and the examples in JavaScript and C. */
@Timeout(120)
class OtherAdaptersTest {
    /** Prints where it should not, and fails in every way. */
    private static final String LOUD = """
            import * as adapter from "%s";
            console.log("banner");
            process.stdout.write("another\\n");

            async function dropout(call) {
              if (call.rate === 0.25) throw new TypeError("of the adapter's own");
              if (call.rate === 0.5) throw new adapter.Unsupported("no halves");
              const isRejection = (error) => error instanceof RangeError;
              adapter.rejecting(isRejection, () => {
                if (call.rate === 0.75) throw new RangeError("too much");
              });
              return { output: adapter.Tensor.of("float64", call.input.shape, call.input.numbers()), mask: undefined };
            }

            adapter.serve({ name: "loud", version: "1", language: "JavaScript" }, { dropout }, { dtypes: ["float64"] });
            """;

    @Test
    void javaScriptLoopKeepsStandardOutputForRepliesAndMapsExceptions(@TempDir Path directory) throws IOException {
        assumeTrue(PythonAdapter.succeeds(List.of("node", "--version")), "node is missing");
        Path script = directory.resolve("loud.mjs");
        Path loop = Path.of("src/adapters/javascript/dropout_adapter.mjs");
        Files.writeString(script, LOUD.formatted(loop.toAbsolutePath().toUri()));
        Tensor input = Tensor.of(DType.FLOAT64, Shape.of(3), 1, -0.0, Double.NaN);
        try (AdapterProcess adapter = start("node", script.toString())) {
            assertThat(adapter.dropout(Call.training(0, input))).isEqualTo(Result.of(input));
            assertThatThrownBy(() -> adapter.dropout(Call.training(0.25, input)))
                    .isInstanceOf(ImplementationFault.class)
                    .hasMessageContaining("the adapter answered internal: TypeError: of the adapter's own")
                    .hasMessageContaining("\n  banner\n  another");
            assertThatThrownBy(() -> adapter.dropout(Call.training(0.5, input)))
                    .isInstanceOf(UnsupportedCall.class)
                    .hasMessage("no halves");
            assertThatThrownBy(() -> adapter.dropout(Call.training(0.75, input)))
                    .isInstanceOf(RejectedCall.class)
                    .hasMessage("too much");
            PythonAdapter.closeCleanly(adapter);
        }
    }

    @Test
    void exampleInJavaScriptDropsScalesAndRejects() {
        assumeTrue(PythonAdapter.succeeds(List.of("node", "--version")), "node is missing");
        requireDropout("node", "src/adapters/javascript/adapter.mjs");
    }

    @Test
    void exampleInCDropsScalesAndRejects(@TempDir Path directory) {
        String program = directory.resolve("adapter").toString();
        assumeTrue(PythonAdapter.succeeds(List.of("cc", "--version")), "there is no compiler cc");
        assertThat(PythonAdapter.succeeds(List.of(
                        "cc", "-std=c99", "-Wall", "-Werror", "-o", program, "src/adapters/c/adapter.c", "-lm")))
                .isTrue();
        requireDropout(program);
    }

    private static void requireDropout(String... command) {
        try (AdapterProcess adapter = start(command)) {
            ExampleAdapter.requireDropout(adapter);
            PythonAdapter.closeCleanly(adapter);
        }
    }

    private static AdapterProcess start(String... command) {
        return new AdapterProcess(List.of(command), PythonAdapter.GENEROUS);
    }
}
