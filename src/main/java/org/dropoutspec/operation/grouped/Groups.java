package org.dropoutspec.operation.grouped;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Declaration;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.reference.BernoulliMask;
import org.dropoutspec.reference.Dropout;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** The reference of dropout by groups: the reference of plain dropout with a broadcast mask. */
final class Groups {
    private Groups() {}

    static Declaration reference(Capability... more) {
        Set<Capability> capabilities = EnumSet.of(
                Capability.BACKWARD,
                Capability.SEED,
                Capability.MASK_OUTPUT,
                Capability.MASK_INPUT,
                Capability.PHILOX4X32_10);
        capabilities.addAll(Set.of(more));
        return Declaration.ofEveryType(capabilities.toArray(Capability[]::new));
    }

    static OperationResult answer(OperationCall call, Dropout dropout, Grouped groups) {
        Tensor buffer = call.tensor("input");
        Tensor x = Optional.ofNullable((int[]) call.fields().get("permutation"))
                .map(buffer::permuted)
                .orElse(buffer);
        double rate = BernoulliMask.requireRate(call.rate());
        Optional<Tensor> dy = call.optionalTensor("grad_output");
        if (!call.training()) {
            OperationResult same = OperationResult.of("output", x);
            return dy.map(gradient -> same.with("grad_input", gradient)).orElse(same);
        }
        Shape travels = groups.maskShape(call, x.shape());
        Tensor mask = call.optionalTensor("mask").orElseGet(() -> dropout.drawMask(travels, rate));
        Tensor shared = mask.reshaped(groups.noiseShape(call, x.shape()));
        OperationResult result =
                OperationResult.of("output", Dropout.forward(x, shared, rate)).with("mask", mask);
        return dy.map(gradient -> result.with("grad_input", Dropout.backward(gradient, shared, rate)))
                .orElse(result);
    }
}
