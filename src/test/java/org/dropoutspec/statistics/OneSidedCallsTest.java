package org.dropoutspec.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OneSidedCallsTest {
    private static PackedMask mask(int size, boolean dropped) {
        boolean[] all = new boolean[size];
        Arrays.fill(all, dropped);
        return PackedMask.of(all);
    }

    private static OneSidedCalls calls(int kept, int dropped, double rate, int size) {
        OneSidedCalls calls = new OneSidedCalls();
        for (int i = 0; i < kept; i++) {
            calls.observe(mask(size, false), rate, 0);
        }
        for (int i = 0; i < dropped; i++) {
            calls.observe(mask(size, true), rate, 0);
        }
        return calls;
    }

    @ParameterizedTest(name = "{0} kept and {1} dropped at rate {2}, {3} elements each: {4} against the rate, both {5}")
    @CsvSource({
        "8, 0, 0.5, 64, 8, false",
        "8, 1, 0.5, 64, 0, true", // one draw for all elements goes both ways
        "0, 8, 0.5, 64, 8, false",
        "3, 0, 0.9, 512, 3, false",
        "100, 0, 0.1, 512, 0, false", // one draw for all elements keeps them nine times in ten
        "0, 2, 0.1, 512, 2, false",
        "100, 90, 0.5, 32, 0, false" // independent elements may be all alike
    })
    void callsGoAgainstTheRateIfAllGoTheWayThatIsNotTheLikelierOne(
            int kept, int dropped, double rate, int size, long against, boolean both) {
        OneSidedCalls calls = calls(kept, dropped, rate, size);
        assertThat(calls.againstTheRate()).isEqualTo(against);
        assertThat(calls.goBothWays()).isEqualTo(both);
    }

    @Test
    void theCallsOfTwoProcessesAddUp() {
        OneSidedCalls one = calls(4, 0, 0.5, 64);
        assertThat(one.plus(calls(3, 0, 0.75, 128)).againstTheRate()).isEqualTo(7);
        assertThat(one.plus(calls(0, 1, 0.75, 128)).goBothWays()).isTrue();
    }
}
