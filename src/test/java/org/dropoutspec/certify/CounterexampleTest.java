package org.dropoutspec.certify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.dropoutspec.contract.Tier;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.Layers;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.implementation.ReferenceImplementation;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The call that a failure shows: the smallest that does, and the same one every time. */
@Timeout(120)
class CounterexampleTest {
    @Test
    void aForgottenScaleIsShownByOneElement() {
        assertThat(Certified.verdict(Handwritten.unscaled(), "FWD-1"))
                .isInstanceOf(Verdict.Fail.class)
                .extracting(Verdict::message)
                .isEqualTo("index 0, expected 2.0, got 1.0 (rate 0.5, float32 [1] {1.0}, seed 58)");
    }

    @Test
    void aDefectFromTheThirdElementOnIsShownByThree() {
        Implementation reference = new ReferenceImplementation(1);
        Implementation broken = Handwritten.that(call -> {
            Result result = reference.dropout(call);
            if (call.training() || call.shape().size() < 3) {
                return result;
            }
            Tensor.Builder output = Tensor.builder(DType.FLOAT32, call.shape());
            for (int i = 0; i < call.shape().size(); i++) {
                output.setBits(i, i == 2 ? 0 : result.output().bits(i));
            }
            return Result.of(output.build());
        });
        assertThat(Certified.verdict(broken, "EVAL-1").message())
                .isEqualTo(
                        "index 2, expected 3.0, got 0.0 (evaluation, rate 0.5, float32 [3] {1.0, 2.0, 3.0}, seed 67)");
    }

    @Test
    void aWrongShapeIsShownByTheSmallestOneThatHasAnother() {
        Implementation reference = new ReferenceImplementation(1);
        Implementation flattening = Handwritten.that(call -> {
            Result result = reference.dropout(call);
            return new Result(
                    result.output().reshaped(Shape.of(call.shape().size())), result.mask(), result.gradInput());
        });
        assertThat(Certified.verdict(flattening, "FWD-6").message())
                .matches("expected \\[1, 1], got \\[1] \\(rate 0\\.5, float32 \\[1, 1] \\{1\\.0}, seed \\d+\\)");
    }

    /** The first call in place may be an evaluation, which shows nothing of a scale. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aBufferThatIsWrittenWronglyIsShownByASmallOne(long seed) {
        Description description = Description.of("in place", "1")
                .withDtypes(DType.FLOAT32)
                .withCapabilities(Capability.SEED, Capability.INPUT_AFTER, Capability.IN_PLACE);
        Layers unscaled = new Layers(description, Layers::plain, seed) {
            @Override
            protected Tensor inputAfter(OperationCall call, OperationResult result) {
                Tensor after = super.inputAfter(call, result);
                Tensor.Builder halved = Tensor.builder(after.dtype(), after.shape());
                for (int i = 0; i < after.size(); i++) {
                    halved.setBits(i, after.dtype().round(after.value(i) / 2));
                }
                return call.flag("in_place") && call.training() ? halved.build() : after;
            }
        };
        Certificate certificate = new Certifier(Tier.QUICK, seed, Set.of("FWD-11"), id -> {}).certify(unscaled);
        assertThat(Certified.verdicts(certificate).get("FWD-11").message())
                .contains("in place true")
                .doesNotContain("[65539]");
    }

    @Test
    void theSameSeedShowsTheSameCallsWithTheSameEvidence() {
        String[] ids = {"FWD-1", "NUM-1", "SHAPE-1", "BWD-1"};
        Certificate first = Certified.only(Handwritten.unscaled(), ids);
        Certificate second = Certified.only(Handwritten.unscaled(), ids);
        assertThat(second.findings()).isEqualTo(first.findings());
        assertThat(second.elements()).isEqualTo(first.elements());
        assertThat(Certified.verdicts(first).get("FWD-1")).isInstanceOf(Verdict.Fail.class);
        assertThat(Certified.verdicts(first).get("NUM-1")).isInstanceOf(Verdict.Inconclusive.class);
        assertThat(Certified.verdicts(first).get("SHAPE-1")).isInstanceOf(Verdict.Inconclusive.class);
    }

    @Test
    void aRequirementAloneGivesWhatItGivesAmongTheOthers() {
        Certificate all = Certified.only(Handwritten.unscaled(), "FWD-1", "FWD-2", "NUM-1", "SHAPE-1", "BWD-1");
        assertThat(all.findings()).hasSize(5).allSatisfy(finding -> {
            String id = finding.requirement().id();
            Verdict alone = Certified.verdict(Handwritten.unscaled(), id);
            boolean echo = finding.verdict() instanceof Verdict.Inconclusive;
            assertThat(finding.verdict()).isEqualTo(echo ? Verdict.Inconclusive.echo("FWD-1", alone) : alone);
        });
    }
}
