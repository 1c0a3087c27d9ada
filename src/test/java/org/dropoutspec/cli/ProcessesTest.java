package org.dropoutspec.cli;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Seeding;
import org.junit.jupiter.api.Test;

class ProcessesTest {
    private static final Description PLAIN = Description.of("adapter", "1");

    private static Description unseeded(Seeding.Unseeded declared) {
        return PLAIN.with(Seeding.defaults().with(declared));
    }

    @Test
    void processesThatMayDrawTheSameMasksAreRefused() {
        String message =
                "processes (3) must draw masks of their own: dropout takes no seed, and unseeded_stream fresh is"
                        + " not declared";
        assertThatThrownBy(() -> Processes.requireOwnMasks("processes", 3, PLAIN))
                .hasMessage(message);
        assertThatThrownBy(() -> Processes.requireOwnMasks("processes", 3, unseeded(Seeding.Unseeded.FIXED)))
                .hasMessage(message);
    }

    @Test
    void processesThatTakeSeedsOrBeginApartAreNot() {
        assertThatCode(() -> Processes.requireOwnMasks("processes", 3, PLAIN.withCapabilities(Capability.SEED)))
                .doesNotThrowAnyException();
        assertThatCode(() -> Processes.requireOwnMasks("processes", 3, unseeded(Seeding.Unseeded.FRESH)))
                .doesNotThrowAnyException();
    }
}
