package org.dropoutspec.adversary.family;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dropoutspec.certify.Certificate;
import org.dropoutspec.certify.Certifier;
import org.dropoutspec.contract.Tier;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.operation.ReferenceFamily;
import org.dropoutspec.tensor.Shape;
import org.junit.jupiter.api.Test;

/** What goes wrong between calls is told by the steps that it takes, and by no others. */
class FewestStepsTest {
    @Test
    void noCallIsToldBetweenOneAndItsBackwardPassThatMakesNoDifference() {
        ReferenceFamily ofMemory = new ReferenceFamily(7, List.of()) {
            @Override
            protected OperationCall take(long id) {
                OperationCall call = super.take(id);
                return call.fields().get("permutation") instanceof int[] axes
                                && call.tensor("mask").shape().rank() == 2
                        ? call.with(
                                "mask",
                                call.tensor("mask")
                                        .reshaped(call.tensor("input").shape())
                                        .permuted(axes))
                        : call;
            }
        };
        assertThat(told(ofMemory, "BWD-11"))
                .contains("in step 2, of step 1:\n1. dropout, rate 0.5, ")
                .contains("retain true\n2. backward of step 1")
                .doesNotContain("3.");
    }

    @Test
    void callsOfNoAccountAreLeftOutOnBothSidesOfAComparison() {
        ReferenceFamily drawing = new ReferenceFamily(7, List.of()) {
            @Override
            protected void release(long id) {
                super.release(id);
                layer(0).drawMask(Shape.of(1), 0.5);
            }
        };
        String told = told(drawing, "BWD-13");
        assertThat(told)
                .contains("release of step ")
                .doesNotContain("backward of step", "evaluation", "65539", "\n9. ");
    }

    @Test
    void asManyAreRetainedAsItTakes() {
        ReferenceFamily ring = new ReferenceFamily(7, List.of()) {
            private final Map<Long, OperationCall> last = new HashMap<>();

            @Override
            protected void retain(long id, OperationCall call) {
                super.retain(id, call);
                last.put(id % 8, call);
            }

            @Override
            protected OperationCall take(long id) {
                OperationCall own = super.take(id);
                OperationCall other = last.getOrDefault(id % 8, own);
                boolean fits = own.has("mask")
                        && other.has("mask")
                        && own.tensor("mask")
                                .shape()
                                .equals(other.tensor("mask").shape());
                return fits ? own.with("mask", other.tensor("mask")) : own;
            }
        };
        assertThat(told(ring, "BWD-11"))
                .contains("in step 10, of step 1:\n1 to 9. dropout, ")
                .endsWith("\n10. backward of step 1");
    }

    private static String told(Implementation implementation, String requirement) {
        return new Certifier(Tier.QUICK, 7, Set.of(requirement), id -> {})
                .certify(implementation).findings().stream()
                        .map(Certificate.Finding::verdict)
                        .filter(Verdict.Fail.class::isInstance)
                        .map(Verdict::message)
                        .findFirst()
                        .orElse("");
    }
}
