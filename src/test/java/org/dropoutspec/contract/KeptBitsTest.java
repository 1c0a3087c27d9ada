package org.dropoutspec.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.dropoutspec.certify.Certificate;
import org.dropoutspec.certify.Certifier;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.ReferenceImplementation;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.sampling.StatisticalRequirements;
import org.dropoutspec.tensor.Bits;
import org.dropoutspec.tensor.DType;
import org.junit.jupiter.api.Test;

/** Masks that come in bits: counted where they are right, and found where they are not, as what they are. */
class KeptBitsTest {
    /** What an adapter makes of the bits that it should send. */
    interface Packing {
        Bits packed(Bits kept, long number);
    }

    /** The reference behind an adapter that packs. */
    private static final class Packed implements Implementation {
        private final Implementation reference = new ReferenceImplementation(99);
        private final Description description;
        private final Packing packing;
        private final List<Call> inBits = new ArrayList<>();

        Packed(Packing packing, Capability... others) {
            Set<Capability> capabilities = new TreeSet<>(List.of(others));
            capabilities.add(Capability.KEPT_BITS);
            capabilities.add(Capability.TILED_INPUT);
            this.description = Description.of("packed", "1")
                    .withDtypes(DType.FLOAT32)
                    .withCapabilities(capabilities.toArray(Capability[]::new));
            this.packing = packing;
        }

        @Override
        public Description description() {
            return description;
        }

        @Override
        public Result dropout(Call call) {
            return Result.of(reference.dropout(call).output());
        }

        @Override
        public Bits kept(Call call) {
            inBits.add(call);
            return packing.packed(Bits.ofNonzero(dropout(call).output()), inBits.size());
        }

        long elements() {
            return inBits.stream().mapToLong(call -> call.input().size()).sum();
        }
    }

    private static Map<String, Verdict> verdicts(Implementation implementation) {
        return verdicts(implementation, StatisticalRequirements.ALL);
    }

    private static Map<String, Verdict> verdicts(Implementation implementation, Collection<String> ofMasks) {
        Set<String> asked = new TreeSet<>(ofMasks);
        asked.add("MASK-14");
        return new Certifier(Tier.QUICK, 5, asked, id -> {})
                .certify(implementation).findings().stream()
                        .collect(Collectors.toMap(
                                finding -> finding.requirement().id(), Certificate.Finding::verdict));
    }

    private static void assertThatBitsAloneAreAtFault(Map<String, Verdict> verdicts) {
        assertThat(verdicts.get("MASK-14")).isInstanceOf(Verdict.Fail.class);
        assertThat(verdicts.get("MASK-14").message())
                .containsPattern("bit \\d+ is (not )?set, where the answer in full ");
        verdicts.forEach((id, verdict) -> {
            if (!id.equals("MASK-14")) {
                assertThat(verdict).as(id).isNotInstanceOf(Verdict.Fail.class);
            }
        });
    }

    private static Bits reversedInEachByte(Bits kept) {
        return Bits.of(kept.size(), i -> (i ^ 7) < kept.size() && kept.isSet(i ^ 7));
    }

    @Test
    void soundBitsAreEvidenceLikeAnyOther() {
        Packed sound = new Packed((kept, number) -> kept, Capability.SEED);
        assertThat(verdicts(sound))
                .allSatisfy((id, verdict) -> assertThat(verdict).as(id).isInstanceOf(Verdict.Pass.class));
        assertThat(sound.elements()).isGreaterThan(1_000_000);
        assertThat(sound.inBits).anyMatch(call -> call.input().tile().isPresent());
    }

    @Test
    void bitsThatAreReversedInLargeMasksAreNoEvidenceOfTheMasks() {
        Packed reversed =
                new Packed((kept, number) -> kept.size() < 5000 ? kept : reversedInEachByte(kept), Capability.SEED);
        assertThatBitsAloneAreAtFault(verdicts(reversed));
    }

    @Test
    void bitsThatAreInvertedAreFoundWithoutASeed() {
        assertThatBitsAloneAreAtFault(
                verdicts(new Packed((kept, number) -> Bits.of(kept.size(), i -> !kept.isSet(i)))));
    }

    @Test
    void bitsOfTheInputAreFoundWithoutASeed() {
        // of the requirements on masks those that a mask which keeps everything breaks at once
        assertThatBitsAloneAreAtFault(
                verdicts(new Packed((kept, number) -> Bits.of(kept.size(), i -> true)), Set.of("MASK-1", "MASK-10")));
    }

    @Test
    void bitsThatAreReversedAreFoundByAMaskThatIsGiven() {
        assertThatBitsAloneAreAtFault(
                verdicts(new Packed((kept, number) -> reversedInEachByte(kept), Capability.MASK_INPUT)));
    }

    /** What the masks then seem to break is told as not judged. */
    @Test
    void bitsThatGoWrongLateAreFoundAmongTheMasks() {
        assertThatBitsAloneAreAtFault(verdicts(new Packed(
                (kept, number) -> number < 500 ? kept : Bits.of(kept.size(), i -> i > 0 && kept.isSet(i - 1)),
                Capability.SEED)));
    }
}
