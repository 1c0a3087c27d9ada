package org.dropoutspec.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SuitedJvmTest {
    @TempDir
    Path folder;

    private Path jar;

    @BeforeEach
    void aJar() throws IOException {
        jar = Files.createFile(folder.resolve("suite.jar"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"certify", "certify --tier quick", "certify --tier=quick --seed 7", "certify -- a --tier deep"})
    void aQuickCertificationNeedsNoOptimizingCompiler(String arguments) {
        assertThat(SuitedJvm.options(jar, arguments.split(" ")))
                .containsExactly("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "certify --tier standard",
                "certify --epsilon 1e-5 --shard 1/100",
                "certify --epsilon=1e-3",
                "certify --seed 7 --tier=deep -- quick"
            })
    void aLongOneDoes(String arguments) {
        assertThat(SuitedJvm.options(jar, arguments.split(" "))).containsExactly("-XX:+UseSerialGC");
    }

    @Test
    void classesAreLoadedAsTheBuildArchivedThem() throws IOException {
        Path archive = Files.createFile(folder.resolve("suite.jsa"));
        assertThat(SuitedJvm.options(jar, "certify")).contains("-XX:SharedArchiveFile=" + archive);
    }

    @Test
    void onlyACertificationByTheJarAloneIsStartedAgain() {
        String path = jar.toString();
        List<String> memory = List.of("-Xmx256m");
        assertThat(SuitedJvm.isWanted(path, memory, "certify", "--", "adapter")).isTrue();
        assertThat(SuitedJvm.isWanted(path, memory, "golden", "verify")).isFalse();
        assertThat(SuitedJvm.isWanted(path, memory)).isFalse();
        assertThat(SuitedJvm.isWanted(path + ":classes", memory, "certify")).isFalse();
        assertThat(SuitedJvm.isWanted("target/classes", memory, "certify")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-XX:+UseParallelGC",
                "-XX:StartFlightRecording",
                "-agentlib:jdwp=transport=dt_socket",
                "-javaagent:x.jar"
            })
    void whoeverChoseAJvmKeepsIt(String option) {
        assertThat(SuitedJvm.isWanted(jar.toString(), List.of(option), "certify"))
                .isFalse();
    }
}
