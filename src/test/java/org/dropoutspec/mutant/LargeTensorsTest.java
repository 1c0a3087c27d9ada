package org.dropoutspec.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.dropoutspec.certify.Certificate;
import org.dropoutspec.certify.Certifier;
import org.dropoutspec.contract.Tier;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tensors beyond 2^31 elements, of which neither side makes more than the slices. */
class LargeTensorsTest {
    private static final long BEYOND_32_BITS = (1L << 32) + (1 << 16);

    private static Certificate certificate(Implementation implementation) {
        return new Certifier(Tier.QUICK, 5, Set.of("NUM-6"), id -> {}).certify(implementation);
    }

    private static Verdict verdict(Implementation implementation) {
        return certificate(implementation).findings().get(0).verdict();
    }

    private static Implementation sound(long most) {
        return new LargeMutants.Sliced(9, most, (index, dtype) -> index, (index, dtype) -> index);
    }

    @Test
    void whatCountsWithLongsPasses() {
        assertThat(verdict(sound(BEYOND_32_BITS))).isInstanceOf(Verdict.Pass.class);
        assertThat(verdict(sound((1L << 31) + (1 << 16)))).isInstanceOf(Verdict.Pass.class);
    }

    @Test
    void theCertificateSaysHowLargeATensorWasAsked() {
        Certificate certificate = certificate(sound(BEYOND_32_BITS));
        assertThat(certificate.findings().get(0).verdict().evidence())
                .containsEntry("elements", BEYOND_32_BITS)
                .containsEntry("dtype", "float16");
        assertThat(certificate.inquiry().largest()).isEqualTo(BEYOND_32_BITS);
        assertThat(certificate.inquiry().judgedTypes()).containsExactly(DType.FLOAT16);
        assertThat(certificate.inquiry().capabilities()).containsOnlyKeys(Capability.SLICES, Capability.TILED_INPUT);
    }

    @Test
    void whatTakesNoSuchTensorsIsNotAsked() {
        assertThat(verdict(sound(1L << 31)))
                .isInstanceOf(Verdict.Unsupported.class)
                .extracting(Verdict::message)
                .asString()
                .contains("max_elements are more than 2^31");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    mask-of-an-int-index             | 4,294,967,296 to 4,294,967,423 repeat the mask of elements 0 to
                    elements-beyond-31-bits-left-out | from element 2,147,479,552 on, 6
                    offset-in-bytes-wraps            | from element 2,147,479,552 on, index 4097, expected 0.0, got 4.0, as FWD-2
                    """)
    void whatWrapsIsToldByItsPlace(String name, String message) {
        Mutant mutant = LargeMutants.all().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        Verdict verdict = verdict(mutant.implementation().apply(9));
        assertThat(verdict).isInstanceOf(Verdict.Fail.class);
        assertThat(verdict.message())
                .contains(message)
                .containsPattern("\\(rate 0\\.5, float16 \\[(32769|65537), 65536\\]\\)$");
    }

    @Test
    void slicesOfAnotherFormAreAnError() {
        Implementation oneTooFew =
                new LargeMutants.Sliced(9, BEYOND_32_BITS, (index, dtype) -> index, (index, dtype) -> index) {
                    @Override
                    public OperationResult answer(OperationCall call) {
                        List<Tensor> slices = new ArrayList<>(super.answer(call).tensors("slices"));
                        slices.remove(0);
                        return OperationResult.of("slices", slices);
                    }
                };
        assertThat(verdict(oneTooFew))
                .isInstanceOf(Verdict.Error.class)
                .extracting(Verdict::message)
                .asString()
                .contains("must be of those asked for: [[8192], ");
    }
}
