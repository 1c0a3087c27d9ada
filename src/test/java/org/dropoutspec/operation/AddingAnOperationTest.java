package org.dropoutspec.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Adding an operation is adding files: the toy of the test tree is judged like all others, and nobody else names it. */
class AddingAnOperationTest {
    @Test
    void theToyOperationIsJudgedAndNoSourceOfTheSuiteNamesIt() throws IOException {
        assertThat(Operations.named("pair_dropout")).isPresent();
        try (Stream<Path> sources = Files.walk(Path.of("src", "main"))) {
            assertThat(sources.filter(Files::isRegularFile))
                    .isNotEmpty()
                    .noneMatch(source -> text(source).contains("pair_dropout")
                            || text(source).contains("PairDropout"));
        }
    }

    @Test
    void noPackageOutsideOfItsOwnNamesAnOperation() throws IOException {
        List<String> names = Operations.all().stream().map(Operation::name).toList();
        try (Stream<Path> sources = Files.walk(Path.of("src", "main", "java", "org", "dropoutspec", "certify"))) {
            assertThat(sources.filter(Files::isRegularFile))
                    .isNotEmpty()
                    .noneMatch(source ->
                            names.stream().anyMatch(name -> text(source).contains('"' + name + '"')));
        }
    }

    private static String text(Path source) {
        try {
            return Files.readString(source);
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
    }
}
