package org.dropoutspec.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.condition.OS.WINDOWS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher for shells, with a java that prints what it is given, a line each. */
@DisabledOnOs(WINDOWS)
class LauncherTest {
    private static final String QUICK = "-XX:TieredStopAtLevel=1";
    private static final String LONG = "-XX:+TieredCompilation";

    @TempDir
    private Path directory;

    private Path home;
    private Path launcher;

    @BeforeEach
    void aJavaThatShowsItsArguments() throws IOException {
        Path bin = Files.createDirectories(directory.resolve("jdk/bin"));
        executable(bin.resolve("java"), "#!/bin/sh\nfor each; do echo \"$each\"; done\nexit 7\n");
        home = Files.createDirectory(directory.resolve("a folder")).toRealPath();
        launcher = home.resolve("dropout-conformance");
        executable(launcher, Files.readString(Path.of("src/launcher/dropout-conformance")));
    }

    private static void executable(Path file, String text) throws IOException {
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private List<String> given(Path started, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(started.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", directory.resolve("jdk").toString());
        Process process = builder.start();
        List<String> lines = process.inputReader().lines().toList();
        assertThat(process.waitFor()).as("the exit status of java").isEqualTo(7);
        return lines;
    }

    @Test
    void theJarBesideItGetsTheArgumentsAsTheyAre() throws Exception {
        assertThat(given(launcher, "certify", "--report", "a b", "--", "./adapter", "", "*"))
                .endsWith(
                        "-jar",
                        home + "/dropout-conformance.jar",
                        "certify",
                        "--report",
                        "a b",
                        "--",
                        "./adapter",
                        "",
                        "*")
                .contains(QUICK)
                .noneMatch(flag -> flag.contains("SharedArchiveFile"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"certify --tier standard", "certify --tier=deep --seed 7", "self-test"})
    void longerRunsAreCompiledTwice(String words) throws Exception {
        assertThat(given(launcher, words.split(" "))).contains(LONG).doesNotContain(QUICK);
    }

    @Test
    void whatAnAdapterIsCalledWithIsNoTier() throws Exception {
        assertThat(given(launcher, "certify", "--", "./adapter", "deep"))
                .contains(QUICK)
                .doesNotContain(LONG);
    }

    @Test
    void theArchiveBesideItIsUsedAlsoThroughALink() throws Exception {
        Files.createFile(home.resolve("dropout-conformance.jsa"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), launcher);
        assertThat(given(link, "spec")).contains("-XX:SharedArchiveFile=" + home + "/dropout-conformance.jsa");
    }
}
