package org.dropoutspec.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class ResidentMemoryTest {
    @Test
    void aJvmHoldsMoreThanAMebibyte() {
        assertThat(ResidentMemory.of(Stream.of(ProcessHandle.current())))
                .satisfies(bytes -> assertThat(bytes.orElseThrow()).isGreaterThan(1 << 20));
    }

    @Test
    void whatHasEndedDoesNotTell() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        assertThat(ResidentMemory.of(Stream.of(ended.toHandle()))).isEmpty();
    }
}
