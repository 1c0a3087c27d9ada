package org.dropoutspec.operation.recurrent;

import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import org.dropoutspec.contract.Contract;
import org.dropoutspec.golden.format.VectorOperation;
import org.dropoutspec.implementation.Capability;
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
import org.dropoutspec.reference.ElmanCell;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Recurrent dropout (Gal and Ghahramani 2016): masks on input and state of an Elman cell, held over a sequence. */
public final class RecurrentDropout implements Operation {
    static final String NAME = "rnn";

    /** The factors of the length of long sequences: they are as long as some words, a sentence, or a paragraph. */
    private static final List<Integer> TIMES_LONGER = List.of(4, 4, 13, 50);

    private static final List<MaskSite> SITES = List.of(new InputSite(), new RecurrentSite(), new BothSites());

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<MaskSite> sites() {
        return SITES;
    }

    @Override
    public Class<? extends Contract> checks() {
        return RecurrentChecks.class;
    }

    @Override
    public Set<String> core() {
        return Set.of("MASK-1", "RNN-1", "RNN-2");
    }

    @Override
    public Arbitrary<OperationCall> calls(Description description) {
        return OperationCalls.of(
                NAME,
                description,
                6,
                RecurrentOracle.FEW,
                (calls, extents) -> expecting(call(calls, extents), description));
    }

    private static OperationCall call(OperationCalls calls, List<Integer> extents) {
        DType dtype = calls.dtype();
        OperationCall call = calls.begun().with("recurrent_rate", calls.rate());
        boolean given = calls.can(Capability.MASK_INPUT) && call.training() && calls.coin();
        boolean shown = given || calls.can(Capability.MASK_OUTPUT) || !call.training();
        // now and then a call is long or wide, wide only if the masks need not be recovered; smaller calls are neither
        boolean isLong = extents.get(5) == RecurrentOracle.FEW;
        int steps = extents.get(0) * (isLong ? TIMES_LONGER.get(calls.number(TIMES_LONGER.size())) : 1);
        int wide = !isLong && extents.get(4) == RecurrentOracle.FEW && shown ? 6 : 1;
        int examples = extents.get(1) * wide;
        int inputs = extents.get(2) * wide;
        int states = extents.get(3) * wide;
        call = call.with("input", calls.filled(dtype, Shape.of(steps, examples, inputs), 1))
                .with("weight_input", halved(calls.filled(dtype, Shape.of(states, inputs), 1)))
                .with("weight_recurrent", halved(calls.filled(dtype, Shape.of(states, states), 1)))
                .with("bias", halved(halved(calls.filled(dtype, Shape.of(states), 1))));
        if (calls.can(Capability.BACKWARD) && calls.coin()) {
            call = call.with("grad_output", calls.moderate(dtype, Shape.of(steps, examples, states)));
        }
        if (given) {
            call = call.with("mask", calls.mask(Shape.of(examples, inputs)))
                    .with("recurrent_mask", calls.mask(Shape.of(examples, states)));
        }
        return call;
    }

    /** The tensor with its elements halved, so that tanh is not at its ends everywhere. */
    private static Tensor halved(Tensor tensor) {
        double[] values = tensor.values();
        for (int i = 0; i < values.length; i++) {
            values[i] /= 2;
        }
        return Tensor.of(tensor.dtype(), tensor.shape(), values);
    }

    /** The call with the fields that its answer is to carry. */
    static OperationCall expecting(OperationCall call, Description description) {
        SequenceExtents extents = SequenceExtents.of(call);
        long row = (long) extents.inputs() + extents.states();
        return call.expecting(
                description.declaration(NAME),
                List.of("mask", "recurrent_mask"),
                List.of("grad_input", "grad_weight_input", "grad_weight_recurrent", "grad_bias"),
                (2L * extents.steps() + 1) * extents.examples() * row + (row + 1) * extents.states());
    }

    @Override
    public OperationCall awaiting(OperationCall call, Description description) {
        return expecting(call, description);
    }

    @Override
    public Shape output(OperationCall call) {
        return SequenceExtents.of(call).output();
    }

    @Override
    public Oracle oracle(Description description) {
        return (call, result) -> RecurrentOracle.look(call, result, description);
    }

    @Override
    public Declaration reference() {
        return Declaration.ofEveryType(
                Capability.BACKWARD, Capability.SEED, Capability.MASK_OUTPUT, Capability.MASK_INPUT);
    }

    @Override
    public OperationResult answer(OperationCall call, Dropout dropout) {
        double rate = BernoulliMask.requireRate(call.rate());
        double recurrentRate = BernoulliMask.requireRate(call.number("recurrent_rate"));
        SequenceExtents extents = SequenceExtents.of(call);
        if (!call.training()) {
            return answer(
                    call,
                    new ElmanCell.Masks(
                            Tensor.full(DType.BOOL, extents.mask(), 1),
                            1,
                            Tensor.full(DType.BOOL, extents.recurrentMask(), 1),
                            1));
        }
        Tensor mask = call.optionalTensor("mask").orElseGet(() -> dropout.drawMask(extents.mask(), rate));
        Tensor recurrent = call.optionalTensor("recurrent_mask")
                .orElseGet(() -> dropout.drawMask(extents.recurrentMask(), recurrentRate));
        return answer(call, masks(call, mask, recurrent)).with("mask", mask).with("recurrent_mask", recurrent);
    }

    /** The masks of a training call with their scales; a rate of 1 drops everything. */
    static ElmanCell.Masks masks(OperationCall call, Tensor mask, Tensor recurrent) {
        double rate = call.rate();
        double recurrentRate = call.number("recurrent_rate");
        return new ElmanCell.Masks(
                rate == 1 ? Tensor.full(DType.BOOL, mask.shape(), 0) : mask,
                rate == 1 ? 1 : 1 / (1 - rate),
                recurrentRate == 1 ? Tensor.full(DType.BOOL, recurrent.shape(), 0) : recurrent,
                recurrentRate == 1 ? 1 : 1 / (1 - recurrentRate));
    }

    /** The answer with these masks; it does not carry them. */
    static OperationResult answer(OperationCall call, ElmanCell.Masks masks) {
        Tensor x = call.tensor("input");
        ElmanCell cell = new ElmanCell(
                new ElmanCell.Weights(
                        call.tensor("weight_input"), call.tensor("weight_recurrent"), call.tensor("bias")),
                masks);
        OperationResult result = OperationResult.of("output", cell.forward(x));
        return call.optionalTensor("grad_output")
                .map(dy -> cell.backward(dy, x))
                .map(gradients -> result.with("grad_input", gradients.input())
                        .with("grad_weight_input", gradients.weightInput())
                        .with("grad_weight_recurrent", gradients.weightRecurrent())
                        .with("grad_bias", gradients.bias()))
                .orElse(result);
    }

    @Override
    public VectorOperation vectors() {
        return new RecurrentVectors();
    }

    @Override
    public List<Mutant> mutants() {
        return BrokenBetweenCalls.beside(RecurrentMutants.all(), this, "rnn");
    }
}
