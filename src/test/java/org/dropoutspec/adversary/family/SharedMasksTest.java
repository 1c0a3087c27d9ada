package org.dropoutspec.adversary.family;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.dropoutspec.certify.Certifier;
import org.dropoutspec.contract.Tier;
import org.dropoutspec.contract.Verdict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What one draw decides for several examples drops at the right rate, and is told as dependence. */
class SharedMasksTest {
    private static final Set<String> ASKED = Set.of(
            "MASK-1", "MASK-2", "MASK-3", "MASK-9", "MASK-10", "SEED-1", "SEED-4", "SEED-9", "FWD-1", "FWD-2", "BWD-1");

    static Stream<FamilyBroken> shared() {
        return Stream.of(
                FamilyBroken.of(
                        "spatial_dropout",
                        "one mask of channels for all examples",
                        Drawn.changed(drawn -> drawn.with(i -> drawn.kept(i % drawn.columns()))),
                        "MASK-2"),
                FamilyBroken.of(
                        "stochastic_depth",
                        "one draw for all examples",
                        Drawn.changed(drawn -> drawn.with(i -> drawn.kept(0))),
                        "MASK-2"));
    }

    @ParameterizedTest
    @MethodSource("shared")
    void isToldAsDependence(FamilyBroken broken) {
        List<String> told = new Certifier(Tier.QUICK, 7, ASKED, id -> {})
                .certify(broken.implementation().apply(7)).findings().stream()
                        .filter(finding -> finding.verdict() instanceof Verdict.Fail)
                        .map(finding ->
                                finding.requirement().id() + " " + finding.verdict().message())
                        .toList();
        assertThat(told).singleElement().asString().startsWith("MASK-2 where the element");
    }
}
