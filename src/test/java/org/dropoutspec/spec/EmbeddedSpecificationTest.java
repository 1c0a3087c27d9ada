package org.dropoutspec.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The specification itself, as far as its form goes. */
class EmbeddedSpecificationTest {
    private static final Collection<Requirement> REQUIREMENTS =
            Specification.embedded().requirements();

    @Test
    void statesAtLeast45RequirementsEachWithAnIdOfItsOwn() {
        assertThat(REQUIREMENTS).hasSizeGreaterThanOrEqualTo(45);
        assertThat(REQUIREMENTS).extracting(Requirement::id).doesNotHaveDuplicates();
        assertThat(REQUIREMENTS)
                .extracting(Requirement::chapter)
                .contains("RATE", "MASK", "FWD", "BWD", "EVAL", "SEED", "NUM", "SHAPE");
    }

    @Test
    void isTheFileAtTheTopOfTheRepository() throws IOException {
        String file = Files.readString(Path.of("spec", "dropout.md"));
        assertThat(Specification.of(file).sha256())
                .isEqualTo(Specification.embedded().sha256());
    }

    @Test
    void everyEntrySaysItsIntentItsSourceAndItsCheckOrWhyItHasNone() {
        assertThat(REQUIREMENTS).allSatisfy(requirement -> {
            assertThat(items(requirement, "Intent")).as("Intent").isEqualTo(1);
            assertThat(items(requirement, "Source")).as("Source").isEqualTo(1);
            assertThat(items(requirement, "Check") + items(requirement, "Untestable"))
                    .as("Check or Untestable")
                    .isEqualTo(1);
            assertThat(requirement.untestable().isPresent()).isEqualTo(items(requirement, "Untestable") == 1);
        });
    }

    /** A second paragraph of normative words would be outside the pin. */
    @Test
    void everyEntryHasOneParagraphOfNormativeWordsInItsLevel() {
        assertThat(REQUIREMENTS).allSatisfy(requirement -> {
            String[] lines = requirement.text().split("\n");
            assertThat(lines[2]).isEqualTo(requirement.sentence());
            assertThat(Arrays.stream(lines).skip(3).filter(line -> !line.isBlank()))
                    .as("lines after the sentence")
                    .allMatch(line -> line.startsWith("- "));
            assertThat(requirement.sentence()).containsPattern("\\b" + requirement.level() + "\\b");
        });
    }

    @Test
    void everyIdThatTheTextNamesExists() throws IOException {
        String prefixes = "RATE|MASK|FWD|BWD|EVAL|SEED|NUM|SHAPE";
        String text = Files.readString(Path.of("spec", "dropout.md"));
        assertThat(Pattern.compile("\\b(" + prefixes + ")-\\d+\\b")
                        .matcher(text)
                        .results())
                .extracting(match -> match.group())
                .allMatch(Specification.embedded()::has);
    }

    private static long items(Requirement requirement, String name) {
        return requirement
                .text()
                .lines()
                .filter(line -> line.startsWith("- " + name + ": "))
                .count();
    }
}
