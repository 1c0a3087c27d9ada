package org.dropoutspec.certify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.ReferenceImplementation;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Where the input is 0 a gradient shows what was dropped, unless gradients are what is wrong. */
class GradientsThatTellNothingTest {
    private static final Description OPAQUE = Description.of("opaque", "1")
            .withDtypes(DType.FLOAT32)
            .withCapabilities(Capability.SEED, Capability.BACKWARD);

    @Test
    void aGradientThatIsNotMaskedSaysNothingOfTheDropRate() {
        Implementation reference = new ReferenceImplementation(1);
        Implementation unmasked = new Handwritten(OPAQUE, call -> {
            Result result = reference.dropout(call);
            boolean asked =
                    call.training() && call.rate() < 1 && call.gradOutput().isPresent();
            return new Result(
                    result.output(), Optional.empty(), asked ? Optional.of(scaled(call)) : result.gradInput());
        });
        Map<String, Verdict> verdicts = Certified.verdicts(Certified.only(unmasked, "MASK-1", "BWD-1"));
        assertThat(verdicts.get("BWD-1")).isInstanceOf(Verdict.Fail.class);
        assertThat(verdicts.get("MASK-1")).isInstanceOf(Verdict.Pass.class);
    }

    private static Tensor scaled(Call call) {
        Tensor upstream = call.gradOutput().orElseThrow();
        double[] gradient = upstream.values();
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] /= 1 - call.rate();
        }
        return Tensor.of(upstream.dtype(), upstream.shape(), gradient);
    }
}
