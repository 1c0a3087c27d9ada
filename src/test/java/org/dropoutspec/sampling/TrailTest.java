package org.dropoutspec.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.dropoutspec.statistics.Design;
import org.dropoutspec.statistics.Draw;
import org.dropoutspec.statistics.Family;
import org.dropoutspec.statistics.PackedMask;
import org.dropoutspec.statistics.Rows;
import org.dropoutspec.statistics.Stratum;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.junit.jupiter.api.Test;

class TrailTest {
    private static final Stratum HALF = new Stratum(DType.FLOAT32, 0.5);

    @Test
    void aLongTrailIsThinnedAndKeepsItsEnds() {
        Family family = Family.rate(new Design(List.of(HALF), 0x1p-20, Rows.NONE));
        Trail trail = new Trail();
        for (int look = 1; look <= 1000; look++) {
            family.observe(Draw.of(HALF, Shape.of(64), PackedMask.of(new boolean[64])));
            trail.add(family, look);
        }
        List<?> looks = (List<?>) trail.evidence(family, HALF).get("looks");
        assertThat(looks).hasSizeBetween(16, 32);
        assertThat(looks.get(0)).isEqualTo(List.of(64L, Figures.log10(1)));
        assertThat(looks.get(looks.size() - 1)).isEqualTo(List.of(64_000L, Figures.log10(1000)));
    }
}
