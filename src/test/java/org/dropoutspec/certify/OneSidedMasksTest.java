package org.dropoutspec.certify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.dropoutspec.certify.Certificate.Finding;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.ReferenceImplementation;
import org.dropoutspec.tensor.DType;
import org.junit.jupiter.api.Test;

/** A call that keeps everything is seen in whatever check it was made for, where sampling never asks for its like. */
class OneSidedMasksTest {
    private static final Description PLAIN = Description.of("plain", "1").withDtypes(DType.FLOAT32);

    @Test
    void inputsWithANaNThatAreLeftAsTheyAreAreToldOnce() {
        List<Finding> failed = failed(OneSidedMasksTest::hasNaN);
        assertThat(failed).hasSize(1);
        assertThat(failed.get(0).verdict().message())
                .matches("(?s)index \\d+, expected \\S+, got \\S+ \\(rate 0.5, float32 .*NaN.*");
    }

    @Test
    void inputsThatAreDroppedAsTheyHaveToBeAreNotToldOf() {
        assertThat(failed(call -> false)).isEmpty();
    }

    private static List<Finding> failed(Predicate<Call> left) {
        Implementation reference = new ReferenceImplementation(1);
        Handwritten layer = new Handwritten(
                PLAIN, call -> reference.dropout(call.training() && left.test(call) ? call.withRate(0) : call));
        return Certified.only(layer, "FWD-1", "FWD-2", "FWD-3", "FWD-4", "FWD-5", "MASK-1").findings().stream()
                .filter(finding -> finding.verdict() instanceof Verdict.Fail)
                .toList();
    }

    private static boolean hasNaN(Call call) {
        return IntStream.range(0, call.input().size())
                .anyMatch(i -> Double.isNaN(call.input().value(i)));
    }
}
