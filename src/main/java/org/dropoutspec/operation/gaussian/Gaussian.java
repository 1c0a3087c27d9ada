package org.dropoutspec.operation.gaussian;

import java.util.List;
import java.util.Optional;
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
import org.dropoutspec.reference.BernoulliMask;
import org.dropoutspec.reference.Dropout;
import org.dropoutspec.reference.GaussianDropout;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Gaussian dropout (Srivastava 2014, section 10): the input times normal noise of mean 1 and variance p/(1 - p). */
public final class Gaussian implements Operation {
    static final String NAME = "gaussian_dropout";

    /** The largest number of elements along an axis of its own calls, except for large ones. */
    private static final int MOST = 6;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<MaskSite> sites() {
        return List.of(NoiseSite.NOISE, NoiseSite.TAILS, NoiseSite.OF_FLOAT16, NoiseSite.OF_BFLOAT16);
    }

    @Override
    public Class<? extends Contract> checks() {
        return GaussianChecks.class;
    }

    @Override
    public Set<String> core() {
        return Set.of("MASK-1", "GAUSS-1");
    }

    static double deviation(double rate) {
        return Math.sqrt(rate / (1 - rate));
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
        Tensor x = calls.moderate(dtype, shape);
        call = call.with("input", calls.number(3) == 0 ? VisibleValues.withZero(x, calls.number(x.size())) : x);
        if (calls.can(Capability.BACKWARD) && calls.coin()) {
            call = call.with("grad_output", calls.moderate(dtype, shape));
        }
        if (calls.can(Capability.NOISE_INPUT) && call.training() && calls.coin()) {
            call = call.with("noise", calls.moderate(dtype, shape));
        }
        return expecting(call, description);
    }

    /** The call with the fields that its answer is to carry. */
    static OperationCall expecting(OperationCall call, Description description) {
        return call.expectingNoise(
                description.declaration(NAME),
                List.of("grad_input"),
                call.tensor("input").size());
    }

    @Override
    public OperationCall awaiting(OperationCall call, Description description) {
        return expecting(call, description);
    }

    @Override
    public Oracle oracle(Description description) {
        return GaussianOracle::judge;
    }

    @Override
    public Declaration reference() {
        return Declaration.ofEveryType(
                Capability.BACKWARD, Capability.SEED, Capability.NOISE_OUTPUT, Capability.NOISE_INPUT);
    }

    @Override
    public OperationResult answer(OperationCall call, Dropout dropout) {
        Tensor x = call.tensor("input");
        double rate = BernoulliMask.requireRate(call.rate());
        Optional<Tensor> dy = call.optionalTensor("grad_output");
        if (!call.training()) {
            OperationResult same = OperationResult.of("output", x);
            return dy.map(gradient -> same.with("grad_input", gradient)).orElse(same);
        }
        Tensor noise = call.optionalTensor("noise")
                .filter(given -> rate < 1)
                .orElseGet(() -> GaussianDropout.noise(x, rate, dropout));
        OperationResult result =
                OperationResult.of("output", GaussianDropout.multiply(x, noise)).with("noise", noise);
        return dy.map(gradient -> result.with("grad_input", GaussianDropout.multiply(gradient, noise)))
                .orElse(result);
    }

    @Override
    public VectorOperation vectors() {
        return new GaussianVectors();
    }

    @Override
    public List<Mutant> mutants() {
        return BrokenBetweenCalls.beside(GaussianMutants.all(), this, "gaussian");
    }
}
