package org.dropoutspec.adversary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dropoutspec.adversary.Layer.SEEDED;

import java.util.List;
import java.util.Set;
import java.util.function.LongUnaryOperator;
import java.util.stream.Stream;
import org.dropoutspec.certify.Certifier;
import org.dropoutspec.contract.Tier;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.implementation.Seeding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Generators whose own seeds are shorter: which seeds they take for one is SEED-4's matter, and told by it alone. */
class FoldedSeedsTest {
    private static final long SEED = 20_261_123;
    private static final long MERSENNE_PRIME = (1L << 31) - 1;

    static Stream<Arguments> folds() {
        return Stream.of(
                fold("the exclusive or of its halves, as Long.hashCode", Long::hashCode),
                fold("the sum of its halves", seed -> (seed & 0xFFFF_FFFFL) + (seed >>> 32)),
                fold("its magnitude as an int", seed -> Math.abs((int) seed)),
                fold("its remainder by 2^31 - 1", seed -> seed % MERSENNE_PRIME),
                fold("its remainder by the largest prime below 2^32", seed -> seed % 4_294_967_291L),
                fold("its halves of 16 bits, one over the other", seed -> (seed ^ seed >>> 16) & 0xFFFF));
    }

    @ParameterizedTest(name = "takes for a seed {0}")
    @MethodSource("folds")
    void oneRequirementTells(String name, LongUnaryOperator fold) {
        assertThat(told(SEEDED, fold))
                .singleElement()
                .asString()
                .matches("SEED-4: seeds \\d+ and \\d+: expected different masks, got the same .*");
    }

    /** The bits that are lost are not the low ones: SEED-5, which is a SHOULD. */
    @Test
    void aSeedThatIsCutTo32BitsIsNotFolded() {
        assertThat(told(SEEDED, seed -> seed)).isEmpty();
    }

    @Test
    void seedsOfSixteenBitsAreNoMoreThanDeclared() {
        assertThat(told(SEEDED.with(Seeding.defaults().withBits(16)), seed -> seed))
                .isEmpty();
    }

    private static Arguments fold(String name, LongUnaryOperator fold) {
        return Arguments.of(name, fold);
    }

    private static List<String> told(Description description, LongUnaryOperator fold) {
        Layer layer = new Layer(description, SEED) {
            @Override
            Result train(Call call) {
                if (call.seed().isEmpty()) {
                    return super.train(call);
                }
                long seed = call.seed().getAsLong();
                assertThat(seed).isBetween(0L, description.seeding().limit() - 1);
                return super.train(call.withSeed(fold.applyAsLong(seed) & 0xFFFF_FFFFL));
            }
        };
        return new Certifier(Tier.QUICK, SEED, Set.of("SEED-3", "SEED-4", "SEED-8", "MASK-10"), id -> {})
                .certify(layer).findings().stream()
                        .filter(finding -> finding.verdict() instanceof Verdict.Fail)
                        .map(finding -> finding.requirement().id() + ": "
                                + finding.verdict().message())
                        .toList();
    }
}
