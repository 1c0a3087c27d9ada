package org.dropoutspec.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.dropoutspec.certify.Certifier;
import org.dropoutspec.contract.Tier;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Declaration;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.tensor.Bits;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Operations that drop whole groups answer in bits of the output too. */
class KeptBitsOfGroupsTest {
    /** The reference of an operation, which packs its output. */
    private static final class Packed extends OneOperation {
        private final UnaryOperator<Bits> packing;
        private long inBits;

        Packed(String operation, UnaryOperator<Bits> packing) {
            super(new ReferenceFamily(7), operation, Packed::packing);
            this.packing = packing;
        }

        private static Declaration packing(Declaration declared) {
            Set<Capability> more = new TreeSet<>(declared.capabilities());
            more.remove(Capability.PHILOX4X32_10);
            more.addAll(Set.of(Capability.KEPT_BITS, Capability.TILED_INPUT));
            return declared.withCapabilities(more);
        }

        @Override
        public OperationResult answer(OperationCall call) {
            OperationResult whole = super.answer(call);
            if (!call.has("reply")) {
                return whole;
            }
            inBits += call.elements();
            return OperationResult.of("kept", packing.apply(Bits.ofNonzero(whole.tensor("output"))));
        }
    }

    private static Verdict verdict(Packed packed, String id) {
        return new Certifier(Tier.QUICK, 5, Set.of("MASK-1", "MASK-14"), any -> {})
                .certify(packed).findings().stream()
                        .filter(finding -> finding.requirement().id().equals(id))
                        .findFirst()
                        .orElseThrow()
                        .verdict();
    }

    @ParameterizedTest
    @ValueSource(strings = {"spatial_dropout", "stochastic_depth"})
    void soundBitsPass(String operation) {
        Packed sound = new Packed(operation, kept -> kept);
        assertThat(verdict(sound, "MASK-14")).isInstanceOf(Verdict.Pass.class);
        assertThat(verdict(sound, "MASK-1")).isInstanceOf(Verdict.Pass.class);
        assertThat(sound.inBits).isGreaterThan(100_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"spatial_dropout", "stochastic_depth"})
    void bitsOneLateAreTold(String operation) {
        Packed late = new Packed(operation, kept -> Bits.of(kept.size(), i -> i > 0 && kept.isSet(i - 1)));
        assertThat(verdict(late, "MASK-14")).isInstanceOf(Verdict.Fail.class);
        assertThat(verdict(late, "MASK-1")).isInstanceOf(Verdict.Pass.class);
    }
}
