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
@Timeout(60)
class OtherAdaptersTest {
    private static final Tensor INPUT = Tensor.ofFloats(Shape.of(2, 3), 1, -2, 3, -4, -0f, 6);

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
            assertThat(adapter.dropout(Call.evaluation(0.5, INPUT))).isEqualTo(Result.of(INPUT));
            Call call = Call.training(0.5, INPUT).withSeed((1L << 53) - 1).withGradOutput(INPUT);
            Result result = adapter.dropout(call);
            assertThat(adapter.dropout(call)).isEqualTo(result);
            Tensor mask = result.mask().orElseThrow();
            assertThat(result.output()).isEqualTo(doubled(mask));
            assertThat(result.gradInput()).contains(result.output());
            Tensor some = Tensor.ofBooleans(INPUT.shape(), true, false, true, true, false, true);
            assertThat(adapter.dropout(Call.training(0.5, INPUT).withMask(some)))
                    .isEqualTo(Result.of(doubled(some)).withMask(some));
            // of one, two, four and five elements, so that base64 ends in every way
            for (int size : new int[] {0, 1, 2, 4, 5}) {
                Tensor ones = Tensor.full(DType.FLOAT64, Shape.of(size), 1.1);
                assertThat(adapter.dropout(Call.training(0, ones)).output()).isEqualTo(ones);
            }
            assertThat(adapter.dropout(Call.training(1, INPUT)).output())
                    .isEqualTo(Tensor.full(DType.FLOAT32, INPUT.shape(), 0));
            for (double rate : new double[] {-0.1, 1.5, Double.NaN, Double.NEGATIVE_INFINITY}) {
                assertThatThrownBy(() -> adapter.dropout(Call.evaluation(rate, INPUT)))
                        .isInstanceOf(RejectedCall.class)
                        .hasMessageContaining("must be in [0, 1]");
            }
            PythonAdapter.closeCleanly(adapter);
        }
    }

    /** The input at rate 1/2 under a mask. */
    private static Tensor doubled(Tensor mask) {
        double[] values = INPUT.values();
        for (int i = 0; i < values.length; i++) {
            values[i] = mask.bits(i) == 1 ? 2 * values[i] : 0;
        }
        return Tensor.of(DType.FLOAT32, INPUT.shape(), values);
    }

    private static AdapterProcess start(String... command) {
        return new AdapterProcess(List.of(command), PythonAdapter.LIMITS);
    }
}
