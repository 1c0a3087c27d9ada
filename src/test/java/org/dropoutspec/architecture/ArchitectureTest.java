package org.dropoutspec.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dropoutspec.architecture.Dependencies.Dependency;
import org.junit.jupiter.api.Test;

/** The direction of the arrows between packages, which the design lays down. */
class ArchitectureTest {
    /** Compiled by a profile alone, from a source folder of its own. */
    private static final String CLUSTER = "cluster";

    /** Each imports only from those before it. */
    private static final List<String> ORDER = List.of(
            "json",
            "tensor",
            "reference",
            "spec",
            "implementation",
            "condition",
            "statistics",
            "oracle",
            "mutant",
            "sampling",
            "contract",
            "golden",
            "wire",
            "operation",
            "certify",
            "defect",
            "selftest",
            "report",
            "demo",
            "cli",
            CLUSTER);

    /** Vectors and protocol serve whoever has nothing of ours, and know nothing of our contracts. */
    private static final Map<String, Set<String>> FORBIDDEN =
            Map.of("golden", Set.of("contract"), "wire", Set.of("contract", "golden"));

    private static final Path SOURCES = Path.of("src", "main", "java", "org", "dropoutspec");
    private static final List<Dependency> DEPENDENCIES = Dependencies.all();

    @Test
    void everyPackageHasItsPlaceInTheOrder() throws IOException {
        assertThat(packages()).isSubsetOf(ORDER);
        assertThat(DEPENDENCIES.stream()
                        .map(Dependency::fromPackage)
                        .filter(from -> !from.equals(CLUSTER))
                        .collect(Collectors.toSet()))
                .as("the packages that jdeps saw")
                .isEqualTo(packages());
    }

    @Test
    void everyPackageImportsOnlyFromThoseBeforeIt() {
        assertThat(DEPENDENCIES)
                .filteredOn(Dependency::isWithinSuite)
                .isNotEmpty()
                .allMatch(
                        dependency -> ORDER.indexOf(dependency.toPackage()) <= ORDER.indexOf(dependency.fromPackage()));
    }

    @Test
    void vectorsAndProtocolKnowNothingOfTheContracts() {
        assertThat(DEPENDENCIES)
                .noneMatch(dependency -> FORBIDDEN
                        .getOrDefault(dependency.fromPackage(), Set.of())
                        .contains(dependency.toPackage()));
    }

    @Test
    void thePartsOfTheVectorsImportOnlyFromThoseBeforeThem() {
        List<String> parts = List.of("word", "format", "exact", "topic", "verify");
        assertThat(DEPENDENCIES)
                .filteredOn(dependency -> parts.contains(dependency.fromPart("golden"))
                        && dependency.to().startsWith("org.dropoutspec.golden."))
                .isNotEmpty()
                .allMatch(dependency -> parts.contains(dependency.toPart("golden"))
                        && parts.indexOf(dependency.toPart("golden")) <= parts.indexOf(dependency.fromPart("golden")));
    }

    @Test
    void theReferenceNeedsTensorsAndTheCoreOfTheJdkAlone() {
        assertThat(DEPENDENCIES)
                .filteredOn(dependency -> dependency.fromPackage().equals("reference"))
                .isNotEmpty()
                .allMatch(dependency -> Set.of("tensor", "reference").contains(dependency.toPackage())
                        || dependency.to().matches("java\\.(lang|util|nio)\\..*|org\\.jspecify\\.annotations\\..*"));
    }

    /** Where a package does not say it, NullAway looks at nothing in it. */
    @Test
    void everyPackageSaysThatNothingIsNullUnlessItSaysSo() throws IOException {
        for (Path sources : List.of(Path.of("src", "main", "java"), Path.of("src", "cluster", "java"))) {
            try (Stream<Path> files = Files.walk(sources)) {
                Set<Path> packages = files.filter(file -> file.toString().endsWith(".java"))
                        .map(Path::getParent)
                        .collect(Collectors.toSet());
                assertThat(packages).isNotEmpty();
                for (Path each : packages) {
                    assertThat(each.resolve("package-info.java"))
                            .content()
                            .contains("@NullMarked\npackage ", "import org.jspecify.annotations.NullMarked;");
                }
            }
        }
    }

    @Test
    void everyPackageSaysWhatItIs() throws IOException {
        for (String name : packages()) {
            Path file = SOURCES.resolve(name).resolve("package-info.java");
            assertThat(file).exists();
            assertThat(Files.readString(file)).startsWith("/**").contains("package org.dropoutspec." + name + ";");
        }
    }

    @Test
    void nothingIsNamedForHavingNoNameOfItsOwn() throws IOException {
        assertThat(packages()).doesNotContain("util", "utils", "common", "misc", "helper", "helpers");
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".java")))
                    .isNotEmpty()
                    .noneMatch(name -> name.matches(".*(Utils?|Manager|Helpers?)\\.java"));
        }
    }

    @Test
    void noSimpleNameStandsForTwoClasses() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".java") && !name.equals("package-info.java")))
                    .isNotEmpty()
                    .doesNotHaveDuplicates();
        }
    }

    private static Set<String> packages() throws IOException {
        try (Stream<Path> directories = Files.list(SOURCES)) {
            return directories
                    .map(directory -> directory.getFileName().toString())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
