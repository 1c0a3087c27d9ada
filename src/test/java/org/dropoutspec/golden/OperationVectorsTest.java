package org.dropoutspec.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dropoutspec.golden.format.GoldenVector;
import org.dropoutspec.golden.verify.GoldenReport;
import org.dropoutspec.golden.verify.MaskSource;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Declaration;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.mutant.Mutant;
import org.dropoutspec.operation.BrokenOperation;
import org.dropoutspec.operation.Operation;
import org.dropoutspec.operation.Operations;
import org.dropoutspec.operation.ReferenceFamily;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The vectors of the family: sound implementations pass, however much of their masks they show; planted bugs are found. */
class OperationVectorsTest {
    private static final VectorSet VECTORS = VectorSet.of(Vectors.files().stream()
            .filter(file -> file.vectors().stream().anyMatch(GoldenVector.OfOperation.class::isInstance))
            .map(file -> Vectors.source(
                    file.topic() + ".json", GoldenRegenerate.generate().get(file.topic() + ".json")))
            .toList());

    /** What statistics decide, over many masks, and what shows between calls alone. */
    private static final Pattern NO_SINGLE_ANSWER =
            Pattern.compile("(MASK|SEED|STATE)-.*|NET-[678]|GAUSS-6|FWD-(9|10|11)|BWD-1[1-5]");

    private static GoldenReport verify(Implementation implementation) {
        GoldenReport report = GoldenVerify.of(VECTORS, implementation);
        assertThat(report.problems()).isEmpty();
        return report;
    }

    @Test
    void theReferencePassesThemAllWithMasksGivenAndItsOwn() {
        GoldenReport report = verify(new ReferenceFamily(1));
        assertThat(report.failed() + report.broken()).as("%s", report.lines()).isZero();
        assertThat(report.rungs().get(MaskSource.MASK_INJECTED)).isGreaterThan(100);
        assertThat(report.rungs().get(MaskSource.MASK_REPORTED)).isGreaterThan(100);
    }

    static List<Operation> operations() {
        return Operations.all();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void soundImplementationsPassWhoseMasksAreRecovered(Operation operation) {
        Set<Capability> shown = EnumSet.copyOf(operation.reference().capabilities());
        shown.removeAll(List.of(Capability.MASK_INPUT, Capability.MASK_OUTPUT, Capability.NOISE_INPUT));
        Declaration opaque = operation.reference().withCapabilities(shown);
        GoldenReport report = verify(
                new BrokenOperation(operation, 3, opaque, (call, dropout, sound) -> sound.answer(call, dropout)));
        assertThat(report.failed() + report.broken()).as("%s", report.lines()).isZero();
        assertThat(report.rungs()).doesNotContainKey(MaskSource.MASK_INJECTED);
        assertThat(report.rungs().keySet()).containsAnyOf(MaskSource.OPAQUE, MaskSource.MASK_REPORTED);
    }

    static Stream<Mutant> deterministic() {
        return Operations.all().stream()
                .flatMap(operation -> operation.mutants().stream())
                .filter(mutant ->
                        !NO_SINGLE_ANSWER.matcher(mutant.requirement()).matches());
    }

    @ParameterizedTest
    @MethodSource("deterministic")
    void aBrokenImplementationFailsAVectorOfItsOperation(Mutant mutant) {
        GoldenReport report = verify(mutant.implementation().apply(1));
        assertThat(report.failed()).as(mutant.name()).isPositive();
        String topic = mutant.operation().replace('_', '-') + ".json";
        assertThat(report.lines().stream().filter(line -> line.startsWith("FAIL ")))
                .allMatch(line -> line.startsWith("FAIL " + topic));
        assertThat(report.exitStatus()).isEqualTo(1);
    }
}
