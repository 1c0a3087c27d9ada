package org.dropoutspec.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.UnaryOperator;
import org.dropoutspec.golden.verify.GoldenReport;
import org.dropoutspec.golden.verify.VectorResult;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Choices;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.ReferenceImplementation;
import org.dropoutspec.implementation.RejectedCall;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.implementation.Seeding;
import org.dropoutspec.mutant.SoundImplementations;
import org.dropoutspec.mutant.SoundImplementations.Sound;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No vector accuses an implementation that is sound in a way of its own. */
class SoundImplementationsPassTest {
    static List<Sound> everyOne() {
        return SoundImplementations.all();
    }

    @ParameterizedTest
    @MethodSource("everyOne")
    void soundImplementationsOfTheSuite(Sound sound) {
        requireSound(sound.implementation().apply(7));
    }

    /** What the two retired vectors of seed 105 accused: the words are the double's, the scale is a float's. */
    @Test
    void oneThatHoldsTheRateInFloat32WhereItScales() {
        requireSound(new Rescaled(call -> call.withRate((float) call.rate())));
    }

    /** The scale that the threshold of its words amounts to, so that the expectation is exact. */
    @Test
    void oneThatScalesByTheRateThatItDrawsAt() {
        requireSound(new Rescaled(call -> {
            double rate = call.rate();
            return rate > 0 && rate < 1 ? call.withRate(Math.scalb(Math.ceil(Math.scalb(rate, 32)), -32)) : call;
        }));
    }

    @Test
    void oneWithoutEvaluationIsAskedNone() {
        ReferenceImplementation reference = new ReferenceImplementation(1);
        GoldenReport report = requireSound(
                new Declaring(reference.description().with(Choices.defaults().with(Choices.Modes.TRAINING)), call -> {
                    assertThat(call.training()).isTrue();
                    return reference.dropout(call);
                }));
        assertThat(report.skipped()).containsKey("modes is declared as training: there is no evaluation");
    }

    @Test
    void oneWithSeedsOfFewBitsIsAskedNoLargerOnes() {
        ReferenceImplementation reference = new ReferenceImplementation(1);
        GoldenReport report = requireSound(new Declaring(
                reference.description().with(Seeding.defaults().withBits(16)), call -> {
                    assertThat(call.seed().orElse(0)).isLessThan(1 << 16);
                    return reference.dropout(call);
                }));
        assertThat(report.skipped()).containsKey("the seed has more bits than seed_bits");
    }

    @Test
    void oneWithoutAStreamIsHeldToItsSeeds() {
        ReferenceImplementation reference = new ReferenceImplementation(1);
        GoldenReport report = requireSound(new Declaring(
                reference
                        .description()
                        .with(Seeding.defaults().with(Seeding.Stream.NONE))
                        .withCapabilities(Capability.SEED, Capability.MASK_OUTPUT),
                call -> reference.dropout(call.seed().isPresent() ? call : call.withSeed(99))));
        assertThat(report.skipped()).containsKey("stream is declared as none");
        assertThat(report.vectors())
                .filteredOn(vector -> vector.label().requirement().equals("SEED-1"))
                .allMatch(vector -> vector.verdict() == VectorResult.Verdict.PASSED);
    }

    private static GoldenReport requireSound(Implementation implementation) {
        GoldenReport report = Vectors.verify(implementation);
        assertThat(report.failed() + report.broken()).as("%s", report.lines()).isZero();
        assertThat(report.problems()).isEmpty();
        assertThat(report.passed()).isPositive();
        return report;
    }

    /** Draws as the reference does, and applies the mask at another rate; no float64, which holds more than the rates. */
    private record Rescaled(ReferenceImplementation reference, UnaryOperator<Call> rerated) implements Implementation {
        Rescaled(UnaryOperator<Call> rerated) {
            this(new ReferenceImplementation(1), rerated);
        }

        @Override
        public Description description() {
            return reference.description().withDtypes(DType.FLOAT32);
        }

        @Override
        public Result dropout(Call call) {
            Result drawn = reference.dropout(call);
            if (!call.training()) {
                return drawn;
            }
            Tensor mask = drawn.mask().orElseThrow();
            Call again = rerated.apply(call.withoutSeed()).withMask(mask);
            if (!(again.rate() >= 0 && again.rate() <= 1)) {
                throw new RejectedCall("rate");
            }
            return reference.dropout(again);
        }
    }
}
