package org.dropoutspec.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.dropoutspec.golden.format.Answer;
import org.dropoutspec.golden.format.GoldenVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The readers in other languages: they check a dropout of their own, and see when a vector contradicts it. */
class ReadersTest {
    private static final String PYTHON = "src/examples/python/check_golden.py";
    private static final String JAVASCRIPT = "src/examples/javascript/check_golden.mjs";

    @TempDir
    private Path directory;

    private record Answer(int status, String text) {}

    @Test
    void pythonChecksEveryVectorOfPlainDropout() throws Exception {
        checksEveryVector("python3", PYTHON);
    }

    @Test
    void javascriptChecksEveryVectorOfPlainDropout() throws Exception {
        checksEveryVector("node", JAVASCRIPT);
    }

    private void checksEveryVector(String interpreter, String script) throws Exception {
        assumeTrue(isThere(interpreter), interpreter + " is not on this machine");
        long operations = CheckedIn.vectors()
                .filter(GoldenVector.OfOperation.class::isInstance)
                .count();
        long vectors = CheckedIn.vectors().count() - operations;
        Answer answer = run(interpreter, script, "golden");
        assertThat(answer.text())
                .isEqualTo(vectors + " vectors checked, 0 failed, " + operations + " not for this one\n");
        assertThat(answer.status()).isZero();

        String examples = Files.readString(Path.of("golden/examples.json"));
        String wrong = examples.replaceFirst("\"4400\", \"0000\", \"4a00\"", "\"4400\", \"0000\", \"4b00\"");
        assertThat(wrong).isNotEqualTo(examples);
        Files.writeString(directory.resolve("examples.json"), wrong);
        Answer failure = run(interpreter, script, directory.toString());
        assertThat(failure.text()).contains("example-float16-half FWD-1 output[2]: expected 4b00 (bits), got 4a00");
        assertThat(failure.status()).isEqualTo(1);

        Files.writeString(
                directory.resolve("examples.json"), examples.replace("[\"float16\"", "[\"magic\", \"float16\""));
        Answer later = run(interpreter, script, directory.toString());
        assertThat(later.text()).endsWith(" vectors checked, 0 failed, 6 not for this one\n");
        assertThat(later.status()).isZero();

        String shorter = examples.replaceFirst("\"count\": ", "\"count\": 1");
        Files.writeString(directory.resolve("examples.json"), shorter);
        assertThat(run(interpreter, script, directory.toString()).status()).isEqualTo(1);
    }

    @Test
    void pythonSeesWhenAnswersThatMustAgreeDoNot() throws Exception {
        seesDisagreement("python3", PYTHON);
    }

    @Test
    void javascriptSeesWhenAnswersThatMustAgreeDoNot() throws Exception {
        seesDisagreement("node", JAVASCRIPT);
    }

    private void seesDisagreement(String interpreter, String script) throws Exception {
        assumeTrue(isThere(interpreter), interpreter + " is not on this machine");
        String streams = Files.readString(Path.of("golden/streams.json"));
        Files.writeString(
                directory.resolve("streams.json"), streams.replaceFirst("\"calls\": \\[0, 3\\]", "\"calls\": [0, 2]"));
        Answer answer = run(interpreter, script, directory.toString());
        assertThat(answer.text().replace(",2", ", 2").replace("[", "").replace("]", ""))
                .contains("stream-float16-same-seed SEED-1 calls 0, 2: expected the same mask");
        assertThat(answer.status()).isEqualTo(1);

        Files.writeString(directory.resolve("streams.json"), streams.replaceFirst("\"same\"", "\"different\""));
        assertThat(run(interpreter, script, directory.toString()).text())
                .matches("(?s).*stream-float16-same-seed SEED-1 calls .*: expected different masks.*");
    }

    private static boolean isThere(String interpreter) throws InterruptedException {
        try {
            return run(interpreter, "--version").status() == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    private static Answer run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Answer(process.exitValue(), text.replace("\r\n", "\n"));
    }
}
