package org.dropoutspec.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.dropoutspec.fuzz.Fuzz;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Command lines put together at random: one line and exit 2, or what was asked for; no stack trace, ever. */
@Timeout(600)
class CommandLineFuzzTest {
    @TempDir
    private Path directory;

    @Test
    void whateverIsAskedNothingBreaks() {
        Fuzz.rounds(200, random -> {
            List<String> words = words(random);
            requireToldWell(Run.of(words.toArray(String[]::new)), String.join(" ", words));
        });
    }

    /** What ends with exit 2 says why in one line; nothing is told as the suite's own breaking. */
    static void requireToldWell(Run run, String of) {
        assertThat(run.exitStatus()).as(of).isBetween(0, 2);
        assertThat(run.err()).as(of).noneMatch(line -> line.contains("the suite broke") || line.startsWith("\tat "));
        assertThat(run.err()).as(of).hasSizeLessThan(2).allMatch(line -> line.length() < 1000 + 2 * of.length());
        if (run.exitStatus() == 2 && run.out().isEmpty()) {
            assertThat(run.err()).as(of).hasSize(1);
        }
    }

    private List<String> words(Random random) {
        String command =
                Fuzz.one(random, "certify", "golden", "spec", "explain", "self-test", "diff", "report", "regrade", "x");
        List<String> words = new ArrayList<>(List.of(command));
        if (command.equals("golden")) {
            words.add("verify");
        }
        for (int count = random.nextInt(4); count > 0; count--) {
            String option = Fuzz.one(
                    random,
                    "--seed",
                    "--only",
                    "--tier",
                    "--timeout",
                    "--total-timeout",
                    "--operation",
                    "--require",
                    "--processes",
                    "--expect",
                    "--report",
                    "--json",
                    "--generated",
                    "--format",
                    "--alpha",
                    "--badge",
                    "--nonsense",
                    "--quick",
                    "-x",
                    "--class",
                    "--colour",
                    "--profile",
                    "--dtype",
                    "--out");
            boolean path = List.of("--report", "--json", "--out", "--expect").contains(option);
            String value = path
                    ? Fuzz.one(random, "/dev/null/x", directory.resolve("none/x") + "", "/", "")
                    : Fuzz.one(
                            random,
                            "",
                            " ",
                            ",",
                            "0",
                            "-1",
                            "7",
                            "1e400",
                            "NaN",
                            "0x1p3",
                            "9007199254740992",
                            "quick",
                            "FWD-1",
                            "FWD-1,,",
                            "rnn",
                            "rnn:MASK-1",
                            "all",
                            "\u0000",
                            "\u202e",
                            "${x}",
                            "@x",
                            "no.Such",
                            "java.lang.Object",
                            "a".repeat(2000));
            words.addAll(random.nextInt(5) == 0 ? List.of(option + "=" + value) : List.of(option, value));
        }
        // nothing of this may begin a run that takes its time
        switch (command) {
            case "certify", "golden" -> words.addAll(List.of("--", "/no/such/adapter"));
            case "self-test" -> words.addAll(List.of("--index", "-1"));
            default -> words.add(Fuzz.one(random, "FWD-1", "/no/such/file", "", "x"));
        }
        return words;
    }
}
