package org.dropoutspec.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.dropoutspec.fuzz.DamagedText;
import org.dropoutspec.fuzz.Fuzz;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Certificates damaged at random: every command over them says so in one line and exits 2, or does its work. */
@Timeout(600)
class CertificateFuzzTest {
    @TempDir
    private Path directory;

    @Test
    void whateverStandsInACertificateNothingBreaks() throws IOException {
        Path written = directory.resolve("written");
        Run.of(
                "certify",
                "--seed",
                "1",
                "--only",
                "FWD-1,RATE-4,MASK-1",
                "--operation",
                "dropout",
                "--report",
                written + "");
        String good = Files.readString(written.resolve("certificate.json"));
        Path damaged = directory.resolve("damaged.json");
        Fuzz.rounds(100, random -> {
            byte[] text = random.nextInt(4) == 0
                    ? DamagedText.bytes(good, random)
                    : DamagedText.json(good, random).getBytes(StandardCharsets.UTF_8);
            Files.write(damaged, text);
            List<String> words = Fuzz.one(
                    random,
                    List.of("regrade", damaged + ""),
                    List.of("regrade", "--alpha", "1e-6", damaged + ""),
                    List.of("report", damaged + ""),
                    List.of("report", "--format", "text", damaged + ""),
                    List.of("report", "--format", "markdown", damaged + "", written + ""),
                    List.of("report", "--format", "json", damaged + "", written + ""),
                    List.of("report", "--format", "junit", damaged + ""),
                    List.of("report", "--badge", damaged + ""),
                    List.of("diff", written + "", damaged + ""),
                    List.of("diff", damaged + "", written + ""));
            Run run = Run.of(words.toArray(String[]::new));
            CommandLineFuzzTest.requireToldWell(run, String.join(" ", words));
        });
    }
}
