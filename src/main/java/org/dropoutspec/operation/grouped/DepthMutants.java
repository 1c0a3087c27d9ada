package org.dropoutspec.operation.grouped;

import java.util.Arrays;
import java.util.List;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.mutant.Mutant;
import org.dropoutspec.operation.BrokenOperation;
import org.dropoutspec.operation.BrokenOperation.Defect;
import org.dropoutspec.operation.Operation;
import org.dropoutspec.reference.Dropout;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Broken stochastic depth. */
final class DepthMutants {
    private DepthMutants() {}

    static List<Mutant> all() {
        return List.of(
                broken("depth-a-batch", "MASK-2", "drops or keeps the whole batch at once", DepthMutants::aBatch),
                broken(
                        "depth-an-element",
                        "DEPTH-1",
                        "drops single elements and not whole examples",
                        DepthMutants::anElement));
    }

    private static Mutant broken(String name, String requirement, String what, Defect defect) {
        return BrokenOperation.mutant(new StochasticDepth(), name, requirement, what, defect);
    }

    private static OperationResult aBatch(OperationCall call, Dropout dropout, Operation sound) {
        if (!call.training() || call.has("mask")) {
            return sound.answer(call, dropout);
        }
        int examples = call.tensor("input").shape().extent(0);
        boolean[] kept = new boolean[examples];
        Arrays.fill(kept, dropout.drawMask(Shape.of(1), call.rate()).bool(0) != 0);
        return sound.answer(call.with("mask", Tensor.ofBooleans(Shape.of(examples), kept)), dropout);
    }

    private static OperationResult anElement(OperationCall call, Dropout dropout, Operation sound) {
        OperationResult shown = sound.answer(call, dropout);
        if (!call.training() || call.has("mask")) {
            return shown;
        }
        Tensor x = call.tensor("input");
        Tensor mask = dropout.drawMask(x.shape(), call.rate());
        OperationResult result = shown.with("output", Dropout.forward(x, mask, call.rate()));
        return call.optionalTensor("grad_output")
                .map(dy -> result.with("grad_input", Dropout.backward(dy, mask, call.rate())))
                .orElse(result);
    }
}
