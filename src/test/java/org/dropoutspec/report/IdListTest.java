package org.dropoutspec.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class IdListTest {
    @Test
    void threeThatFollowEachOtherAreToldByTheirEnds() {
        assertThat(IdList.of(List.of("RATE-2", "RATE-3", "RATE-4", "RATE-8", "MASK-9", "MASK-10", "MASK-11")))
                .isEqualTo("RATE-2 to RATE-4, RATE-8, MASK-9 to MASK-11");
    }

    @Test
    void twoAreNamedAndSoAreChaptersThatMeet() {
        assertThat(IdList.of(List.of("FWD-1", "FWD-2", "BWD-3", "BWD-1"))).isEqualTo("FWD-1, FWD-2, BWD-3, BWD-1");
        assertThat(IdList.of(List.of())).isEmpty();
    }
}
