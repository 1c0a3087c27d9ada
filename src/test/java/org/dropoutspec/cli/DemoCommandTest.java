package org.dropoutspec.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {
    @Test
    void aPlaceThatIsNoDirectoryIsToldBeforeAnythingIsTrained(@TempDir Path directory) throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        Run run = Run.of("demo", "--out", file.toString());
        assertThat(run.exitStatus()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).containsExactly("out (" + file + ") must be a directory that can be written to");
    }
}
