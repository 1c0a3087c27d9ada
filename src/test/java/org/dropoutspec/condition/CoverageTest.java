package org.dropoutspec.condition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SortedSet;
import org.dropoutspec.tensor.DType;
import org.junit.jupiter.api.Test;

class CoverageTest {
    private static final Condition ROW =
            CoveringDesign.of(Scopes.full(), 2, 1 << 16, 1).own().get(0);

    @Test
    void aRowMeetsAPairForEachTwoOfFourteenFactorsAndATripleForEachThree() {
        Coverage coverage = Coverage.of(List.of(ROW, ROW));

        assertThat(coverage.rows()).isEqualTo(2);
        assertThat(coverage.pairs()).isEqualTo(91);
        assertThat(coverage.triples()).isEqualTo(364);
        assertThat(coverage.levels()).hasSize(14);
        assertThat(coverage.largest()).isEqualTo(ROW.shape().size());
        assertThat(coverage.ranks()).containsExactly(ROW.shape().rank());
        assertThat(coverage.rates().get(ROW.dtype())).containsExactly(ROW.rate());
    }

    @Test
    void aRowThatDiffersInOneFactorAddsThirteenPairs() {
        Condition other = ROW.with(ROW.age() == Age.FIRST ? Age.LATER : Age.FIRST);

        assertThat(Coverage.of(List.of(ROW, other)).pairs()).isEqualTo(91 + 13);
        assertThat(Coverage.of(List.of(ROW, other)).triples()).isEqualTo(364 + 78);
    }

    @Test
    void ratesAreToldByType() {
        Coverage coverage =
                Coverage.of(CoveringDesign.of(Scopes.full(), 2, 1 << 16, 1).all());

        SortedSet<Double> halves = coverage.rates().get(DType.BFLOAT16);
        assertThat(halves).contains(0.5, 0.8984375).doesNotContain(0.9);
        assertThat(coverage.rates()).containsOnlyKeys(DType.FLOAT16, DType.BFLOAT16, DType.FLOAT32, DType.FLOAT64);
        assertThat(coverage.ranks()).containsExactly(0, 1, 2, 3, 4, 5, 6);
    }
}
