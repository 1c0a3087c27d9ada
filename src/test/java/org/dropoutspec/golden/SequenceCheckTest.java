package org.dropoutspec.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.dropoutspec.golden.topic.Flag;
import org.dropoutspec.golden.verify.GoldenReport;
import org.dropoutspec.golden.verify.MaskSource;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.ReferenceImplementation;
import org.junit.jupiter.api.Test;

/** Vectors of several calls, and of masks that are given. */
class SequenceCheckTest {
    private static final Implementation REFERENCE = new ReferenceImplementation(3);

    /** Its own generator, so that nothing but what the answers have in common can be held. */
    private static Declaring drawingItsOwn(Capability... capabilities) {
        ReferenceImplementation own = new ReferenceImplementation(17);
        return new Declaring(
                REFERENCE.description().withCapabilities(capabilities),
                call -> own.dropout(
                        call.seed().isPresent() ? call.withSeed(~call.seed().getAsLong() & 0xFFFF) : call));
    }

    @Test
    void severalCallsAreHeldToEachOtherWhereTheGeneratorIsAnother() {
        for (Declaring own : List.of(
                drawingItsOwn(Capability.SEED, Capability.BACKWARD, Capability.MASK_INPUT),
                drawingItsOwn(Capability.SEED, Capability.BACKWARD, Capability.MASK_INPUT, Capability.MASK_OUTPUT))) {
            GoldenReport report = Vectors.verify(label -> label.id().matches("stream-float32-.*"), own);
            assertThat(report.exitStatus()).as("%s", report.lines()).isZero();
            assertThat(report.passed()).isEqualTo(14);
        }
    }

    @Test
    void whatChangesTheStreamIsToldByTheCallsThatDisagree() {
        for (Capability[] capabilities : new Capability[][] {
            {Capability.SEED}, {Capability.SEED, Capability.MASK_OUTPUT}, {Capability.SEED, Capability.PHILOX4X32_10}
        }) {
            PlantedBug moved = new PlantedBug(Flag.STREAM_MOVED);
            Declaring bug = new Declaring(REFERENCE.description().withCapabilities(capabilities), moved::dropout);
            GoldenReport report = Vectors.verify(label -> label.id().equals("stream-float32-evaluation-between"), bug);
            assertThat(report.failed()).isEqualTo(1);
            boolean philox = report.rungs().containsKey(MaskSource.PHILOX);
            assertThat(report.lines())
                    .anyMatch(line -> line.startsWith(
                            philox
                                    ? "     calls[5]: mask["
                                    : "     calls[1] and calls[5]: expected the same mask, mask["))
                    .anyMatch(
                            line -> line.startsWith("     asked: rate 0.5, float32 [24]") && line.contains("; then "));
        }
    }

    @Test
    void aGivenMaskMayDropAtRateZero() {
        GoldenReport report = Vectors.verify(
                label -> label.id().equals("mask-float32-r0-none"), new PlantedBug(Flag.GIVEN_MASK_IGNORED));
        assertThat(report.failed()).isEqualTo(1);
        assertThat(Vectors.verify(label -> label.id().equals("mask-float32-r0-none"), REFERENCE)
                        .passed())
                .isEqualTo(1);
    }
}
