package org.dropoutspec.certify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dropoutspec.contract.Tier;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.ReferenceImplementation;
import org.dropoutspec.tensor.DType;
import org.junit.jupiter.api.Test;

class PicturedTest {
    private static final Description SEEDED =
            Description.of("seeded", "1").withDtypes(DType.FLOAT32).withCapabilities(Capability.SEED);

    @Test
    void whatPicturesShowIsKeptWhereItIsWantedAndChangesNoVerdict() {
        Certifier certifier = new Certifier(Tier.QUICK, 5, Set.of("MASK-2", "SEED-8"), id -> {});
        Map<String, Verdict> without = verdicts(certifier);
        Map<String, Verdict> with = verdicts(certifier.withPictures());
        without.forEach((id, verdict) -> {
            assertThat(with.get(id).message()).as(id).isEqualTo(verdict.message());
            assertThat(with.get(id).evidence().get("log10_e"))
                    .as(id)
                    .isEqualTo(verdict.evidence().get("log10_e"));
            assertThat(verdict.evidence().toString()).doesNotContain("looks", "series");
        });
        Map<?, ?> lags = (Map<?, ?>) ((List<?>) with.get("MASK-2").evidence().get("tests")).get(0);
        assertThat((List<?>) lags.get("looks")).hasSizeGreaterThan(3);
        assertThat(lags.get("series").toString()).contains("along=elements apart");
        assertThat(with.get("SEED-8").evidence().toString()).contains("along=seeds before", "along=seeds 2^k apart");
    }

    /** Of the sampling of the reference. */
    private static Map<String, Verdict> verdicts(Certifier certifier) {
        Implementation reference = new ReferenceImplementation(1);
        Certificate certificate = certifier.certify(new Handwritten(SEEDED, reference::dropout));
        Map<String, Verdict> verdicts = new LinkedHashMap<>();
        certificate
                .findings()
                .forEach(finding -> verdicts.put(finding.requirement().id(), finding.verdict()));
        return verdicts;
    }
}
