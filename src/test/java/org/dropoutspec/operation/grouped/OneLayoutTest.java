package org.dropoutspec.operation.grouped;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.dropoutspec.certify.Certificate;
import org.dropoutspec.certify.Certifier;
import org.dropoutspec.certify.Outcome;
import org.dropoutspec.certify.Selection;
import org.dropoutspec.contract.Tier;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.UnsupportedCall;
import org.dropoutspec.operation.BrokenOperation;
import org.dropoutspec.operation.BrokenOperation.Defect;
import org.dropoutspec.tensor.DType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who has channels on one side alone is asked there, however few calls may be asked. */
class OneLayoutTest {
    private static final Defect REFERENCE = (call, dropout, sound) -> sound.answer(call, dropout);

    private static Implementation of(boolean last, boolean few, Defect answer) {
        Set<Capability> capabilities = EnumSet.of(Capability.SEED, Capability.BACKWARD);
        if (few) {
            capabilities.add(Capability.FEW_SHAPES);
        }
        SpatialDropout spatial = new SpatialDropout();
        return new BrokenOperation(
                spatial,
                3,
                new org.dropoutspec.implementation.Declaration(
                        EnumSet.of(DType.FLOAT32),
                        capabilities,
                        spatial.reference().choices()),
                (call, dropout, sound) -> {
                    if (last != (call.integer("channel_axis") > 1)) {
                        throw new UnsupportedCall("channels are " + (last ? "last" : "first"));
                    }
                    return answer.answer(call, dropout, sound);
                });
    }

    @ParameterizedTest(name = "channels last {0}, few shapes {1}")
    @CsvSource({"false, true", "true, true", "false, false", "true, false"})
    void aSoundOneIsConformant(boolean last, boolean few) {
        Set<String> some = Set.of("MASK-1", "MASK-2", "SPATIAL-1", "FWD-1", "EVAL-1", "EVAL-3", "SEED-5", "NUM-7");
        Certificate certificate = certified(of(last, few, REFERENCE), some);
        assertThat(certificate.findings())
                .filteredOn(finding -> some.contains(finding.requirement().id()))
                .allMatch(finding -> finding.verdict() instanceof Verdict.Pass);
        assertThat(certificate.outcome()).isSameAs(Outcome.CONFORMANT);
    }

    @ParameterizedTest(name = "channels last {0}")
    @CsvSource({"false", "true"})
    void oneThatDoesNotScaleIsFound(boolean last) {
        Defect unscaled = (call, dropout, sound) -> {
            var result = sound.answer(call, dropout);
            double[] y = result.tensor("output").values();
            for (int i = 0; i < y.length && call.training(); i++) {
                y[i] *= 1 - call.rate();
            }
            return result.with(
                    "output",
                    org.dropoutspec.tensor.Tensor.of(
                            DType.FLOAT32, result.tensor("output").shape(), y));
        };
        assertThat(certified(of(last, true, unscaled), Set.of("FWD-1")).findings())
                .filteredOn(finding -> finding.verdict() instanceof Verdict.Fail)
                .extracting(finding -> finding.requirement().id())
                .isEqualTo(List.of("FWD-1"));
    }

    private static Certificate certified(Implementation implementation, Set<String> only) {
        return new Certifier(Tier.QUICK, 5, new Selection(Set.of("spatial_dropout"), only), id -> {})
                .certify(implementation);
    }
}
