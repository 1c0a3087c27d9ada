package org.dropoutspec.condition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepertoireTest {
    private static final int LARGEST = 1 << 17;
    private static final Repertoire FEW = Repertoire.of(Scopes.with(Capability.values()), 2, LARGEST, 7);
    private static final Repertoire SEEDED =
            Repertoire.of(Scopes.with(Capability.SEED, Capability.BACKWARD, Capability.FEW_SHAPES), 2, LARGEST, 7);

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void everyRowAndWhatComesBeforeItIsAmongForty(int strength) {
        Repertoire few = Repertoire.of(Scopes.with(Capability.values()), strength, LARGEST, 3);
        Set<Signature> asked = new HashSet<>();
        for (Condition row : few.design().all()) {
            asked.add(row.signature());
            asked.add(few.design().predecessor(row).signature());
        }
        assertThat(few.size()).isBetween(30, 40);
        assertThat(asked).allMatch(few::contains);
    }

    @Test
    void withoutFewShapesEveryCallMayBeAsked() {
        Repertoire every = Repertoire.of(Scopes.bare(), 2, LARGEST, 7);
        Call call = call(Shape.of(17, 3));
        assertThat(every.isLimited()).isFalse();
        assertThat(every.contains(call)).isTrue();
        assertThat(every.fitted(call)).isSameAs(call);
    }

    @Test
    void aCallIsPutIntoAShapeThatMayBeAskedAndKeepsAllElse() {
        for (int size = 1; size < 400; size++) {
            Call call = call(Shape.of(size)).withSeed(size);
            for (Call one : new Call[] {call, call.withGradOutput(call.input())}) {
                Call fitted = SEEDED.fitted(one);
                assertThat(SEEDED.contains(fitted)).as("%s", one).isTrue();
                assertThat(fitted.input().dtype()).isSameAs(DType.FLOAT32);
                assertThat(fitted.rate()).isEqualTo(one.rate());
                assertThat(fitted.seed()).isEqualTo(one.seed());
                assertThat(fitted.gradOutput().map(Tensor::shape))
                        .isEqualTo(one.gradOutput().map(gradient -> fitted.shape()));
            }
        }
    }

    @Test
    void theNumbersOfACallAreRepeated() {
        Call fitted = SEEDED.fitted(
                Call.training(0.5, Tensor.of(DType.FLOAT32, Shape.of(2), 1, 2)).withSeed(3));
        assertThat(fitted.input().values()).startsWith(1, 2, 1).containsOnly(1, 2);
    }

    @Test
    void theSmallestCallIsPutIntoTheSmallestShape() {
        assertThat(SEEDED.fitted(call(Shape.of(1)).withSeed(3)).shape().size()).isLessThanOrEqualTo(3);
    }

    @Test
    void aLargeCallIsPutIntoNoSmallerShape() {
        Call large = call(Shape.of(65_537)).withSeed(1);
        assertThat(SEEDED.fitted(large).shape().size()).isGreaterThanOrEqualTo(65_537);
        Call larger = call(Shape.of(1 << 23)).withSeed(1);
        assertThat(SEEDED.fitted(larger)).isSameAs(larger);
        assertThat(SEEDED.contains(larger)).isFalse();
    }

    @Test
    void aNoiseShapeThatDoesNotBroadcastStaysOne() {
        Call bad = call(Shape.of(2, 3)).withNoiseShape(Shape.of(5, 3)).withSeed(1);
        Call fitted = FEW.fitted(bad);
        assertThat(fitted).isNotSameAs(bad);
        assertThat(fitted.noiseShape().orElseThrow().broadcastsTo(fitted.shape()))
                .isFalse();
    }

    @Test
    void aSeedIsLeftOutOfAnEvaluationAndPutIntoWhatIsAskedWithOneOnly() {
        Call evaluation = call(Shape.of(5)).withTraining(false).withSeed(3);
        assertThat(SEEDED.fitted(evaluation).seed()).isEmpty();
        Call shared = call(Shape.of(2, 3)).withNoiseShape(Shape.of(2, 1));
        assertThat(FEW.contains(FEW.fitted(shared))).isTrue();
    }

    @Test
    void aPermutationOfAnotherKindIsInNoRepertoire() {
        Call call = call(Shape.of(2, 3, 4, 5)).withPermutation(1, 0, 2, 3);
        assertThat(Signature.of(call)).isEmpty();
        assertThat(FEW.contains(call)).isFalse();
    }

    private static Call call(Shape shape) {
        return Call.training(0.5, Tensor.full(DType.FLOAT32, shape, 1));
    }
}
