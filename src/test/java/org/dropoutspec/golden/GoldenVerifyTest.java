package org.dropoutspec.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.dropoutspec.golden.topic.Flag;
import org.dropoutspec.golden.verify.GoldenReport;
import org.dropoutspec.golden.verify.MaskSource;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Choices;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.ImplementationFault;
import org.dropoutspec.implementation.ReferenceImplementation;
import org.dropoutspec.implementation.RejectedCall;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.implementation.UnsupportedCall;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoldenVerifyTest {
    private static final Implementation REFERENCE = new ReferenceImplementation(3);

    @TempDir
    private Path directory;

    /** The reference, declaring less. */
    private static Declaring declaring(Capability... capabilities) {
        return new Declaring(REFERENCE.description().withCapabilities(capabilities), REFERENCE::dropout);
    }

    @Test
    void theReferencePassesAllVectorsOnAllItsRungs() {
        GoldenReport report = GoldenVerify.run(Optional.empty(), REFERENCE);
        assertThat(report.exitStatus()).as("%s", report.lines()).isZero();
        assertThat(report.passed()).isEqualTo(report.checked());
        assertThat(report.rungs())
                .containsKeys(
                        MaskSource.MASK_INJECTED,
                        MaskSource.MASK_REPORTED,
                        MaskSource.PHILOX,
                        MaskSource.NO_MASK,
                        MaskSource.GENERATOR)
                .doesNotContainKey(MaskSource.OPAQUE);
        assertThat(report.passed()).isGreaterThan(1_400);
        assertThat(report.skipped().keySet())
                .contains("it is for other declared choices: {rate_one=reject}")
                .allMatch(reason -> reason.startsWith("it is for other declared choices: {")
                        || reason.matches("operation \\w+ is not declared")
                        || reason.equals("the rate is within rate_resolution of a good one"));
    }

    @Test
    void theVectorsInsideTheJarAreThoseOfTheRepository() {
        GoldenReport inside = GoldenVerify.insideJar(REFERENCE);
        assertThat(inside.problems()).isEmpty();
        GoldenReport outside = GoldenVerify.directory(Path.of("golden"), REFERENCE);
        assertThat(inside.vectors().stream().filter(vector -> CheckedIn.isChecked(vector.file())))
                .hasSameElementsAs(outside.vectors())
                .hasSameSizeAs(outside.vectors());
    }

    @Test
    void anOpaqueImplementationIsCheckedUnderTheMaskThatExplainsItsOutput() {
        GoldenReport report = GoldenVerify.run(Optional.empty(), declaring(Capability.BACKWARD));
        assertThat(report.exitStatus()).as("%s", report.lines()).isZero();
        assertThat(report.rungs()).containsOnlyKeys(MaskSource.OPAQUE, MaskSource.NO_MASK);
        assertThat(report.rungs().get(MaskSource.OPAQUE)).isGreaterThan(400);
        assertThat(report.skipped())
                .containsKeys(
                        "capability noise_shape is not declared",
                        "capability permuted_input is not declared",
                        "the generator's words cannot be seen through a call of dropout");
        assertThat(report.lines())
                .contains("      0  mask injected: mask_input is not declared")
                .anyMatch(line -> line.endsWith("  opaque, mask recovered"));
    }

    @Test
    void aReportedMaskIsBelievedAndTheOutputHeldToIt() {
        GoldenReport report =
                GoldenVerify.run(Optional.empty(), declaring(Capability.MASK_OUTPUT, Capability.NOISE_SHAPE));
        assertThat(report.exitStatus()).as("%s", report.lines()).isZero();
        assertThat(report.rungs()).containsOnlyKeys(MaskSource.MASK_REPORTED, MaskSource.NO_MASK);
        assertThat(report.skipped()).containsKey("capability backward is not declared");
    }

    @Test
    void declaredChoicesHaveTheirOwnExpectations() {
        Choices choices = Choices.defaults().with(Choices.RateOne.REJECT).with(Choices.DroppedNonfinite.NAN);
        PlantedBug multiplies = new PlantedBug(Flag.NONFINITE_LEAKS);
        Implementation declared = new Declaring(multiplies.description().with(choices), call -> {
            if (call.training() && call.rate() == 1) {
                throw new RejectedCall("rate must be below 1");
            }
            return multiplies.dropout(call);
        });
        GoldenReport report = Vectors.verify(label -> label.id().startsWith("fwd-"), declared);
        assertThat(report.passed()).isPositive().isEqualTo(report.checked());
    }

    @Test
    void aFailureTellsFileVectorRequirementElementAndWhatTheFlagHunts() {
        GoldenReport report = Vectors.verify(
                label -> label.id().equals("example-float32-third"), new PlantedBug(Flag.KEEP_DROP_CONFUSION));
        assertThat(report.exitStatus()).isEqualTo(1);
        assertThat(report.lines())
                .contains(
                        "FAIL examples.json example-float32-third FWD-1, mask injected",
                        "     output[0]: expected 40400000 (3, ulp:3), got 40c00000 (6), kept",
                        "     asked: rate 0.3333333432674408, float32 [4] {2.0, 4.0, 6.0, 8.0},"
                                + " mask bool [4] {1.0, 1.0, 0.0, 1.0}",
                        "     hunts keep-drop-confusion: takes the drop rate for the probability of keeping,"
                                + " so kept elements are scaled by 1/rate (electra#61)");
    }

    @Test
    void whatShouldBeIsToldAndCountedApartAndDoesNotFail() {
        GoldenReport report =
                Vectors.verify(label -> label.id().startsWith("num-"), new PlantedBug(Flag.SCALE_IN_HALF_PRECISION));
        assertThat(report.exitStatus()).as("%s", report.lines()).isZero();
        assertThat(report.failed()).isZero();
        assertThat(report.advised()).isPositive();
        assertThat(report.lines())
                .contains("SHOULD numerics.json num-float16-r0.1-scale NUM-2, mask injected")
                .contains("checked " + report.checked() + ": " + report.passed() + " passed, 0 failed, "
                        + report.advised() + " failed what SHOULD be, 0 in which the implementation broke");
    }

    @Test
    void aRequirementThatTheSpecificationDoesNotHaveIsABadVector() {
        VectorSource.Source good = Vectors.where(label -> label.id().equals("example-float32-half"))
                .get(0);
        String text = new String(good.bytes(), StandardCharsets.UTF_8).replace("FWD-1", "FWD-999");
        GoldenReport report = Vectors.verify(List.of(Vectors.source("examples.json", text)), REFERENCE);
        assertThat(report.problems())
                .extracting(GoldenReport.Problem::toString)
                .containsExactly(
                        "examples.json: example-float32-half: requirement (FWD-999) must be one of the specification");
        assertThat(report.exitStatus()).isEqualTo(2);
    }

    @Test
    void onlyWhoDeclaresAFineResolutionIsAskedAboutRatesNextToGoodOnes() {
        GoldenReport coarse = Vectors.verify(label -> label.id().contains("-just-"), REFERENCE);
        assertThat(coarse.skipped()).containsEntry("the rate is within rate_resolution of a good one", 16);
        Choices exact = Choices.defaults().withRateResolution(0);
        Declaring fine = new Declaring(REFERENCE.description().with(exact), REFERENCE::dropout);
        assertThat(Vectors.verify(label -> label.id().contains("-just-"), fine).passed())
                .isEqualTo(16);
    }

    @Test
    void aFaultIsNeitherAPassNorAFailure() {
        for (RuntimeException fault : new RuntimeException[] {
            new ImplementationFault("the adapter exited with status 139"), new IllegalStateException("bug")
        }) {
            Implementation broken = new Declaring(REFERENCE.description(), call -> {
                throw fault;
            });
            GoldenReport report = Vectors.verify(label -> label.id().startsWith("example-float32-"), broken);
            assertThat(report.exitStatus()).isEqualTo(2);
            assertThat(report.passed() + report.failed()).isZero();
            assertThat(report.broken()).isEqualTo(4);
            assertThat(report.lines()).anyMatch(line -> line.contains(fault.getMessage()));
        }
    }

    @Test
    void aMissingGradientOrMaskIsAFault() {
        Implementation lacking = new Declaring(REFERENCE.description(), call -> Result.of(call.presented()));
        GoldenReport report = Vectors.verify(label -> label.id().equals("example-float32-half-backward"), lacking);
        assertThat(report.broken()).isEqualTo(1);
        assertThat(report.lines())
                .anyMatch(line -> line.contains("backward is declared, but the answer has no grad_input"));
    }

    @Test
    void whatCannotBeExpressedIsSkippedWithTheReason() {
        Implementation limited = new Declaring(REFERENCE.description().withDtypes(DType.FLOAT32), call -> {
            if (!call.training()) {
                throw new UnsupportedCall("no evaluation here");
            }
            return REFERENCE.dropout(call);
        });
        GoldenReport report = Vectors.verify(label -> label.id().startsWith("eval-"), limited);
        assertThat(report.skipped())
                .containsEntry("unsupported: no evaluation here", 22)
                .containsEntry("dtype float16 is not declared", 22);
        assertThat(report.exitStatus()).as("nothing was checked").isEqualTo(2);
    }

    @Test
    void aWrongMaskOutputOrShapeFails() {
        Implementation narrow = new Declaring(
                REFERENCE.description(),
                call -> Result.of(Tensor.full(DType.FLOAT32, Shape.of(1), 0))
                        .withMask(Tensor.full(DType.FLOAT32, call.maskShape(), 1)));
        GoldenReport report = Vectors.verify(label -> label.id().equals("example-float32-half"), narrow);
        assertThat(report.failed()).isEqualTo(1);
        assertThat(report.lines())
                .contains(
                        "     output: expected float32 [4] as the input, got float32 [1]",
                        "     mask: expected bool [4], got float32 [4]");
    }

    @Test
    void aDirectoryWithoutVectorsIsAnError() throws Exception {
        assertThat(GoldenVerify.directory(directory, REFERENCE).exitStatus()).isEqualTo(2);
        GoldenReport missing = GoldenVerify.directory(directory.resolve("absent"), REFERENCE);
        assertThat(missing.exitStatus()).isEqualTo(2);
        assertThat(missing.lines()).first().asString().contains("absent: cannot be listed: no such file or directory");
        Files.createDirectory(directory.resolve("folder.json"));
        assertThat(GoldenVerify.directory(directory, REFERENCE).problems())
                .first()
                .asString()
                .startsWith("folder.json: cannot be read");
    }
}
