package org.dropoutspec.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Predicate;
import org.dropoutspec.condition.Condition;
import org.dropoutspec.condition.CoveringDesign;
import org.dropoutspec.condition.Factor;
import org.dropoutspec.condition.Level;
import org.dropoutspec.condition.Scope;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.tensor.DType;
import org.junit.jupiter.api.Test;

class ReachTest {
    private static final double THRESHOLD = 23;
    private static final Level GRADIENT = Factor.GRADIENT.level(1);
    private static final Level FLOAT16 = Factor.TYPE.level(DType.FLOAT16.ordinal());
    private static final List<Condition> ROWS = CoveringDesign.of(
                    Scope.of(Description.of("mine", "1")
                            .withDtypes(DType.FLOAT32, DType.FLOAT16)
                            .withCapabilities(Capability.BACKWARD)),
                    2,
                    1 << 17,
                    7)
            .all();

    private static boolean has(Condition row, Level level) {
        return row.level(level.factor()).equals(level);
    }

    /** A million elements under each row but these, which have one. */
    private static List<String> linesWithFew(Predicate<Condition> few) {
        Reach reach = new Reach();
        ROWS.forEach(row -> reach.add(row, few.test(row) ? 1 : 1 << 20));
        return reach.lines(THRESHOLD);
    }

    @Test
    void aRunWithMasksEnoughSaysSoAndNoMore() {
        assertThat(linesWithFew(row -> false)).hasSize(2).last().asString().startsWith("masks enough to see");
    }

    @Test
    void aLevelWithTooFewMasksIsToldWithoutThePairsThatItIsIn() {
        assertThat(linesWithFew(row -> has(row, GRADIENT)))
                .contains("too few masks for it, by the budget or by the rate, with whatever else: "
                        + "an input with zeros; with a gradient") // zeros are asked for with a gradient alone
                .noneMatch(line -> line.matches("  (.*[:;] )?with a gradient( and:|;|$).*"));
    }

    @Test
    void aPairWithTooFewMasksIsToldOnce() {
        assertThat(linesWithFew(row -> has(row, GRADIENT) && has(row, FLOAT16)))
                .contains("too few masks for it, of pairs of other levels:")
                .filteredOn(line -> line.contains("float16") && line.contains("with a gradient"))
                .containsExactly("  float16 and: with a gradient");
    }
}
