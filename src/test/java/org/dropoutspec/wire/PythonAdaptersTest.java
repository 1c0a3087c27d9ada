package org.dropoutspec.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.dropoutspec.implementation.BetweenCalls;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.ImplementationFault;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.PlainDropout;
import org.dropoutspec.implementation.RejectedCall;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.implementation.UnsupportedCall;
import org.dropoutspec.tensor.Bits;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;
import org.dropoutspec.tensor.Tiled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The loop that Python adapters share, and the examples built on it. */
@Timeout(120)
class PythonAdaptersTest {
    /** Prints where it should not, from Python and from a child, and fails in every way. */
    private static final String LOUD = """
            import sys
            sys.path.insert(0, "src/adapters/python")
            import dropout_adapter as adapter, os
            print("banner")
            os.system("echo banner of a child; cat")

            def dropout(call):
                print("progress")
                if call.rate == 0.25:
                    raise ValueError("of the adapter's own")
                if call.rate == 0.5:
                    raise NotImplementedError("no halves")
                with adapter.rejections(ValueError):
                    if call.rate == 0.75:
                        raise ValueError("too much")
                return {"output": call.input, "mask": None}

            adapter.serve({"name": "loud", "version": "1", "language": "Python"}, {"dropout": dropout}, ["bfloat16"])
            """;

    @Test
    void loopKeepsStandardOutputForRepliesAndMapsExceptions() {
        Tensor input = Tensor.of(DType.BFLOAT16, Shape.of(3), 1, 2, 3);
        try (AdapterProcess adapter = start("-c", LOUD)) {
            assertThat(adapter.dropout(Call.training(0, input))).isEqualTo(Result.of(input));
            assertThatThrownBy(() -> adapter.dropout(Call.training(0.25, input)))
                    .isInstanceOf(ImplementationFault.class)
                    .hasMessageContaining("the adapter answered internal: ValueError: of the adapter's own")
                    .hasMessageContaining("\n  Traceback (most recent call last):")
                    .hasMessageContaining("\n  banner of a child\n  progress");
            assertThatThrownBy(() -> adapter.dropout(Call.training(0.5, input)))
                    .isInstanceOf(UnsupportedCall.class)
                    .hasMessage("no halves");
            assertThatThrownBy(() -> adapter.dropout(Call.training(0.75, input)))
                    .isInstanceOf(RejectedCall.class)
                    .hasMessage("too much");
            PythonAdapter.closeCleanly(adapter);
        }
    }

    /** Retains calls, has a state, and takes nothing but float32. */
    private static final String LASTING = """
            import sys
            sys.path.insert(0, "src/adapters/python")
            import dropout_adapter as adapter
            state = ["first"]

            def dropout(call):
                if call.input.dtype != "float32":
                    raise adapter.Rejected(call.input.dtype + " of " + str(len(call.input.data)) + " bytes")
                return {"output": call.input, "backward": lambda upstream: {"grad_input": upstream}}

            def restore(text):
                if text not in ("first", "second"):
                    raise adapter.Rejected("no state")
                state[0] = text

            adapter.serve({"name": "lasting", "version": "1", "language": "Python"}, {"dropout": dropout}, ["float32"],
                          ["retain", "state"], {"integer_input": "reject"}, states=(lambda: state[0], restore))
            """;

    @Test
    void retainedCallsAndStatesTravel() {
        Tensor input = Tensor.ofFloats(Shape.of(2), 1, 2);
        try (AdapterProcess adapter = start("-c", LASTING)) {
            OperationCall call = PlainDropout.asked(Call.training(0, input), adapter.description());
            long first = adapter.answer(BetweenCalls.retained(call)).integer("id");
            long second = adapter.answer(BetweenCalls.retained(call)).integer("id");
            assertThat(second).isEqualTo(first + 1);
            Tensor upstream = Tensor.ofFloats(Shape.of(2), 3, -4);
            OperationCall differentiated =
                    PlainDropout.asked(Call.training(0, input).withGradOutput(upstream), adapter.description());
            assertThat(adapter.answer(BetweenCalls.backward(second, differentiated, call))
                            .tensor("grad_input"))
                    .isEqualTo(upstream);
            adapter.answer(BetweenCalls.release(first));
            assertThatThrownBy(() -> adapter.answer(BetweenCalls.release(first)))
                    .isInstanceOf(RejectedCall.class)
                    .hasMessage("of (" + first + ") must be a call that is retained");
            adapter.answer(BetweenCalls.restoreState("second"));
            assertThat(adapter.answer(BetweenCalls.saveState()).text("state")).isEqualTo("second");
            assertThatThrownBy(() -> adapter.answer(BetweenCalls.restoreState("third")))
                    .isInstanceOf(RejectedCall.class)
                    .hasMessage("no state");
            Tensor integers = Tensor.of(DType.INT64, Shape.of(3), 1, -2, 1L << 40);
            assertThatThrownBy(() -> adapter.dropout(Call.training(0, integers)))
                    .isInstanceOf(RejectedCall.class)
                    .hasMessage("int64 of 24 bytes");
            assertThatThrownBy(() -> adapter.answer(call.with("recompute", true)))
                    .isInstanceOf(UnsupportedCall.class)
                    .hasMessage("the adapter does not declare capability recompute");
            PythonAdapter.closeCleanly(adapter);
        }
    }

    @Test
    void nothingIsAskedBetweenCallsThatIsNotDeclared() {
        try (AdapterProcess adapter = start("src/adapters/plain/adapter.py")) {
            assertThatThrownBy(() -> adapter.answer(BetweenCalls.release(1)))
                    .isInstanceOf(UnsupportedCall.class)
                    .hasMessage("the adapter does not declare capability retain");
            assertThatThrownBy(() -> adapter.answer(BetweenCalls.saveState()))
                    .isInstanceOf(UnsupportedCall.class)
                    .hasMessage("the adapter does not declare capability state");
            PythonAdapter.closeCleanly(adapter);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "numpy"})
    void exampleDropsScalesAndRejects(String example) {
        assumeTrue(example.equals("plain") || hasNumpy(), "numpy is missing: its example adapter is not tried");
        try (AdapterProcess adapter = start("src/adapters/" + example + "/adapter.py")) {
            ExampleAdapter.requireDropout(adapter);
            if (adapter.description().can(Capability.PERMUTED_INPUT)) {
                Tensor all = Tensor.ofBooleans(Shape.of(3, 1), true, false, true);
                Call view = Call.training(0.5, ExampleAdapter.INPUT)
                        .withPermutation(1, 0)
                        .withNoiseShape(Shape.of(3, 1))
                        .withMask(all);
                assertThat(adapter.dropout(view))
                        .isEqualTo(Result.of(Tensor.ofFloats(Shape.of(3, 2), 2, -8, 0, 0, 6, 12))
                                .withMask(all));
            }
            PythonAdapter.closeCleanly(adapter);
        }
    }

    /** A tile is repeated, and bits tell what the output does, in every type and layout. */
    @Test
    void numpyAnswersTilesAndInBits() {
        assumeTrue(hasNumpy(), "numpy is missing: its example adapter is not tried");
        try (AdapterProcess adapter = start("src/adapters/numpy/adapter.py")) {
            for (DType dtype : adapter.description().dtypes()) {
                byte[] tile = new byte[3 * dtype.bytes()];
                Tensor.of(dtype, Shape.of(3), 1, -2, 3).data().get(tile);
                for (int size : new int[] {2, 3, 8, 301}) {
                    Tensor tiled = Tensor.tiled(dtype, Shape.of(size, 5), tile);
                    assertThat(adapter.dropout(Call.evaluation(0.5, tiled))).isEqualTo(Result.of(tiled));
                    Call call = Call.training(0.5, tiled).withSeed(size).withPermutation(1, 0);
                    assertThat(adapter.kept(call))
                            .isEqualTo(Bits.ofNonzero(adapter.dropout(call).output()));
                }
            }
            PythonAdapter.closeCleanly(adapter);
        }
    }

    /** Of an output that neither side sends, the slices are those of the same output sent whole. */
    @Test
    void numpyAnswersInSlices() {
        assumeTrue(hasNumpy(), "numpy is missing: its example adapter is not tried");
        String most = "import os, runpy; os.environ['DROPOUT_MAX_ELEMENTS'] = '1000'; "
                + "runpy.run_path('src/adapters/numpy/adapter.py')";
        try (AdapterProcess adapter = start("-c", most)) {
            assertThat(adapter.description().maxElements()).hasValue(1000);
            Tensor tile = Tensor.ofFloats(Shape.of(3), 1, -2, 3);
            Tiled input = new Tiled(List.of(10, 100), tile);
            Call whole = Call.training(0.5, input.slice(0, 1000).reshaped(Shape.of(10, 100)));
            Tensor output = adapter.dropout(whole.withSeed(5)).output();
            List<Tensor> slices = adapter.answer(
                            PlainDropout.inSlices(sliced(input), List.of(List.of(0L, 2L), List.of(990L, 1000L))))
                    .tensors("slices");
            assertThat(slices).extracting(Tensor::shape).containsExactly(Shape.of(2), Shape.of(10));
            for (int i = 0; i < 10; i++) {
                assertThat(slices.get(1).bits(i)).isEqualTo(output.bits(990 + i));
            }
            OperationCall larger = PlainDropout.inSlices(sliced(new Tiled(List.of(11, 100), tile)), List.of());
            assertThatThrownBy(() -> adapter.answer(larger))
                    .isInstanceOf(UnsupportedCall.class)
                    .hasMessage("the adapter does not declare 1100 elements");
            PythonAdapter.closeCleanly(adapter);
        }
    }

    private static OperationCall sliced(Tiled input) {
        return OperationCall.of("dropout")
                .with("rate", 0.5)
                .with("training", true)
                .with("seed", 5L)
                .with("input", input);
    }

    private static AdapterProcess start(String... arguments) {
        return new AdapterProcess(PythonAdapter.python(arguments), PythonAdapter.GENEROUS);
    }

    private static boolean hasNumpy() {
        return PythonAdapter.succeeds(PythonAdapter.python("-c", "import numpy"));
    }
}
