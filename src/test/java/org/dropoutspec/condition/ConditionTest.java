package org.dropoutspec.condition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.junit.jupiter.api.Test;

class ConditionTest {
    private static final Scope SCOPE = Scopes.full();
    private static final List<Condition> ROWS =
            CoveringDesign.of(SCOPE, 2, 1 << 20, 3).all();

    private static Condition plain() {
        return Condition.plain(DType.FLOAT32, 0.5, Shape.of(4));
    }

    @Test
    void fourElementsOfFloat32AtRateHalfAreThePlainestCall() {
        assertThat(plain().unusual()).isEmpty();
        assertThat(plain()).hasToString("float32 [4], rate 0.5");
    }

    @Test
    void anUnusualCallIsToldByWhatIsUnusual() {
        Condition row = plain().with(Before.EVALUATION).withGradient(true);

        assertThat(row.unusual())
                .extracting(Level::words)
                .containsExactly("with a gradient", "right after an evaluation");
        assertThat(row).hasToString("float32 [4], rate 0.5, with a gradient, right after an evaluation");
    }

    @Test
    void everyFactorOfEveryRowCanBeMadePlain() {
        for (Condition row : ROWS) {
            for (Factor factor : Factor.values()) {
                Condition plainer = row.plainer(factor, SCOPE);
                assertThat(plainer.level(factor).isPlain())
                        .as("%s of %s", factor, row)
                        .isTrue();
                assertAskable(plainer, SCOPE);
            }
        }
    }

    @Test
    void oneFactorAfterTheOtherLeadsToThePlainestCall() {
        for (Condition row : ROWS) {
            Condition plainer = row;
            for (Factor factor : Factor.values()) {
                plainer = plainer.plainer(factor, SCOPE);
            }
            assertThat(plainer.unusual()).as("%s", row).isEmpty();
        }
    }

    @Test
    void whatDoesNotHangOnTheShapeChangesAlone() {
        for (Condition row : ROWS) {
            for (Factor factor : List.of(Factor.TYPE, Factor.RATE, Factor.LAYOUT, Factor.BEFORE, Factor.VALUES)) {
                int[] before = row.levels();
                before[factor.ordinal()] = factor.plainest().index();
                assertThat(row.plainer(factor, SCOPE).levels()).isEqualTo(before);
            }
        }
    }

    @Test
    void aCallOfLowerRankKeepsAllItsElements() {
        Condition row = plain().with(Shape.of(3, 5, 70), Layout.REVERSED, MaskShape.OWN, Optional.empty());

        assertThat(row.plainer(Factor.RANK, SCOPE).shape()).isEqualTo(Shape.of(1050));
        assertThat(row.with(Factor.RANK.level(2), SCOPE).orElseThrow().shape().size())
                .isEqualTo(1050);
    }

    @Test
    void everyLevelThatIsReachedIsALevelThatCanBeAsked() {
        SplittableRandom random = new SplittableRandom(1);
        Scope scope =
                Scopes.with(Capability.BACKWARD, Capability.SEED, Capability.NOISE_SHAPE, Capability.PERMUTED_INPUT);
        for (Condition row : CoveringDesign.of(scope, 2, 1 << 20, 3).all()) {
            Factor factor = Factor.values()[random.nextInt(Factor.values().length)];
            for (Level level : factor.levels()) {
                Optional<Condition> changed = row.with(level, scope);
                changed.ifPresent(other -> {
                    assertThat(other.level(factor)).isEqualTo(level);
                    assertAskable(other, scope);
                });
                assertThat(changed.isPresent() && !scope.allows(level)).isFalse();
            }
        }
    }

    @Test
    void aZeroIsNotLeftWithoutItsGradient() {
        Scope scope = Scopes.with(Capability.BACKWARD);
        Condition row = plain().withGradient(true).with(ValueKind.WITH_ZEROS);

        assertThat(row.plainer(Factor.GRADIENT, scope).values()).isEqualTo(ValueKind.MODERATE);
        assertThat(row.plainer(Factor.GRADIENT, SCOPE).values()).isEqualTo(ValueKind.WITH_ZEROS);
    }

    @Test
    void aTypeThatIsNotDeclaredIsNotReached() {
        Condition row = plain().with(DType.BFLOAT16, RateKind.HALF, 0.5);
        Scope scope = Scope.of(
                org.dropoutspec.implementation.Description.of("any", "1").withDtypes(DType.BFLOAT16));

        assertThat(row.plainer(Factor.TYPE, scope)).isEqualTo(row);
    }

    @Test
    void anotherTypeGetsTheRateThatWasMeant() {
        Condition row = plain().with(DType.BFLOAT16, RateKind.NINE_TENTHS, 0.8984375);

        assertThat(row.plainer(Factor.TYPE, SCOPE).rate()).isEqualTo(0.9f);
    }

    private static void assertAskable(Condition row, Scope scope) {
        assertThat(row.layout().fits(row.shape())).isTrue();
        assertThat(row.maskShape().fits(row.shape())).isTrue();
        assertThat(row.noiseShape().isPresent()).isEqualTo(row.maskShape() != MaskShape.OWN);
        row.noiseShape()
                .ifPresent(noise -> assertThat(noise.broadcastsTo(row.shape())).isTrue());
        for (Factor one : Factor.values()) {
            for (Factor other : Factor.values()) {
                assertThat(scope.allows(row.level(one), row.level(other))).isTrue();
            }
        }
    }
}
