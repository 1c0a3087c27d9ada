package org.dropoutspec.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A certificate of the reference, as it was written and as somebody would edit it. */
class RegradeTest {
    @TempDir
    private static Path directory;

    private static String written;

    @BeforeAll
    static void certify() throws IOException {
        Run.of(
                "certify",
                "--seed",
                "1",
                "--only",
                "FWD-1,MASK-1,MASK-13",
                "--operation",
                "dropout",
                "--report",
                directory + "");
        written = Files.readString(directory.resolve("certificate.json"));
    }

    @Test
    void whatWasWrittenAgreesWithItself() throws IOException {
        Run run = regraded(written);
        assertThat(run.out()).last().isEqualTo("conformant: reference 1.0");
        assertThat(run.exitStatus()).isZero();
        assertThat(run.out()).noneMatch(line -> line.startsWith("contradiction"));
    }

    @Test
    void aVerdictThatWasTurnedRoundIsFoundOut() throws IOException {
        Run run = regraded(written.replaceFirst("\"verdict\" : \"pass\"", "\"verdict\" : \"fail\""));
        assertThat(run.exitStatus()).isEqualTo(2);
        assertThat(run.out())
                .anyMatch(line -> line.startsWith("contradiction  dropout:MASK-1: says fail, and no evidence"));
        assertThat(run.out()).contains("regraded       dropout:MASK-1: inconclusive, was fail");
    }

    @Test
    void aCountThatWasChangedIsFoundOut() throws IOException {
        Matcher dropped = Pattern.compile("\"dropped\" : (\\d{4,})").matcher(written);
        assertThat(dropped.find()).isTrue();
        long other = Long.parseLong(dropped.group(1)) + 999;
        Run run = regraded(dropped.replaceFirst("\"dropped\" : " + other));
        assertThat(run.exitStatus()).isEqualTo(2);
        assertThat(run.out())
                .anyMatch(line ->
                        line.matches("contradiction  dropout:MASK-1: log10 e at .*: says .*, and its counts give .*"))
                .anyMatch(line -> line.startsWith("contradiction  dropout:MASK-1: says interval "));
    }

    @Test
    void anOutcomeOrALevelThatWasChangedIsFoundOut() throws IOException {
        assertThat(regraded(written.replace("\"outcome\" : \"conformant\"", "\"outcome\" : \"nonconformant\""))
                        .out())
                .contains("contradiction  outcome: says nonconformant, and its verdicts come to conformant");
        assertThat(regraded(written.replaceFirst("\"level\" : \"MUST\"", "\"level\" : \"SHOULD\""))
                        .out())
                .contains("contradiction  dropout:MASK-1: says SHOULD, and is a MUST");
    }

    @Test
    void aPassWithoutAnAnswerIsNone() throws IOException {
        assertThat(regraded(written.replaceFirst("\"calls\" : \\d+", "\"calls\" : 0"))
                        .out())
                .contains("contradiction  dropout:FWD-1: says pass, and no call was answered");
    }

    @Test
    void aLargerAlphaRejectsWhatTheCertificateLetPass() throws IOException {
        String strong = written.replaceFirst("\"log10_e\" : [-0-9.]+", "\"log10_e\" : 5.0")
                .replaceFirst("(\"elements\" : \\d+,\\s+\"log10_e\") : [-0-9.]+", "$1 : 5.0");
        Files.writeString(directory.resolve("strong.json"), strong);
        String path = directory.resolve("strong.json").toString();
        assertThat(Run.of("regrade", path).out()).noneMatch(line -> line.startsWith("regraded"));
        assertThat(Run.of("regrade", "--alpha", "0.001", path).out())
                .contains("regraded       dropout:MASK-1: fail, was pass");
    }

    @Test
    void anAlphaThatIsNoProbabilityIsWrongUsage() {
        Run run = Run.of("regrade", "--alpha", "2", directory.toString());
        assertThat(run.exitStatus()).isEqualTo(2);
        assertThat(run.err()).containsExactly("alpha (2.0) must be between 0 and 1");
    }

    private static Run regraded(String json) throws IOException {
        Path file = Files.writeString(directory.resolve("edited.json"), json);
        return Run.of("regrade", file.toString());
    }
}
