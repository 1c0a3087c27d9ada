package org.dropoutspec.adversary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.dropoutspec.certify.Certifier;
import org.dropoutspec.contract.Tier;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.tensor.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a kernel leaves out shows no mask; what is wrong with the masks of other calls, or of the whole tensor, does. */
class LeftOutTest {
    private static final long SEED = 20_261_122;
    private static final Set<String> ASKED =
            Set.of("FWD-1", "MASK-1", "MASK-2", "MASK-3", "MASK-8", "MASK-9", "MASK-10", "MASK-11");

    /** A grid of 65,535 threads, an element each. */
    private static final int LIMIT = 65_535;

    /** What stands in the output where the kernel did not write. */
    private interface Left {
        double of(double x);
    }

    private static final class ShortGrid extends Layer {
        private final Left left;
        private final int alike;

        /** @param alike how many elements share a number */
        ShortGrid(long seed, Left left, int alike) {
            super(PLAIN, seed);
            this.left = left;
            this.alike = alike;
        }

        @Override
        void draw(byte[] kept, Call call) {
            super.draw(kept, call);
            for (int i = 0; i < kept.length; i++) {
                kept[i] = kept[i - i % alike];
            }
        }

        @Override
        Tensor forward(Call call, Tensor x, Tensor mask) {
            Tensor y = super.forward(call, x, mask);
            return x.size() <= LIMIT ? y : each(y, i -> i < LIMIT ? y.value(i) : left.of(x.value(i)));
        }
    }

    static Stream<Arguments> kernels() {
        return Stream.of(
                Arguments.of("leaves 7.25 beyond 65,535 elements", (Left) x -> 7.25, 1, List.of("FWD-1")),
                Arguments.of("leaves zeros beyond 65,535 elements", (Left) x -> 0, 1, List.of("MASK-8")),
                Arguments.of(
                        "leaves what is beyond 65,535 elements as it was, and draws two alike",
                        (Left) x -> x,
                        2,
                        List.of("FWD-1", "MASK-2")));
    }

    @ParameterizedTest(name = "{0}: {3}")
    @MethodSource("kernels")
    void isToldByWhatIsWrong(String name, Left left, int alike, List<String> told) {
        assertThat(new Certifier(Tier.QUICK, SEED, ASKED, id -> {})
                        .certify(new ShortGrid(SEED, left, alike)).findings().stream()
                                .filter(finding -> finding.verdict() instanceof Verdict.Fail)
                                .map(finding -> finding.requirement().id()))
                .containsExactlyInAnyOrderElementsOf(told);
    }
}
