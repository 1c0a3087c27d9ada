package org.dropoutspec.mutant;

import java.util.List;
import org.dropoutspec.implementation.Choices;
import org.dropoutspec.implementation.Choices.IntegerInput;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;

/** Inputs that are overwritten, outputs that are not where they were asked to be, and integers taken wrongly. */
final class BufferMutants {
    private BufferMutants() {}

    static List<Mutant> all() {
        return List.of(
                new Mutant(
                        "input-overwritten",
                        "FWD-9",
                        "works in place though nobody asked for it (oneflow#9808)",
                        seed -> new SoundLayers(seed) {
                            @Override
                            protected Tensor inputAfter(OperationCall call, OperationResult result) {
                                Tensor output = result.tensor("output");
                                return output.dtype() == call.tensor("input").dtype()
                                        ? output
                                        : super.inputAfter(call, result);
                            }
                        }),
                new Mutant(
                        "input-masked-and-unscaled",
                        "FWD-11",
                        "masks in place, and scales what it returns alone",
                        seed -> new SoundLayers(seed) {
                            @Override
                            protected Tensor inputAfter(OperationCall call, OperationResult result) {
                                return call.flag("in_place") && call.training()
                                        ? unscaled(call, result)
                                        : super.inputAfter(call, result);
                            }
                        }),
                new Mutant(
                        "integers-rounded",
                        "FWD-10",
                        "scales integers in float32 and rounds them to integers again",
                        seed -> new Integers(seed, DType.FLOAT32)),
                new Mutant(
                        "integers-for-integers",
                        "FWD-10",
                        "declares that integers are promoted, and returns integers",
                        seed -> new Integers(seed, DType.INT32)),
                new Mutant(
                        "integers-taken",
                        "FWD-10",
                        "declares that integers are rejected, and takes them",
                        seed -> new SoundLayers(
                                SoundLayers.EVERYTHING.with(Choices.defaults().with(IntegerInput.REJECT)), seed)));
    }

    /** The kept elements of the input, not scaled; the others are 0. */
    static Tensor unscaled(OperationCall call, OperationResult result) {
        Tensor x = call.tensor("input");
        Tensor y = result.tensor("output");
        Tensor.Builder masked = Tensor.builder(x.dtype(), y.shape());
        for (int i = 0; i < y.size(); i++) {
            masked.setBits(i, y.value(i) == 0 ? 0 : x.bits(i));
        }
        return masked.build();
    }

    private static final class Integers extends SoundLayers {
        private final DType dtype;

        Integers(long seed, DType dtype) {
            super(seed);
            this.dtype = dtype;
        }

        @Override
        protected OperationResult called(OperationCall call) {
            OperationResult result = super.called(call);
            if (!call.tensor("input").dtype().isInteger()) {
                return result;
            }
            Tensor y = result.tensor("output");
            Tensor.Builder rounded = Tensor.builder(dtype, y.shape());
            for (int i = 0; i < y.size(); i++) {
                rounded.setBits(i, dtype.round(Math.rint(y.value(i))));
            }
            return result.with("output", rounded.build());
        }
    }
}
