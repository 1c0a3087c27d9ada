package org.dropoutspec.operation.attention;

import java.util.List;
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
import org.dropoutspec.operation.OperationCalls;
import org.dropoutspec.operation.Oracle;
import org.dropoutspec.reference.Dropout;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Attention (Vaswani 2017) with dropout of its probabilities. */
public final class AttentionDropout implements Operation {
    static final String NAME = "attention";

    static final AttentionJudge JUDGE = new AttentionJudge();

    /** Factors of the scores, over the width: scores are at most 2, so that the softmax is far from its limits. */
    private static final List<Double> SCALES = List.of(0.5, 0.25, 0.375, 0.3, 0.0);

    /** For scores of up to 48, whose exponentials are far from the ends of float32 and float64, not of half types. */
    private static final double LARGE_SCALE = 12;

    /** A score whose exponential overflows in float32, which holds those up to 88.7. */
    private static final double HIGH = 128;

    private static final int MOST = 4;
    private static final int LONG = 9;

    private static final MaskSite SITE = new AttentionSite();

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<MaskSite> sites() {
        return List.of(SITE);
    }

    @Override
    public Class<? extends Contract> checks() {
        return AttentionChecks.class;
    }

    @Override
    public Set<String> core() {
        return Set.of("MASK-1", "ATTN-1");
    }

    @Override
    public Arbitrary<OperationCall> calls(Description description) {
        return OperationCalls.of(NAME, description, 6, MOST, (calls, extents) -> call(calls, extents, description));
    }

    /** A call whose value shows the mask in its first columns; further columns are arbitrary. */
    private static OperationCall call(OperationCalls calls, List<Integer> axes, Description description) {
        // now and then longer than a vector or a block of a kernel, in one of four ways; calls shrink to short ones
        int isLong = axes.get(5) == MOST ? calls.number(4) : -1;
        boolean square = isLong == 0;
        int keys = axes.get(2) * (square || isLong == 1 ? LONG : 1);
        int queries = square ? keys : axes.get(1) * (isLong == 2 ? LONG : 1);
        int examples = axes.get(0) * (isLong == 3 ? LONG : 1);
        int valueWidth = keys + axes.get(4) - 1;
        int width = calls.coin() ? valueWidth : axes.get(3);
        AttentionExtents extents = new AttentionExtents(examples, queries, keys, width, valueWidth);
        DType dtype = calls.dtype();
        OperationCall call = calls.begun()
                .with("query", calls.filled(dtype, extents.query(), 1))
                .with("key", calls.filled(dtype, extents.key(), 1))
                .with("value", showing(extents, calls.moderate(dtype, extents.value())))
                .with("scale", SCALES.get(calls.number(SCALES.size())) / width);
        if (calls.can(Capability.BACKWARD) && calls.coin()) {
            call = call.with("grad_output", calls.moderate(dtype, extents.output()));
        }
        if (calls.can(Capability.MASK_INPUT) && call.training() && calls.coin()) {
            call = call.with("mask", calls.mask(extents.mask()));
        }
        int way = dtype.roundoff() <= DType.FLOAT32.roundoff() ? calls.number(8) : -1;
        if (way == 0 || way == 1) {
            call = call.with("scale", LARGE_SCALE / width);
        } else if (way == 2 && call.number("scale") != 0) {
            call = lifted(call);
        }
        return expecting(call, description);
    }

    /** The call with all scores near one whose exponential float32 does not hold. */
    private static OperationCall lifted(OperationCall call) {
        double root = Math.sqrt(HIGH);
        return call.with("query", first(call.tensor("query"), root / call.number("scale")))
                .with("key", first(call.tensor("key"), root));
    }

    /** The tensor with another number at the front of each row. */
    private static Tensor first(Tensor tensor, double number) {
        int width = tensor.shape().extent(2);
        Tensor.Builder other = Tensor.builder(tensor.dtype(), tensor.shape());
        for (int i = 0; i < tensor.size(); i++) {
            other.setBits(i, i % width == 0 ? tensor.dtype().round(number) : tensor.bits(i));
        }
        return other.build();
    }

    /** The value with zeros in its first S columns, except for the elements that show one probability each. */
    private static Tensor showing(AttentionExtents extents, Tensor value) {
        Tensor.Builder showing = Tensor.builder(value.dtype(), value.shape());
        for (int i = 0; i < value.size(); i++) {
            int column = i % extents.valueWidth();
            int key = i / extents.valueWidth() % extents.keys();
            if (column >= extents.keys() || column == key) {
                showing.setBits(i, value.bits(i));
            }
        }
        return showing.build();
    }

    /** The call with the fields that its answer is to carry. */
    static OperationCall expecting(OperationCall call, Description description) {
        AttentionExtents extents = AttentionExtents.of(call);
        long elements = (long) extents.output().size() + extents.mask().size();
        List<String> gradients = List.of("grad_query", "grad_key", "grad_value");
        if (call.has("grad_output")) {
            for (String gradient : gradients) {
                elements += extents.named(gradient).size();
            }
        }
        return call.expecting(description.declaration(NAME), List.of("mask"), gradients, elements);
    }

    /** The first field of the answer with another type or shape than it should have, in words. */
    static Optional<String> misshapen(OperationCall call, OperationResult answer) {
        AttentionExtents extents = AttentionExtents.of(call);
        DType dtype = call.tensor("query").dtype();
        for (ResultField field : call.result()) {
            if (field.kind() != Kind.TENSOR && field.kind() != Kind.MASK) {
                continue; // a field that is no tensor has no shape
            }
            boolean mask = field.name().equals("mask");
            Shape shape = mask ? extents.mask() : extents.named(field.name());
            DType type = mask ? DType.BOOL : dtype;
            Optional<Tensor> got = answer.optionalTensor(field.name())
                    .filter(tensor -> tensor.dtype() != type || !tensor.shape().equals(shape));
            if (field.required() && got.isPresent()) {
                return Optional.of(field.name().replace('_', ' ') + " expected " + type + " " + shape + ", got "
                        + got.get().dtype() + " " + got.get().shape());
            }
        }
        return Optional.empty();
    }

    @Override
    public OperationCall awaiting(OperationCall call, Description description) {
        return expecting(call, description);
    }

    @Override
    public Shape output(OperationCall call) {
        return AttentionExtents.of(call).output();
    }

    @Override
    public Oracle oracle(Description description) {
        return (call, result) -> JUDGE.judge(call, result, description);
    }

    @Override
    public Declaration reference() {
        return Declaration.ofEveryType(
                Capability.BACKWARD,
                Capability.SEED,
                Capability.MASK_OUTPUT,
                Capability.MASK_INPUT,
                Capability.PHILOX4X32_10);
    }

    @Override
    public OperationResult answer(OperationCall call, Dropout dropout) {
        return ReferenceAttention.answer(call, dropout, ReferenceAttention.Way.SOUND);
    }

    @Override
    public VectorOperation vectors() {
        return new AttentionVectors();
    }

    @Override
    public List<Mutant> mutants() {
        return BrokenBetweenCalls.beside(AttentionMutants.all(), this, "attention");
    }
}
