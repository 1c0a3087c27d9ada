package org.dropoutspec.certify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Choices;
import org.dropoutspec.implementation.Choices.Modes;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.ReferenceImplementation;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.implementation.Seeding;
import org.dropoutspec.tensor.DType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an implementation declares of its seeds, its stream and its modes shapes what is asked. */
@Timeout(120)
class DeclaredSeedingTest {
    private static final Description SEEDED = Description.of("declared", "1")
            .withDtypes(DType.FLOAT32)
            .withCapabilities(Capability.SEED, Capability.BACKWARD);

    @Tag("sound")
    @Test
    void aGeneratorOf31BitSeedsIsAskedNoneBeyondAndIsConformant() {
        Implementation reference = new ReferenceImplementation(1);
        AtomicLong largest = new AtomicLong();
        Certificate certificate =
                Certified.only(new Handwritten(SEEDED.with(Seeding.defaults().withBits(31)), call -> {
                    call.seed().ifPresent(seed -> largest.accumulateAndGet(seed, Math::max));
                    return reference.dropout(call);
                }));
        assertThat(certificate.outcome()).as("%s", certificate.reasons()).isSameAs(Outcome.CONFORMANT);
        assertThat(largest.get()).isEqualTo((1L << 31) - 1);
    }

    /** A mask follows from the seed of its call, or from a fresh one. */
    private static final class Function {
        private final SplittableRandom fresh = new SplittableRandom(5);

        Result answer(Call call) {
            long seed = call.seed().orElseGet(fresh::nextLong);
            Call bare = call.withoutSeed();
            return new ReferenceImplementation(seed).dropout(bare);
        }
    }

    @Tag("sound")
    @Test
    void aFunctionWithoutAStreamIsConformant() {
        Certificate certificate = Certified.only(
                new Handwritten(SEEDED.with(Seeding.defaults().with(Seeding.Stream.NONE)), new Function()::answer));
        assertThat(certificate.outcome()).as("%s", certificate.reasons()).isSameAs(Outcome.CONFORMANT);
        assertThat(Certified.verdicts(certificate).get("SEED-2")).isInstanceOf(Verdict.Unsupported.class);
    }

    @Test
    void aFunctionWithoutAStreamWhoseSeededMaskHangsOnTheCallBeforeIsFound() {
        Function function = new Function();
        long[] calls = new long[1];
        Verdict verdict = Certified.verdict(
                new Handwritten(
                        SEEDED.with(Seeding.defaults().with(Seeding.Stream.NONE)),
                        call -> function.answer(call.seed().isPresent() ? call.withSeed(calls[0]++) : call)),
                "SEED-1");
        assertThat(verdict).isInstanceOf(Verdict.Fail.class);
        assertThat(verdict.message()).contains("the second time, after another call");
    }

    @Tag("sound")
    @Test
    void anImplementationWithoutEvaluationIsAskedNoneAndIsConformant() {
        Implementation reference = new ReferenceImplementation(1);
        Certificate certificate =
                Certified.only(new Handwritten(SEEDED.with(Choices.defaults().with(Modes.TRAINING)), call -> {
                    if (!call.training()) {
                        throw new IllegalStateException("asked for an evaluation");
                    }
                    return reference.dropout(call);
                }));
        assertThat(certificate.outcome()).as("%s", certificate.reasons()).isSameAs(Outcome.CONFORMANT);
        assertThat(Certified.verdicts(certificate).get("EVAL-1").message())
                .isEqualTo("the implementation declares that it has no evaluation");
    }
}
