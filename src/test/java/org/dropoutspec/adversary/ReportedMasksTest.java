package org.dropoutspec.adversary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.dropoutspec.certify.Certifier;
import org.dropoutspec.contract.Tier;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Masks that are reported where the output does not show them, and where a strided input lies otherwise. */
class ReportedMasksTest {
    private static final long SEED = 11;
    private static final Description REPORTING = Layer.PLAIN.withCapabilities(
            Capability.SEED,
            Capability.BACKWARD,
            Capability.MASK_INPUT,
            Capability.MASK_OUTPUT,
            Capability.NOISE_SHAPE,
            Capability.PERMUTED_INPUT);
    private static final Set<String> ASKED =
            Set.of("FWD-2", "MASK-1", "MASK-4", "MASK-6", "MASK-7", "BWD-1", "BWD-3", "SHAPE-6");

    @Test
    void oneThatIsTakenFromTheOutputIsMisreported() {
        assertThat(told(new Layer(REPORTING, SEED) {
                    @Override
                    Result train(Call call) {
                        Result result = super.train(call);
                        Tensor y = result.output();
                        boolean[] kept = new boolean[y.size()];
                        for (int i = 0; i < kept.length; i++) {
                            kept[i] = y.value(i) != 0;
                        }
                        return call.maskShape().equals(y.shape())
                                ? result.withMask(Tensor.ofBooleans(y.shape(), kept))
                                : result;
                    }
                }))
                .singleElement()
                .asString()
                .startsWith("MASK-4 index 0 reported as dropped, gradient ");
    }

    @Test
    void aGradientThatIsTakenFromTheOutputIsNoMatterOfTheReport() {
        assertThat(told(new Layer(REPORTING, SEED) {
                    private Tensor out;

                    @Override
                    Tensor forward(Call call, Tensor x, Tensor mask) {
                        out = super.forward(call, x, mask);
                        return out;
                    }

                    @Override
                    Tensor backward(Call call, Tensor dy, Tensor mask) {
                        Tensor seen = out;
                        Tensor dx = super.backward(call, dy, mask);
                        return call.rate() == 0 ? dx : each(dx, i -> seen.value(i) == 0 ? 0 : dx.value(i));
                    }
                }))
                .singleElement()
                .asString()
                .startsWith("BWD-3 ");
    }

    @Test
    void aReportedMaskLiesAsTheStridedSquareDoes() {
        assertThat(told(new Layer(REPORTING, SEED) {
                    @Override
                    Tensor reported(Call call, Tensor mask) {
                        boolean square = isStrided(call)
                                && mask.shape().rank() == 2
                                && mask.shape().equals(call.input().shape());
                        return square ? mask.permuted(1, 0) : mask;
                    }
                }))
                .singleElement()
                .asString()
                .startsWith("MASK-4 ");
    }

    @Test
    void aGivenMaskThatLiesAsTheSquareInMemoryDoesIsNotApplied() {
        assertThat(told(new Layer(REPORTING, SEED) {
                    @Override
                    Result train(Call call) {
                        boolean square = call.mask().isPresent()
                                && isStrided(call)
                                && call.maskShape().equals(call.input().shape());
                        return square
                                ? super.train(call.withMask(call.mask()
                                        .get()
                                        .permuted(call.permutation().orElseThrow())))
                                : super.train(call);
                    }
                }))
                .singleElement()
                .asString()
                .startsWith("MASK-6 ");
    }

    @Test
    void whatIsSoundIsNotAccused() {
        assertThat(told(new Layer(REPORTING, SEED))).isEmpty();
    }

    private static List<String> told(Implementation implementation) {
        return new Certifier(Tier.QUICK, SEED, ASKED, id -> {})
                .certify(implementation).findings().stream()
                        .filter(finding -> finding.verdict() instanceof Verdict.Fail)
                        .map(finding -> finding.requirement().id() + " "
                                + finding.verdict().message())
                        .toList();
    }
}
