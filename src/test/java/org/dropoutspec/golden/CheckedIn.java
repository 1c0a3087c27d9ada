package org.dropoutspec.golden;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.dropoutspec.golden.format.GoldenVector;
import org.dropoutspec.golden.format.VectorFile;

/** The vectors of the suite itself, without those of operations that the test tree adds. */
final class CheckedIn {
    /** Where an operation of the test tree has its file. */
    private static final Path ADDED = Path.of("src", "test", "resources", "org", "dropoutspec", "golden");

    private CheckedIn() {}

    static List<VectorFile> files() {
        return Vectors.files().stream()
                .filter(file -> isChecked(file.topic() + ".json"))
                .toList();
    }

    static Stream<GoldenVector> vectors() {
        return files().stream().flatMap(file -> file.vectors().stream());
    }

    /** Where a file is, of the suite or of the test tree. */
    static Path path(String name) {
        return isChecked(name) ? Path.of("golden", name) : ADDED.resolve(name);
    }

    static boolean isChecked(String name) {
        return !Files.exists(ADDED.resolve(name));
    }
}
