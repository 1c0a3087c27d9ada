package org.dropoutspec.certify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.dropoutspec.fuzz.DamagedText;
import org.dropoutspec.fuzz.Fuzz;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Lists of expectations damaged at random: read, or one bounded line that says what is wrong. */
@Timeout(600)
class ExpectationsFuzzTest {
    private static final String GOOD = """
            # what is known
            FWD-3 fail  # a comment
            rnn:MASK-1 inconclusive
            EVAL-1 pass
            """;

    @Test
    void whateverStandsInTheListItIsReadOrRefused() {
        Fuzz.rounds(5000, random -> {
            String text = random.nextBoolean()
                    ? new String(DamagedText.bytes(GOOD, random), StandardCharsets.UTF_8)
                    : String.join("\n", words(random));
            try {
                assertThat(Expectations.parse(text.lines().toList()).verdicts().values())
                        .isSubsetOf("pass", "fail", "unsupported", "inconclusive", "error");
            } catch (IllegalArgumentException refused) {
                assertThat(refused.getMessage())
                        .startsWith("line ")
                        .doesNotContain("\n")
                        .hasSizeLessThan(600);
            }
        });
    }

    private static List<String> words(java.util.Random random) {
        return IntStream.range(0, 1 + random.nextInt(4))
                .mapToObj(line -> Fuzz.one(random, "", "rnn:", ":", "dropout:", "rnn:rnn:", "x:", "\u00a0", "network:")
                        + Fuzz.one(
                                random, "FWD-3", "MASK-1", "NUM-66", "RNN-1", "FWD", "-", "", "fwd-3", "A".repeat(9999))
                        + Fuzz.one(random, " ", "  ", "\t", "\u2003", "")
                        + Fuzz.one(random, "pass", "fail", "error", "skip", "", "FAIL", "pass pass", "pass#", "#"))
                .toList();
    }
}
