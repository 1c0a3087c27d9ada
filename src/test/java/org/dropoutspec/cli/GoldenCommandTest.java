package org.dropoutspec.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code golden verify}, from the shell. */
class GoldenCommandTest {
    @Test
    void theReportIsJsonWhereThatIsAsked() throws Exception {
        Run run = Run.of("golden", "verify", "--json");
        JsonNode json = JsonMapper.builder().build().readTree(String.join("\n", run.out()));
        assertThat(run.exitStatus()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(json.path("format").textValue()).isEqualTo("dropout-golden-report/1");
        assertThat(json.path("implementation").path("name").textValue()).isEqualTo("reference");
        assertThat(json.path("counts").path("passed").intValue()).isPositive();
    }

    @Test
    void theEmbeddedReferenceShowsItsGenerator() {
        assertThat(Run.of("golden", "verify").out())
                .anyMatch(line -> line.matches(" +[1-9]\\d* +the generator's words"));
    }

    @Test
    void aDirectoryWithoutVectorsIsJsonTooAndEndsInTwo() throws Exception {
        Run run = Run.of("golden", "verify", "--json", "src");
        JsonNode json = JsonMapper.builder().build().readTree(String.join("\n", run.out()));
        assertThat(run.exitStatus()).isEqualTo(2);
        assertThat(json.path("outcome").textValue()).isEqualTo("not-judged");
        assertThat(json.path("problems").path(0).path("message").textValue())
                .isEqualTo("must hold files *.json, and holds none");
    }

    @ParameterizedTest
    @CsvSource({
        "/no/such, 'BAD  /no/such: cannot be listed: no such file or directory'",
        "/dev/zero, BAD  zero: cannot be read: more than 64 megabytes"
    })
    void whatCannotBeReadIsToldInOneLine(String path, String line) {
        assumeTrue(path.startsWith("/no") || Files.exists(Path.of(path)), path + " is missing");
        Run run = Run.of("golden", "verify", path);
        assertThat(run.out()).containsExactly(line);
        assertThat(run.exitStatus()).isEqualTo(2);
    }
}
