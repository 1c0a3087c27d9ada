package org.dropoutspec.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertifyCommandTest {
    @TempDir
    private Path directory;

    /** Right in evaluation, and it never drops. */
    public static final class Identity implements Implementation {
        @Override
        public Description description() {
            return Description.of("identity", "1");
        }

        @Override
        public Result dropout(Call call) {
            return Result.of(call.input());
        }
    }

    @Test
    void theReferencePassesAndTheLastLinesSaySo() {
        Run run = Run.of("certify", "--only", "EVAL-1", "--seed", "7");
        assertThat(run.exitStatus()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .startsWith("pass         EVAL-1   MUST   return its input bit for bit in evaluation", "")
                .containsSequence(
                        "",
                        "conformant in the requirements selected: reference 1.0 (Java), THE SUITE'S OWN: "
                                + "no implementation was named, and none but this one was judged",
                        "1 pass, 0 fail, 0 unsupported, 0 inconclusive, 0 error; "
                                + "types float16, bfloat16, float32, float64");
        assertThat(run.out())
                .last()
                .asString()
                .matches("tier quick, seed 7, [0-9,]+ mask elements in [0-9.]+ s, specification [0-9a-f]{8}");
    }

    @Test
    void aClassThatFailsExitsWithOneAndIsToldHowToReplayIt() {
        Run run = Run.of("certify", "--only", "EVAL-1,FWD-1", "--seed", "7", "--class", Identity.class.getName());
        assertThat(run.exitStatus()).isEqualTo(1);
        assertThat(run.out())
                .contains("nonconformant in the requirements selected: identity 1 (Java)")
                .anyMatch(line -> line.startsWith("FWD-1 MUST scale what it keeps by 1/(1 - rate): index 0, expected "))
                .anyMatch(line -> line.startsWith("  replay: ")
                        && line.endsWith(" certify --seed 7 --only FWD-1 --class '" + Identity.class.getName() + "'"));
    }

    @Test
    void theReplayShowsTheSameFailure() {
        String[] all = {"certify", "--only", "RATE-2,FWD-1,EVAL-1", "--seed", "7", "--class", Identity.class.getName()};
        String[] one = {"certify", "--seed", "7", "--only", "FWD-1", "--class", Identity.class.getName()};
        assertThat(Run.of(all).out()).contains(failure(Run.of(one).out()));
    }

    private static String failure(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith("FWD-1 MUST"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aFreshSeedIsToldSoThatTheRunCanBeReplayed() {
        assertThat(Run.of("certify", "--only", "SHAPE-2").out())
                .last()
                .asString()
                .matches("tier quick, seed \\d+, .*");
    }

    @Test
    void whatIsExpectedToFailExitsWithZeroAndWhatIsNotWithOne() throws IOException {
        Path known = Files.writeString(directory.resolve("known"), "FWD-1 fail # it never drops\n");
        String[] arguments = {
            "certify", "--only", "EVAL-1,FWD-1", "--class", Identity.class.getName(), "--expect", known.toString()
        };
        Run expected = Run.of(arguments);
        assertThat(expected.exitStatus()).isZero();
        assertThat(expected.out()).last().isEqualTo("all verdicts are as expected");

        Files.writeString(known, "EVAL-1 fail\n");
        Run unexpected = Run.of(arguments);
        assertThat(unexpected.exitStatus()).isEqualTo(1);
        assertThat(unexpected.out())
                .endsWith("not as expected:", "  FWD-1: expected no fail", "  EVAL-1: expected fail, got pass");
    }

    @Test
    void theReportHoldsWhatStandardOutputSaid() throws IOException {
        Path report = directory.resolve("report");
        Run run = Run.of("certify", "--only", "EVAL-1", "--report", report.toString());
        assertThat(Files.readAllLines(report.resolve("report.txt"))).isEqualTo(run.out());
        assertThat(report.resolve("certificate.json")).isNotEmptyFile();
        assertThat(report.resolve("junit.xml")).isNotEmptyFile();
    }

    @Test
    void progressIsALineARequirementOnStandardError() {
        assertThat(Run.of("certify", "--only", "EVAL-1,SHAPE-2", "--progress").err())
                .containsExactly("[1/2] EVAL-1", "[2/2] SHAPE-2");
    }
}
