package org.dropoutspec.operation.alpha;

import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import org.dropoutspec.contract.Contract;
import org.dropoutspec.golden.format.VectorOperation;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Choices.RateOne;
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
import org.dropoutspec.operation.VisibleValues;
import org.dropoutspec.reference.AlphaDropout;
import org.dropoutspec.reference.BernoulliMask;
import org.dropoutspec.reference.Dropout;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Alpha dropout (Klambauer 2017): dropped elements take a constant, and an affine map restores mean and variance. */
public final class Alpha implements Operation {
    static final String NAME = "alpha_dropout";

    /** The largest number of elements along an axis of its own calls, except for large ones. */
    private static final int MOST = 6;

    private static final AlphaSite MASK = new AlphaSite();

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<MaskSite> sites() {
        return List.of(MASK);
    }

    @Override
    public Class<? extends Contract> checks() {
        return AlphaChecks.class;
    }

    @Override
    public Set<String> core() {
        return Set.of("MASK-1", "ALPHA-1", "ALPHA-2");
    }

    @Override
    public Arbitrary<OperationCall> calls(Description description) {
        return OperationCalls.of(NAME, description, 4, MOST, (calls, extents) -> call(calls, extents, description));
    }

    private static OperationCall call(OperationCalls calls, List<Integer> extents, Description description) {
        Shape shape = calls.shape(extents, MOST);
        DType dtype = calls.dtype();
        OperationCall call = calls.begun();
        boolean zeros = description.declaration(NAME).choices().rateOne() == RateOne.ZEROS;
        if (zeros && calls.number(16) == 0) {
            call = call.with("rate", 1.0);
        }
        Tensor x = AlphaSite.apart(calls.moderate(dtype, shape));
        call = call.with("input", calls.number(3) == 0 ? VisibleValues.withZero(x, calls.number(x.size())) : x);
        if (calls.can(Capability.BACKWARD) && calls.coin()) {
            call = call.with("grad_output", calls.moderate(dtype, shape));
        }
        if (!call.training()) {
            return AlphaSite.expecting(call, description);
        }
        Shape mask = shape;
        if (calls.can(Capability.NOISE_SHAPE) && calls.number(4) == 0) {
            int[] noise = shape.extents();
            for (int axis = 0; axis < noise.length; axis++) {
                noise[axis] = calls.coin() ? 1 : noise[axis];
            }
            mask = Shape.of(noise);
            call = call.with("noise_shape", mask);
        }
        if (calls.can(Capability.MASK_INPUT) && calls.coin()) {
            call = call.with("mask", calls.mask(mask));
        }
        return AlphaSite.expecting(call, description);
    }

    @Override
    public OperationCall awaiting(OperationCall call, Description description) {
        return AlphaSite.expecting(call, description);
    }

    @Override
    public Oracle oracle(Description description) {
        return AlphaOracle::judge;
    }

    @Override
    public Declaration reference() {
        return Declaration.ofEveryType(
                Capability.BACKWARD,
                Capability.SEED,
                Capability.MASK_OUTPUT,
                Capability.MASK_INPUT,
                Capability.NOISE_SHAPE,
                Capability.PHILOX4X32_10);
    }

    @Override
    public OperationResult answer(OperationCall call, Dropout dropout) {
        Tensor x = call.tensor("input");
        double rate = BernoulliMask.requireRate(call.rate());
        if (!call.training()) {
            OperationResult same = OperationResult.of("output", x);
            return call.optionalTensor("grad_output")
                    .map(dy -> same.with("grad_input", dy))
                    .orElse(same);
        }
        Shape shape = call.has("noise_shape") ? (Shape) call.required("noise_shape") : x.shape();
        Tensor mask = call.optionalTensor("mask").orElseGet(() -> dropout.drawMask(shape, rate));
        OperationResult result = OperationResult.of("output", AlphaDropout.forward(x, mask, rate))
                .with("mask", mask);
        return call.optionalTensor("grad_output")
                .map(dy -> result.with("grad_input", AlphaDropout.backward(dy, mask, rate)))
                .orElse(result);
    }

    @Override
    public VectorOperation vectors() {
        return new AlphaVectors();
    }

    @Override
    public List<Mutant> mutants() {
        return BrokenBetweenCalls.beside(AlphaMutants.all(), this, "alpha");
    }
}
