package org.dropoutspec.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShortRunTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"certify", "certify --tier quick", "certify --tier=quick --seed 7", "certify -- a --tier deep"})
    void aCertificationAtQuickIsShort(String arguments) {
        assertThat(ShortRun.isAskedFor(arguments.split(" "))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "self-test",
                "golden verify",
                "certify --tier standard",
                "certify --epsilon 1e-5 --shard 1/100",
                "certify --epsilon=1e-3",
                "certify --seed 7 --tier=deep -- quick",
                "certify --class org.example.Mine"
            })
    void whatTakesLongOrRunsSomebodysJavaIsNot(String arguments) {
        assertThat(ShortRun.isAskedFor(arguments.split(" "))).isFalse();
    }
}
