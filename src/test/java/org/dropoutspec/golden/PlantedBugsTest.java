package org.dropoutspec.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import org.dropoutspec.golden.topic.Flag;
import org.dropoutspec.golden.verify.GoldenReport;
import org.dropoutspec.golden.verify.VectorResult;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.ReferenceImplementation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlantedBugsTest {
    /** Bugs that no output shows where neither mask nor generator can be seen. */
    private static final Set<Flag> INVISIBLE_IF_OPAQUE = EnumSet.of(
            Flag.MASK_REPORTED_WRONG,
            Flag.GENERATOR_COUNTER,
            Flag.GENERATOR_ROUNDS,
            Flag.THRESHOLD_COARSE,
            Flag.THRESHOLD_OFF_BY_ONE,
            Flag.THRESHOLD_ROUNDED,
            Flag.MASK_SHAPE_WRONG,
            Flag.GIVEN_MASK_IGNORED,
            Flag.MASK_FOLLOWS_INPUT,
            Flag.OUTPUT_FOLLOWS_GRADIENT,
            Flag.STREAM_MOVED,
            Flag.STREAM_NOT_REPLAYED);

    /** Bugs that break a SHOULD and no MUST. */
    private static final Set<Flag> BREAKS_NO_MUST =
            EnumSet.of(Flag.SCALE_IN_HALF_PRECISION, Flag.RATE_IN_SINGLE_PRECISION, Flag.SUBNORMALS_FLUSHED);

    @ParameterizedTest
    @EnumSource(Flag.class)
    void aVectorThatCarriesTheFlagFindsTheBug(Flag flag) {
        GoldenReport report = Vectors.verify(label -> label.flags().contains(flag.toString()), new PlantedBug(flag));
        assertThat(report.problems()).isEmpty();
        assertThat(report.failed() > 0).as("failed of %s", report.lines()).isEqualTo(!BREAKS_NO_MUST.contains(flag));
        assertThat(report.failed() + report.advised())
                .as("failed of %s", report.lines())
                .isPositive();
        assertThat(report.exitStatus()).isEqualTo(report.failed() > 0 ? 1 : 0);
        assertThat(report.lines()).anyMatch(line -> line.startsWith("     hunts " + flag + ": "));
    }

    @ParameterizedTest
    @EnumSource(Flag.class)
    void theReferenceIsNotTakenForTheBug(Flag flag) {
        GoldenReport report =
                Vectors.verify(label -> label.flags().contains(flag.toString()), new ReferenceImplementation(1));
        assertThat(report.passed()).as("passed of %s", report.lines()).isEqualTo(report.checked());
    }

    @ParameterizedTest
    @EnumSource(Flag.class)
    void mostAreFoundWithoutSeeingTheMask(Flag flag) {
        PlantedBug opaque = new PlantedBug(
                flag, Capability.MASK_INPUT, Capability.MASK_OUTPUT, Capability.SEED, Capability.PHILOX4X32_10);
        GoldenReport report = Vectors.verify(
                label -> label.flags().contains(flag.toString()) && !label.id().startsWith("gen-"), opaque);
        assertThat(report.failed() + report.advised() > 0)
                .as("failed of %s", report.lines())
                .isEqualTo(!INVISIBLE_IF_OPAQUE.contains(flag));
    }

    /** No vector found this before the rates between two words were asked: no threshold of theirs was rounded. */
    @Test
    void aThresholdRoundedDownIsFoundThroughMasksAlone() {
        PlantedBug bug = new PlantedBug(Flag.THRESHOLD_ROUNDED);
        Declaring withoutWords = new Declaring(bug.description(), bug::dropout);
        GoldenReport report = Vectors.verify(label -> label.requirement().equals("SEED-6"), withoutWords);
        assertThat(report.vectors())
                .filteredOn(vector -> vector.verdict() == VectorResult.Verdict.FAILED)
                .extracting(vector -> vector.label().id())
                .hasSize(12)
                .allMatch(id -> id.matches("gen-draw-seed10[0-5]-rate-(half|quarter)-above-word"));
    }
}
