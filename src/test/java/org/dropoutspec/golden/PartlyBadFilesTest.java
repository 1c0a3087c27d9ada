package org.dropoutspec.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.dropoutspec.golden.verify.GoldenReport;
import org.dropoutspec.implementation.ReferenceImplementation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a part of a file costs that part and nothing else. */
class PartlyBadFilesTest {
    private static final String GOOD = text("example-float16-third");

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "1e3", "null", "99999999999999999999"})
    void aNumberThatTheFormatDoesNotHaveCostsItsOwnVectorAndNoOther(String number) throws IOException {
        String text = Files.readString(Path.of("golden", "forward.json"));
        int vectors = text.split("\"requirement\":", -1).length - 1;
        String broken = text.replaceFirst("\"shape\": \\[6\\]", "\"shape\": [" + number + "]");
        GoldenReport report =
                Vectors.verify(List.of(Vectors.source("forward.json", broken)), new ReferenceImplementation(1));
        assertThat(report.problems()).hasSize(1);
        assertThat(report.problems().get(0).toString())
                .startsWith("forward.json: fwd-float16-r0-plain.call.input.shape[0]: value (")
                .contains(") must be an integer from 0");
        assertThat(report.passed()).isEqualTo(vectors - 1);
        assertThat(report.exitStatus()).isEqualTo(2);
    }

    @Test
    void whatIsWrongBesideTheVectorsDoesNotKeepThemFromBeingChecked() {
        for (String[] edit : new String[][] {
            {"\"topic\": \"examples\"", "\"topic\": 7"},
            {"\"count\": 1,", "\"count\": 1.0,"},
            {"\"count\": 1,", "\"count\": 1, \"colour\": \"red\","},
            {"\"hunts\": \"takes", "\"hunt\": \"takes"}
        }) {
            GoldenReport report = verify(GOOD.replace(edit[0], edit[1]));
            assertThat(report.problems()).as(edit[1]).hasSize(1);
            assertThat(report.passed()).as(edit[1]).isEqualTo(1);
        }
    }

    @Test
    void anIdThatWasRetiredIsNotUsedAgain() {
        String retired = GOOD.replace(
                "\"vectors\":",
                "\"retired\": [{\"id\": \"example-float16-third\", \"reason\": \"wrong\", \"instead\": []}], \"vectors\":");
        assertThat(verify(retired).problems())
                .extracting(GoldenReport.Problem::toString)
                .containsExactly(
                        "examples.json: example-float16-third: id must not be used twice, and was retired in examples.json");
    }

    /** Its rendering agrees, and no implementation is to be accused for it. */
    @Test
    void aWordThatExactArithmeticDoesNotGiveIsTheFilesFault() {
        GoldenReport report = verify(GOOD.replace("\"bits\": [\"4200\"", "\"bits\": [\"4600\"")
                .replace("\"values\": [\"3\"", "\"values\": [\"6\""));
        assertThat(report.problems())
                .extracting(GoldenReport.Problem::message)
                .containsExactly("example-float16-third.expected[0].output: element 0 (4600) must be what exact"
                        + " arithmetic gives: 4200");
        assertThat(report.checked()).isZero();
        String generator = text("gen-block-pi")
                .replace("\"d16cfe09\"", "\"d16cfe08\"")
                .replace("\"3513581065\"", "\"3513581064\"");
        assertThat(Vectors.verify(List.of(Vectors.source("generator.json", generator)), new ReferenceImplementation(1))
                        .problems())
                .extracting(GoldenReport.Problem::message)
                .containsExactly("gen-block-pi.expected: word 0 (d16cfe08) must be what the generator gives: d16cfe09");
    }

    @Test
    void aFileOfTheFirstFormatIsReadToo() {
        String first = GOOD.replace("dropout-golden/1.1", "dropout-golden/1")
                .replace("\"count\": 1,", "")
                .replace("\"needs\": [\"float16\"],", "");
        assertThat(verify(first).problems()).isEmpty();
        assertThat(verify(first).passed()).isEqualTo(1);
        assertThat(verify(first.replace("\"notes\"", "\"count\": 1, \"notes\"")).problems())
                .extracting(GoldenReport.Problem::message)
                .first()
                .asString()
                .startsWith("unknown field (count)");
    }

    @Test
    void severalCallsAreHeldToWhatTheyAre() {
        String stream = text("stream-float16-same-seed");
        assertThat(problem(stream, "\"calls\": [0, 3]", "\"calls\": [0, 1]"))
                .contains("must be there and the same in the");
        assertThat(problem(stream, "\"calls\": [0, 3]", "\"calls\": [3]")).contains("must be 2 or more, each once");
        assertThat(problem(stream, "\"calls\": [0, 3]", "\"calls\": [0, 4]"))
                .contains("value (4) must be an integer from 0 to 3");
        assertThat(problem(stream, "\"field\": \"mask\"", "\"field\": \"seed\""))
                .contains("field (seed) must be output");
        assertThat(problem(
                        stream,
                        "\"rate\": {\"bits\": \"3fd0000000000000\", \"value\": \"0.25\"}",
                        "\"rate\": {\"bits\": \"4000000000000000\", \"value\": \"2\"}"))
                .contains("a call among several must not be one to be rejected");
        assertThat(problem(stream, "\"seed\": 4", "\"noise_shape\": [1073741824, 1], \"seed\": 4"))
                .contains("must have at most 1048576 elements");
        assertThat(problem(stream, "\"seed\": 4", "\"seed\": 5")).contains("must be");
        assertThat(problem(stream, "\"needs\": [\"float16\", \"seed\"]", "\"needs\": [\"float16\"]"))
                .contains("must be what the calls need: float16, seed");
    }

    private static String problem(String text, String old, String changed) {
        assertThat(text).contains(old);
        GoldenReport report = Vectors.verify(
                List.of(Vectors.source("streams.json", text.replace(old, changed))), new ReferenceImplementation(1));
        assertThat(report.problems()).hasSize(1);
        return report.problems().get(0).toString();
    }

    private static GoldenReport verify(String text) {
        return Vectors.verify(List.of(Vectors.source("examples.json", text)), new ReferenceImplementation(1));
    }

    private static String text(String id) {
        byte[] bytes = Vectors.where(label -> label.id().equals(id)).get(0).bytes();
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
