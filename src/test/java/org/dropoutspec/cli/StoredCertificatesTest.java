package org.dropoutspec.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands over certificates that were written earlier. */
class StoredCertificatesTest {
    @TempDir
    private Path directory;

    @Test
    void whatGotWorseIsToldFirstAndIsExitOne() throws IOException {
        Path before = certificate("before.json", "pass", "pass", "dropout-certificate/2");
        Path after = certificate("after.json", "fail", "unsupported", "dropout-certificate/2");
        Run run = Run.of("diff", before.toString(), after.toString());
        assertThat(run.exitStatus()).isOne();
        assertThat(run.out())
                .containsExactly(
                        "mine 1: nonconformant",
                        "mine 1: nonconformant",
                        "worse  dropout:BWD-1: fail, was pass: index 3",
                        "worse  dropout:EVAL-1: unsupported, was pass: index 3");
        assertThat(Run.of("diff", after.toString(), after.toString()).exitStatus())
                .isZero();
        assertThat(Run.of("diff", after.toString(), before.toString()).exitStatus())
                .isZero();
    }

    @Test
    void aCertificateOfTheFirstFormatIsReadAsPlainDropout() throws IOException {
        Path old = certificate("old.json", "pass", "pass", "dropout-certificate/1");
        assertThat(Run.of("report", "--format", "markdown", old.toString()).out())
                .contains("| dropout BWD | 1 pass |", "| dropout EVAL | 1 pass |");
        assertThat(Run.of("report", "--badge", old.toString()).out().get(0)).startsWith("<svg");
    }

    @Test
    void severalCertificatesAreTextJsonAndTestResultsToo() throws IOException {
        String one =
                certificate("one.json", "pass", "pass", "dropout-certificate/2").toString();
        String two =
                certificate("two.json", "fail", "pass", "dropout-certificate/2").toString();
        assertThat(Run.of("report", "--format", "text", one, two).out())
                .containsSequence(
                        "where they differ:",
                        "  dropout BWD              [1] 1 pass",
                        "                           [2] 1 fail (BWD-1)")
                .contains("BWD-1 MUST be so: index 3")
                .doesNotContain("  dropout EVAL             [1] 1 pass");
        assertThat(String.join(
                        "", Run.of("report", "--format", "json", one, two).out()))
                .contains("\"format\" : \"dropout-comparison/1\"")
                .containsPattern("\"id\" : \"BWD-1\",\\s+\"verdicts\" : \\[ \"pass\", \"fail\" ]")
                .doesNotContainPattern("\"id\" : \"EVAL-1\",\\s+\"verdicts\"");
        assertThat(String.join(
                        "", Run.of("report", "--format", "junit", one, two).out()))
                .contains("<testsuites><testsuite", "failures=\"1\"", "failures=\"0\"");
        assertOneLine(Run.of("report", "--format", "pdf", one), "must be one of html, markdown, text, json, junit");
    }

    @Test
    void whatAStrangerWroteIntoACertificateStaysText() throws IOException {
        Path hostile = certificate("hostile.json", "pass", "pass", "dropout-certificate/2");
        String text = Files.readString(hostile)
                .replace("\"mine\"", "\"[x](http://a) | <img src=x>\\u001b[2J\"")
                .replace("\"index 3\"", "\"a\\nconformant: me\"")
                .replace("\"pass\"", "\"fail\"");
        Files.writeString(hostile, text);
        assertThat(Run.of("report", "--format", "markdown", hostile.toString()).out())
                .first()
                .asString()
                .contains("\\[x\\](http://a) \\| \\<img src=x\\>")
                .doesNotContain("\u001b");
        assertThat(Run.of("report", "--format", "text", hostile.toString()).out())
                .contains("  conformant: me")
                .doesNotContain("conformant: me");
        assertThat(String.join("", Run.of("report", hostile.toString()).out())).doesNotContain("<img");
        Files.writeString(hostile, text.replace("\"fail\"", "\"good\""));
        assertOneLine(Run.of("report", hostile.toString()), "with one of the verdicts pass, fail");
    }

    @Test
    void aCertificateThatContradictsItselfIsNotShown() throws IOException {
        Path file = certificate("forged.json", "fail", "pass", "dropout-certificate/2");
        String text = Files.readString(file);
        Files.writeString(file, text.replace("nonconformant", "conformant"));
        assertOneLine(
                Run.of("report", file.toString()), "must be nonconformant, since BWD-1 failed, and is conformant");
        assertOneLine(Run.of("report", "--badge", file.toString()), "must be nonconformant, since BWD-1 failed");
        Files.writeString(file, text.replace("\"nonconformant\"", "\"conformant by all means\""));
        assertOneLine(Run.of("report", file.toString()), "must have one of the outcomes conformant, nonconformant");
        Files.writeString(file, text.replace("EVAL-1", "BWD-1"));
        assertOneLine(Run.of("report", file.toString()), "must have one verdict on BWD-1 of dropout");
    }

    @Test
    void whatACertificateDoesNotSayIsLeftOpenInItsPage() throws IOException {
        Path bare = certificate("bare.json", "pass", "fail", "dropout-certificate/2");
        Files.writeString(
                bare, Files.readString(bare).replace("\"version\": \"1\", ", "").replace("\"title\": \"be so\", ", ""));
        for (String format : List.of("html", "markdown", "text", "json", "junit")) {
            Run run = Run.of("report", "--format", format, bare.toString());
            assertThat(run.exitStatus()).as(format).isZero();
            assertThat(String.join("\n", run.out())).as(format).contains("mine").contains("EVAL-1");
        }
    }

    @Test
    void whatIsNoCertificateIsOneLineAndExitTwo() throws IOException {
        Path newer = certificate("newer.json", "pass", "pass", "dropout-certificate/3");
        assertOneLine(Run.of("report", newer.toString()), "must be of the format");
        Path split = certificate("split.json", "pass", "pass", "dropout-certificate/2\\n");
        assertOneLine(Run.of("report", split.toString()), "and is of dropout-certificate/2\\n");
        Path scattered = directory.resolve("scattered.json");
        Files.writeString(
                scattered, Files.readString(newer).replace("te/3", "te/2").replaceFirst("\\[\\{", "[7, {"));
        assertOneLine(Run.of("report", scattered.toString()), "must have a list of objects in requirements");
        assertOneLine(Run.of("report", directory.resolve("none.json").toString()), "must be a readable file");
        Path text = Files.writeString(directory.resolve("text"), "no JSON");
        assertOneLine(Run.of("diff", text.toString(), text.toString()), "must be JSON");
    }

    private static void assertOneLine(Run run, String words) {
        assertThat(run.exitStatus()).isEqualTo(2);
        assertThat(run.err()).singleElement().asString().contains(words);
    }

    private Path certificate(String name, String one, String other, String format) throws IOException {
        String entries = entry("BWD-1", one) + "," + entry("EVAL-1", other);
        return Files.writeString(directory.resolve(name), """
                {"format": "%s", "outcome": "nonconformant", "suite": {"version": "1", "specification": "ab"},
                 "implementation": {"name": "mine", "version": "1", "language": "Java"}, "tier": "quick", "seed": 7,
                 "elements": 1, "requirements": [%s]}
                """.formatted(format, entries));
    }

    private static String entry(String id, String verdict) {
        return """
                {"operation": "dropout", "id": "%s", "level": "MUST", "title": "be so", "verdict": "%s",
                 "evidence": {}, "message": "index 3"}""".formatted(id, verdict);
    }
}
