package org.dropoutspec.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.dropoutspec.spec.Requirement;
import org.dropoutspec.spec.Specification;
import org.junit.jupiter.api.Test;

class ExplainCommandTest {
    @Test
    void saysWhatIsAskedWhyAndWhereToLookInLinesThatFit() {
        for (Requirement requirement : Specification.embedded().requirements()) {
            Run run = Run.of("explain", requirement.id());
            assertThat(run.exitStatus()).isZero();
            assertThat(run.out())
                    .startsWith(requirement.heading())
                    .contains("Why", "What a failure usually means, and where to look", "Where it comes from")
                    .contains("How it is checked: spec " + requirement.id());
            String words = String.join(" ", run.out()).replaceAll(" +", " ");
            assertThat(words).contains(requirement.sentence()).contains(WhereToLook.of(requirement.id()));
            assertThat(run.out())
                    .allMatch(line -> line.length() <= 100 || !line.trim().contains(" "));
        }
    }

    @Test
    void theDocumentShowsWhatIsPrinted() throws IOException {
        Run run = Run.of("explain", "BWD-1");
        assertThat(Files.readString(Path.of("doc/certify.md")))
                .contains("explain BWD-1\n" + String.join("\n", run.out()).stripTrailing() + "\n```");
    }

    @Test
    void anOperationBeforeTheRequirementIsTaken() {
        assertThat(Run.of("explain", "rnn:MASK-3").out())
                .isEqualTo(Run.of("explain", "MASK-3").out());
    }

    @Test
    void whereToLookKnowsRequirementsAndChaptersThatThereAre() {
        Set<String> known = Specification.embedded().requirements().stream()
                .map(Requirement::chapter)
                .collect(Collectors.toSet());
        Specification.embedded().requirements().forEach(requirement -> known.add(requirement.id()));
        assertThat(known).containsAll(WhereToLook.names());
    }
}
