package org.dropoutspec.certify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.LongUnaryOperator;
import java.util.stream.Collectors;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.ReferenceImplementation;
import org.dropoutspec.tensor.DType;
import org.junit.jupiter.api.Test;

/** Seeds of which some bits are lost draw the same masks, and so do all that is drawn with them. */
class SeedsCutShortTest {
    private static final Description SEEDED =
            Description.of("seeded", "1").withDtypes(DType.FLOAT32).withCapabilities(Capability.SEED);

    @Test
    void aSeedCutToEightBitsIsToldOnceByTwoSeedsThatDrawTheSame() {
        Map<String, Verdict> verdicts = verdicts(seed -> seed & 0xff);
        assertThat(failed(verdicts)).containsExactly("SEED-4");
        assertThat(verdicts.get("SEED-4").message())
                .startsWith("seeds 0 and 256: expected different masks, got the same 128 elements");
        assertThat(((Verdict.Inconclusive) verdicts.get("MASK-10")).cause()).isEqualTo("SEED-4");
    }

    @Test
    void aSeedCutToSixteenBitsIsAgainstNoMust() {
        assertThat(failed(verdicts(seed -> seed & 0xffff))).containsExactly("SEED-5");
    }

    /** No two neighbours, nor two seeds that differ in one bit, come to the same. */
    @Test
    void aSeedHashedToTwentyBitsIsToldByTwoOfManySeedsTheSameInEveryRun() {
        Map<String, Verdict> verdicts = verdicts(seed -> new SplittableRandom(seed).nextLong() >>> 44);
        assertThat(failed(verdicts)).containsExactly("SEED-4");
        assertThat(verdicts.get("SEED-4").message())
                .startsWith("seeds 24615 and 12683: expected different masks, got the same 128 elements");
    }

    private static Map<String, Verdict> verdicts(LongUnaryOperator used) {
        Implementation reference = new ReferenceImplementation(1);
        Implementation cut = new Handwritten(
                SEEDED,
                call -> reference.dropout(
                        call.seed().isPresent()
                                ? call.withSeed(used.applyAsLong(call.seed().getAsLong()))
                                : call));
        return Certified.verdicts(Certified.only(cut, "MASK-3", "MASK-10", "SEED-4", "SEED-5", "SEED-8"));
    }

    private static Set<String> failed(Map<String, Verdict> verdicts) {
        return verdicts.keySet().stream()
                .filter(id -> verdicts.get(id) instanceof Verdict.Fail)
                .collect(Collectors.toSet());
    }
}
