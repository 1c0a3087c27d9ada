package org.dropoutspec.operation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.dropoutspec.golden.GoldenRegenerate;
import org.dropoutspec.golden.GoldenVerify;
import org.dropoutspec.mutant.Mutant;
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
    void theToyOperationHasGoldenVectors() throws IOException {
        Operation toy = Operations.named("pair_dropout").orElseThrow();
        JsonNode told = new ObjectMapper()
                .readTree(GoldenVerify.insideJar(new ReferenceFamily(1, List.of(toy)))
                        .json());
        List<String> verdicts = new ArrayList<>();
        for (JsonNode vector : told.get("vectors")) {
            if (vector.get("file").textValue().equals("pair-dropout.json")) {
                verdicts.add(vector.get("verdict").textValue());
            }
        }
        assertThat(verdicts).hasSize(5).containsOnly("passed");
        assertThat(GoldenRegenerate.generate().get("pair-dropout.json"))
                .as("the toy's file in src/test/resources; java -cp of the tests with golden regenerate writes it")
                .isEqualTo(resource("pair-dropout.json"));
        Mutant evaluationDrops = toy.mutants().stream()
                .filter(mutant -> mutant.name().equals("pair-evaluation-drops"))
                .findFirst()
                .orElseThrow();
        assertThat(GoldenVerify.insideJar(evaluationDrops.implementation().apply(1))
                        .lines())
                .anyMatch(line -> line.startsWith("FAIL pair-dropout.json pair-evaluation EVAL-1"));
    }

    private static byte[] resource(String name) {
        try (InputStream in = GoldenVerify.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (IOException broken) {
            throw new AssertionError(broken);
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
