package org.dropoutspec.certify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.golden.GoldenVerify;
import org.dropoutspec.golden.verify.GoldenReport;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Choices;
import org.dropoutspec.implementation.Choices.Modes;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.reference.Dropout;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A compiled implementation is judged in a few shapes, and for what it does there. */
@Timeout(120)
class FewShapesTest {
    private static final String NOT_ASKED =
            "few_shapes is declared: at most 40 combinations of type, shape, mode and fields are asked";

    private static final Description PLAIN = Description.of("compiled", "1").withDtypes(DType.FLOAT32);
    private static final Description SEEDED = PLAIN.withCapabilities(Capability.SEED, Capability.BACKWARD);

    private static final Description EVERYTHING = PLAIN.withDtypes(DType.values())
            .withCapabilities(
                    Capability.SEED,
                    Capability.BACKWARD,
                    Capability.NOISE_SHAPE,
                    Capability.PERMUTED_INPUT,
                    Capability.MASK_INPUT,
                    Capability.MASK_OUTPUT,
                    Capability.PHILOX4X32_10);

    static List<Description> declarations() {
        return List.of(
                SEEDED.with(Choices.defaults().with(Modes.TRAINING)),
                PLAIN.withCapabilities(Capability.BACKWARD, Capability.NOISE_SHAPE),
                EVERYTHING);
    }

    @Tag("sound")
    @ParameterizedTest
    @MethodSource("declarations")
    void aSoundOneIsAskedFortyCombinationsAtMostAndIsConformant(Description description) {
        Compiled sound = new Compiled(description, 1);
        Certificate certificate = Certified.only(sound);
        Map<String, String> open = new TreeMap<>();
        certificate.findings().stream()
                .filter(finding -> !(finding.verdict() instanceof Verdict.Pass))
                .filter(finding -> !(finding.verdict() instanceof Verdict.Unsupported without && !without.applies()))
                .filter(finding -> !finding.verdict().message().startsWith("needs the capability"))
                .forEach(finding ->
                        open.put(finding.requirement().id(), finding.verdict().message()));
        if (description == EVERYTHING) {
            assertThat(open.keySet()).containsExactly("NUM-5"); // of a large tensor with seed and gradient
        } else {
            assertThat(open).isEmpty();
        }
        assertThat(certificate.outcome()).as("%s", certificate.reasons()).isSameAs(Outcome.CONFORMANT);
        assertThat(sound.most()).isBetween(12, 40);
        assertThat(certificate.ledger()).anyMatch(line -> line.matches("few_shapes: asked \\d+ combinations .*"));
    }

    @Test
    void aMaskThatIsKeptByShapeAndRateIsFound() {
        assertFailed(
                new Compiled(SEEDED, 1) {
                    private final Map<List<Object>, Tensor> masks = new HashMap<>();

                    @Override
                    Program compile(Call first) {
                        return call -> {
                            if (!call.training() || call.seed().isPresent()) {
                                return sound(call);
                            }
                            sound(call.withRate(call.rate())); // a bad rate is rejected
                            Tensor mask = masks.computeIfAbsent(
                                    List.of(call.shape(), call.rate()),
                                    any -> sound(call).mask().orElseThrow());
                            return under(mask, mask, call);
                        };
                    }
                },
                "MASK-3");
    }

    @Test
    void aGradientUnderAnotherMaskThanTheOutputsIsFound() {
        assertFailed(
                new Compiled(SEEDED, 1) {
                    @Override
                    Program compile(Call first) {
                        return call -> {
                            Result result = sound(call);
                            boolean asked = call.training() && call.gradOutput().isPresent();
                            return asked
                                    ? under(
                                            result.mask().orElseThrow(),
                                            sound(call.withoutSeed()).mask().orElseThrow(),
                                            call)
                                    : result;
                        };
                    }
                },
                "BWD-1");
    }

    @Test
    void aRateThatIsFixedWhenItIsCompiledIsFound() {
        assertFailed(
                new Compiled(SEEDED, 1) {
                    @Override
                    Program compile(Call first) {
                        double rate = first.rate();
                        return call -> {
                            boolean between = call.rate() > 0 && call.rate() < 1;
                            return sound(between && rate > 0 && rate < 1 ? call.withRate(rate) : call);
                        };
                    }
                },
                "FWD-1");
    }

    @Test
    void aSeedThatIsIgnoredInOneCombinationIsFound() {
        assertFailed(
                new Compiled(SEEDED, 1) {
                    private boolean one;

                    @Override
                    Program compile(Call first) {
                        boolean ignored = !one
                                && first.seed().isPresent()
                                && first.gradOutput().isPresent();
                        one |= ignored;
                        return ignored ? call -> sound(call.withoutSeed()) : this::sound;
                    }
                },
                "SEED-1");
    }

    @Test
    void anEvaluationThatDropsOnceCompiledForManyElementsIsFound() {
        assertFailed(
                new Compiled(SEEDED, 1) {
                    @Override
                    Program compile(Call first) {
                        boolean drops = !first.training() && first.shape().size() > 1024;
                        return call -> drops ? sound(call.withTraining(true)) : sound(call);
                    }
                },
                "EVAL-1");
    }

    @Test
    void whatCannotBeAskedInSoFewIsToldAsNotAsked() {
        Verdict verdict = Certified.verdict(new Compiled(EVERYTHING, 1), "NUM-5");
        assertThat(verdict).isInstanceOf(Verdict.Unsupported.class);
        assertThat(verdict.message()).isEqualTo(NOT_ASKED);
    }

    @Test
    void vectorsOfMoreCombinationsAreNotAskedAndCounted() {
        Compiled sound = new Compiled(EVERYTHING, 1);
        GoldenReport report = GoldenVerify.insideJar(sound);
        assertThat(sound.most()).isEqualTo(40);
        assertThat(report.exitStatus()).isZero();
        assertThat(report.passed()).isGreaterThan(500);
        assertThat(report.skipped().get(NOT_ASKED)).isGreaterThan(100);
    }

    private static Result under(Tensor mask, Tensor ofGradient, Call call) {
        Result result = Result.of(Dropout.forward(call.presented(), mask, call.rate()));
        return call.gradOutput()
                .map(gradient -> result.withGradInput(Dropout.backward(gradient, ofGradient, call.rate())))
                .orElse(result);
    }

    private static void assertFailed(Compiled broken, String cause) {
        Certificate certificate = Certified.only(broken, cause);
        assertThat(certificate.outcome()).isSameAs(Outcome.NONCONFORMANT);
        assertThat(certificate.findings())
                .filteredOn(finding -> finding.verdict() instanceof Verdict.Fail)
                .extracting(finding -> finding.requirement().id())
                .contains(cause);
        assertThat(broken.most()).isLessThanOrEqualTo(40);
    }
}
