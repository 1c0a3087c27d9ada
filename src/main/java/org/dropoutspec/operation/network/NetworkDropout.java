package org.dropoutspec.operation.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import org.dropoutspec.contract.Contract;
import org.dropoutspec.golden.format.VectorOperation;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Declaration;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.implementation.ResultField;
import org.dropoutspec.implementation.ResultField.Kind;
import org.dropoutspec.mutant.Mutant;
import org.dropoutspec.operation.BrokenBetweenCalls;
import org.dropoutspec.operation.MaskSite;
import org.dropoutspec.operation.Operation;
import org.dropoutspec.operation.Oracle;
import org.dropoutspec.reference.Dropout;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** A step of training of a network with dropout layers: the output of each layer, the loss and every gradient. */
public final class NetworkDropout implements Operation {
    static final String NAME = "network";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<MaskSite> sites() {
        return List.of(NetworkSite.FIRST, NetworkSite.SECOND, NetworkSite.BOTH);
    }

    @Override
    public Class<? extends Contract> checks() {
        return NetworkChecks.class;
    }

    @Override
    public Set<String> core() {
        return Set.of("MASK-1", "NET-1", "NET-2", "NET-6", "NET-7", "NET-8");
    }

    @Override
    public Arbitrary<OperationCall> calls(Description description) {
        return NetworkCalls.all(description);
    }

    /** The call with the fields that its answer is to carry. */
    static OperationCall expecting(OperationCall call, Description description) {
        Declaration declaration = description.declaration(NAME);
        List<ResultField> fields = new ArrayList<>(
                List.of(ResultField.of("loss", Kind.NUMBER), ResultField.of("activations", Kind.TENSORS)));
        if (declaration.can(Capability.MASK_OUTPUT)) {
            fields.add(call.training() ? ResultField.of("masks", Kind.MASKS) : ResultField.ignored("masks"));
        }
        if (call.has("gradients")) {
            fields.add(ResultField.of("gradients", Kind.TENSORS_BY_NAME));
            fields.add(ResultField.tensor("grad_input"));
        }
        if (declaration.can(Capability.INPUT_AFTER)) {
            fields.add(ResultField.tensor("input_after"));
        }
        long elements = call.tensor("input").size();
        for (Shape shape : NetworkLayers.shapes(call)) {
            elements += 2L * shape.size();
        }
        for (Map<String, Map<String, Object>> layer : NetworkLayers.of(call)) {
            elements += NetworkLayers.weight(layer).map(Tensor::size).orElse(0);
        }
        return call.expecting(fields, elements);
    }

    /** The first thing in the answer that has another form, type or shape than it should, in words. */
    static Optional<String> misshapen(OperationCall call, OperationResult answer) {
        return new AnswerForm(call, answer).wrong();
    }

    @Override
    public OperationCall awaiting(OperationCall call, Description description) {
        return expecting(call, description);
    }

    @Override
    public OperationCall differentiated(OperationCall call, Description description) {
        return awaiting(call.with("gradients", true), description);
    }

    @Override
    public Oracle oracle(Description description) {
        return (call, result) -> NetworkJudge.judge(call, result, description);
    }

    @Override
    public Declaration reference() {
        return Declaration.ofEveryType(
                Capability.BACKWARD, Capability.SEED, Capability.MASK_OUTPUT, Capability.MASK_INPUT);
    }

    @Override
    public OperationResult answer(OperationCall call, Dropout dropout) {
        return ReferenceNetwork.answer(call, dropout, ReferenceNetwork.Way.SOUND);
    }

    @Override
    public VectorOperation vectors() {
        return new NetworkVectors();
    }

    @Override
    public List<Mutant> mutants() {
        return BrokenBetweenCalls.beside(NetworkMutants.all(), this, "network");
    }
}
