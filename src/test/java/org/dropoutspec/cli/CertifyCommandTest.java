package org.dropoutspec.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.ReferenceImplementation;
import org.dropoutspec.implementation.RejectedCall;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.implementation.UnsupportedCall;
import org.dropoutspec.operation.Operation;
import org.dropoutspec.operation.Operations;
import org.dropoutspec.tensor.Shape;
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
        Run run = Run.of("certify", "--operation", "dropout", "--only", "EVAL-1", "--seed", "7");
        assertThat(run.exitStatus()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .startsWith("pass         EVAL-1   MUST   return its input bit for bit in evaluation", "")
                .containsSequence(
                        "",
                        "conformant in the requirements selected: reference 1.0 (Java), THE SUITE'S OWN: "
                                + "no implementation was named, and none but this one was judged",
                        "  declared, not selected: "
                                + Operations.all().stream()
                                        .map(Operation::name)
                                        .sorted()
                                        .collect(Collectors.joining(", ")),
                        "1 pass, 0 fail, 0 unsupported, 0 inconclusive, 0 error; "
                                + "types float16, bfloat16, float32, float64");
        assertThat(run.out())
                .last()
                .asString()
                .matches("tier quick, seed 7, [0-9,]+ mask elements in [0-9.]+ s, specification [0-9a-f]{8}");
    }

    @Test
    void aClassThatFailsExitsWithOneAndIsToldHowToReplayIt() {
        Run run = Run.of("certify", "--only", "SHAPE-2,FWD-1", "--seed", "7", "--class", Identity.class.getName());
        assertThat(run.exitStatus()).isEqualTo(1);
        assertThat(run.out())
                .contains("nonconformant in the requirements selected: identity 1 (Java)")
                .anyMatch(line -> line.startsWith("FWD-1 MUST scale what it keeps by 1/(1 - rate): index 0, expected "))
                .anyMatch(line -> line.startsWith("  replay: ")
                        && line.endsWith(" certify --seed 7 --only FWD-1 --class '" + Identity.class.getName() + "'"));
    }

    @Test
    void theReplayShowsTheSameFailure() {
        String[] all = {"certify", "--only", "RATE-2,FWD-1,SHAPE-2", "--seed", "7", "--class", Identity.class.getName()
        };
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
            "certify", "--only", "SHAPE-2,FWD-1", "--class", Identity.class.getName(), "--expect", known.toString()
        };
        Run expected = Run.of(arguments);
        assertThat(expected.exitStatus()).isZero();
        assertThat(expected.out()).last().isEqualTo("all verdicts are as expected");

        Files.writeString(known, "SHAPE-2 fail\n");
        Run unexpected = Run.of(arguments);
        assertThat(unexpected.exitStatus()).isEqualTo(1);
        assertThat(unexpected.out())
                .endsWith("not as expected:", "  FWD-1: expected no fail", "  SHAPE-2: expected fail, got pass");
    }

    @Test
    void whatCouldNotBeJudgedExitsWithTwoWhateverIsExpected() throws IOException {
        Path known = Files.writeString(directory.resolve("known"), "FWD-1 error\nRATE-2 error\nEVAL-2 error\n");
        Run run = Run.of(
                "certify", "--only", "EVAL-2,FWD-1,RATE-2", "--class", Broken.class.getName(), "--expect", known + "");
        assertThat(run.exitStatus()).isEqualTo(2);
        assertThat(run.out())
                .endsWith("all verdicts are as expected", "what could not be judged stays so, whatever is expected");
    }

    /** Answers the plainest calls, which come first. */
    public static final class Broken implements Implementation {
        private final Implementation reference = new ReferenceImplementation(1);

        @Override
        public Description description() {
            return Description.of("broken", "1");
        }

        @Override
        public Result dropout(Call call) {
            if (!call.input().shape().equals(Shape.of(2, 3)) || call.rate() != 0.5) {
                throw new IllegalStateException("broken");
            }
            return reference.dropout(call);
        }
    }

    @Test
    void whatIsRequiredHasToBeAskedAndPassed() throws IOException {
        String[] arguments = {"certify", "--only", "RATE-2,SHAPE-2", "--class", NoBadRates.class.getName()};
        Path report = directory.resolve("report");
        String[] requiring = Arrays.copyOf(arguments, arguments.length + 4);
        System.arraycopy(
                new String[] {"--require", "all", "--report", report.toString()}, 0, requiring, arguments.length, 4);
        Run run = Run.of(requiring);
        assertThat(run.exitStatus()).isEqualTo(1);
        assertThat(run.out())
                .contains(
                        "conformant in scope, in the requirements selected: picky 1 (Java)",
                        "  not asked (cannot ask that): RATE-2")
                .endsWith("required, and not so:", "  RATE-2: unsupported, cannot ask that");
        assertThat(Files.readAllLines(report.resolve("report.txt")))
                .containsSubsequence(run.out())
                .contains("probability of a false alarm, in all checks together: at most 1.00e-09");

        requiring[arguments.length + 1] = "SHAPE-2";
        Run met = Run.of(requiring);
        assertThat(met.exitStatus()).isZero();
        assertThat(met.out()).last().isEqualTo("all that is required was asked and passed");
    }

    /** Cannot be given a bad rate. */
    public static final class NoBadRates implements Implementation {
        private final Implementation reference = new ReferenceImplementation(1);

        @Override
        public Description description() {
            return Description.of("picky", "1");
        }

        @Override
        public Result dropout(Call call) {
            if (!(call.rate() >= 0 && call.rate() <= 1)) {
                throw new UnsupportedCall("cannot ask that");
            }
            return reference.dropout(call);
        }
    }

    @Test
    void theReportHoldsWhatStandardOutputSaid() throws IOException {
        Path report = directory.resolve("report");
        Run run = Run.of(
                "certify", "--operation", "dropout", "--verbose", "--only", "SHAPE-2", "--report", report.toString());
        assertThat(Files.readAllLines(report.resolve("report.txt")))
                .containsSubsequence(run.out())
                .contains("probability of a false alarm, in all checks together: at most 1.00e-09");
        assertThat(report.resolve("certificate.json")).isNotEmptyFile();
        assertThat(report.resolve("junit.xml")).isNotEmptyFile();
    }

    @Test
    void aRunWithoutAVerdictLeavesNoReport() throws IOException {
        Files.writeString(directory.resolve("certificate.json"), "of an earlier run");
        Run run = Run.of(
                "certify", "--class", Rejecting.class.getName(), "--report", directory.toString(), "--only", "FWD-1");
        assertThat(run.exitStatus()).isEqualTo(2);
        assertThat(run.err()).first().asString().startsWith("the plainest calls are not answered: rejected: ");
        assertThat(directory).isEmptyDirectory();
    }

    /** Rejects everything, and in words that a CI server obeys. */
    public static final class Rejecting implements Implementation {
        @Override
        public Description description() {
            return Description.of("rejecting", "1");
        }

        @Override
        public Result dropout(Call call) {
            throw new RejectedCall("no\n::error::all is lost\n##vso[task.complete result=Succeeded;]");
        }
    }

    @Test
    void whatAStrangerSaysBeginsNoLine() {
        Run run = Run.of("certify", "--class", Rejecting.class.getName(), "--only", "FWD-1");
        assertThat(run.err())
                .singleElement()
                .asString()
                .contains("rejected: no\\n::error::all is lost\\n\\u0023#vso[task.complete")
                .startsWith("the plainest calls");
    }

    @Test
    void progressIsALineARequirementOnStandardError() {
        assertThat(Run.of("certify", "--operation", "dropout", "--only", "RATE-2,SHAPE-2", "--progress")
                        .err())
                .containsExactly("[1/2] RATE-2", "[2/2] SHAPE-2");
    }
}
