package org.dropoutspec.operation.dropconnect;

import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import org.dropoutspec.contract.Contract;
import org.dropoutspec.golden.format.VectorOperation;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Choices;
import org.dropoutspec.implementation.Choices.WeightMask;
import org.dropoutspec.implementation.Declaration;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.mutant.Mutant;
import org.dropoutspec.operation.BrokenBetweenCalls;
import org.dropoutspec.operation.MaskSite;
import org.dropoutspec.operation.Operation;
import org.dropoutspec.operation.OperationCalls;
import org.dropoutspec.operation.Oracle;
import org.dropoutspec.reference.BernoulliMask;
import org.dropoutspec.reference.Dropout;
import org.dropoutspec.reference.DroppedWeights;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/**
 * DropConnect (Wan 2013): the weights of a dense layer are dropped.
 *
 * @param masks how many masks the reference draws: one a call, or one for each example
 */
public record DropConnect(WeightMask masks) implements Operation {
    static final String NAME = "dropconnect";

    private static final MaskSite WEIGHTS = new Weights();

    /** DropConnect whose reference draws one mask a call. */
    public DropConnect() {
        this(WeightMask.CALL);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<MaskSite> sites() {
        return List.of(WEIGHTS);
    }

    @Override
    public Class<? extends Contract> checks() {
        return ConnectChecks.class;
    }

    @Override
    public Set<String> core() {
        return Set.of("MASK-1", "CONN-1");
    }

    @Override
    public Arbitrary<OperationCall> calls(Description description) {
        return OperationCalls.of(
                NAME,
                description,
                4,
                ConnectCalls.MOST,
                (calls, extents) -> ConnectCalls.make(calls, extents, description));
    }

    /** The call with the fields that its answer is to carry. */
    static OperationCall expecting(OperationCall call, Description description) {
        long examples = call.tensor("input").shape().extent(0);
        Shape weight = call.tensor("weight").shape();
        return call.expecting(
                description.declaration(NAME),
                List.of("mask"),
                List.of("grad_input", "grad_weight", "grad_bias"),
                (examples + 2) * weight.size() + (examples + 1) * (weight.extent(0) + weight.extent(1)));
    }

    @Override
    public OperationCall awaiting(OperationCall call, Description description) {
        return expecting(call, description);
    }

    @Override
    public Shape output(OperationCall call) {
        return Shape.of(
                call.tensor("input").shape().extent(0),
                call.tensor("weight").shape().extent(0));
    }

    @Override
    public Oracle oracle(Description description) {
        return (call, result) -> ConnectOracle.look(call, result, description);
    }

    @Override
    public Declaration reference() {
        return Declaration.ofEveryType(
                        Capability.BACKWARD,
                        Capability.SEED,
                        Capability.MASK_OUTPUT,
                        Capability.MASK_INPUT,
                        Capability.PHILOX4X32_10)
                .with(Choices.defaults().with(masks));
    }

    /** The shape in which the reference draws the mask of a call. */
    Shape maskShape(OperationCall call) {
        Shape weight = call.tensor("weight").shape();
        return masks == WeightMask.CALL
                ? weight
                : Shape.of(call.tensor("input").shape().extent(0), weight.extent(0), weight.extent(1));
    }

    @Override
    public OperationResult answer(OperationCall call, Dropout dropout) {
        double rate = BernoulliMask.requireRate(call.rate());
        if (!call.training()) {
            return answer(call, Tensor.full(DType.BOOL, maskShape(call), 1), 1);
        }
        Tensor mask = call.optionalTensor("mask").orElseGet(() -> dropout.drawMask(maskShape(call), rate));
        return rate == 1
                ? answer(call, Tensor.full(DType.BOOL, maskShape(call), 0), 1).with("mask", mask)
                : answer(call, mask, 1 / (1 - rate)).with("mask", mask);
    }

    /** The answer with a mask and a scale; it does not carry the mask. */
    static OperationResult answer(OperationCall call, Tensor mask, double scale) {
        Tensor x = call.tensor("input");
        Tensor weight = call.tensor("weight");
        OperationResult result =
                OperationResult.of("output", DroppedWeights.forward(x, weight, call.tensor("bias"), mask, scale));
        return call.optionalTensor("grad_output")
                .map(dy -> DroppedWeights.backward(dy, x, weight, mask, scale))
                .map(gradients -> result.with("grad_input", gradients.input())
                        .with("grad_weight", gradients.weight())
                        .with("grad_bias", gradients.bias()))
                .orElse(result);
    }

    @Override
    public VectorOperation vectors() {
        return new ConnectVectors();
    }

    @Override
    public List<Mutant> mutants() {
        return BrokenBetweenCalls.beside(ConnectMutants.all(), this, "dropconnect");
    }
}
