package org.dropoutspec.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShareBetsTest {
    private static PackedMask mask(int size, long dropped) {
        boolean[] kept = new boolean[size];
        for (int i = 0; i < size; i++) {
            kept[i] = (dropped >> i & 1) == 0;
        }
        return PackedMask.ofKept(Tensor.ofBooleans(Shape.of(size), kept));
    }

    /** Of two calls of three elements, over all that they may drop. */
    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 0.9})
    void theExpectationIsAtMostOne(double rate) {
        double sum = 0;
        for (long dropped = 0; dropped < 64; dropped++) {
            ShareBets bets = new ShareBets();
            bets.observe(mask(3, dropped & 7), rate, 0);
            bets.observe(mask(3, dropped >> 3), rate, 0);
            int drops = Long.bitCount(dropped);
            sum += Math.pow(rate, drops) * Math.pow(1 - rate, 6 - drops) * Math.exp(bets.logE());
        }
        assertThat(sum).isLessThanOrEqualTo(1 + 1e-12).isGreaterThan(1 - 1e-5);
    }

    /** The same where the elements of a call are all alike. */
    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 0.9})
    void soItIsWhereElementsAreAlike(double rate) {
        double sum = 0;
        for (int dropped = 0; dropped < 4; dropped++) {
            ShareBets bets = new ShareBets();
            bets.observe(mask(40, dropped % 2 == 0 ? 0 : -1), rate, 0);
            bets.observe(mask(40, dropped < 2 ? 0 : -1), rate, 0);
            int drops = Integer.bitCount(dropped);
            sum += Math.pow(rate, drops) * Math.pow(1 - rate, 2 - drops) * Math.exp(bets.logE());
        }
        assertThat(sum).isLessThanOrEqualTo(1 + 1e-12).isGreaterThan(1 - 1e-5);
    }

    @Test
    void callsThatAreOffToOneSideAddUpAndCallsOnBothSidesDoNot() {
        ShareBets off = new ShareBets();
        ShareBets alike = new ShareBets();
        for (int call = 0; call < 100; call++) {
            off.observe(mask(8, 0b1), 0.5, 0);
            alike.observe(mask(8, call % 2 == 0 ? 0 : 0xFF), 0.5, 0);
        }
        assertThat(off.logE()).isGreaterThan(20);
        assertThat(alike.logE()).isLessThan(1);
        assertThat(off.plus(alike).logE()).isLessThan(off.logE());
    }
}
