package org.dropoutspec.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a certificate may say of a type or a capability hangs on these counts. */
class AnswersTest {
    @Test
    void everyCallIsCountedOnce() {
        Answers both = new Answers(1, 2, 4, 8).and(new Answers(16, 32, 64, 128));
        assertThat(both).isEqualTo(new Answers(17, 34, 68, 136));
        assertThat(both.asked()).isEqualTo(255);
        assertThat(both).hasToString("255 calls, 17 answered, 34 rejected, 68 unsupported, 136 broken");
        assertThat(Answers.NONE).hasToString("none was asked");
    }

    @Test
    void noneWereAnsweredWhereCallsWereMadeAndAllWereDiscardedOrBroke() {
        assertThat(new Answers(0, 0, 1, 0).areNone()).isTrue();
        assertThat(new Answers(0, 0, 0, 1).areNone()).isTrue();
        assertThat(new Answers(1, 0, 9, 9).areNone()).isFalse();
        assertThat(new Answers(0, 1, 9, 9).areNone()).isFalse();
        assertThat(new Answers(1, 1, 0, 0).areNone()).isFalse();
        assertThat(Answers.NONE.areNone()).isFalse();
    }
}
