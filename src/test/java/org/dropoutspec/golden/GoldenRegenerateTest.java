package org.dropoutspec.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.dropoutspec.golden.topic.Catalogue;
import org.dropoutspec.golden.topic.Flag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoldenRegenerateTest {
    @TempDir
    private Path directory;

    @Test
    void writesAllFilesAndThenNothing() throws IOException {
        Path fresh = Files.createDirectories(directory.resolve("new/golden"));
        Files.createFile(fresh.resolve(".forward.json.0815.tmp")); // of a process that was killed
        GoldenRegenerate.Outcome first = GoldenRegenerate.run(fresh, false);
        assertThat(first.exitStatus()).isZero();
        assertThat(first.lines()).contains("new file forward.json");
        assertThat(contents(fresh).keySet()).containsExactlyInAnyOrderElementsOf(Catalogue.fileNames());
        GoldenRegenerate.Outcome second = GoldenRegenerate.run(fresh, false);
        assertThat(second.lines()).hasSize(1).first().asString().endsWith("all as they were");
    }

    @Test
    void refusesToDropOrChangeWhatIsPublishedAndWritesNothingThen() throws IOException {
        publish(
                "examples.json",
                text -> text.replaceFirst(
                                "\"4400\", \"0000\", \"4a00\", \"0000\"", "\"4400\", \"0000\", \"4c00\", \"0000\"")
                        .replaceFirst("\"4\", \"0\", \"12\", \"0\"", "\"4\", \"0\", \"16\", \"0\"")
                        .replace("example-float32-half-backward", "example-float32-retired"));
        Map<String, String> before = contents(directory);

        GoldenRegenerate.Outcome refused = GoldenRegenerate.run(directory, false);
        assertThat(refused.exitStatus()).isEqualTo(1);
        assertThat(refused.lines())
                .contains("changed example-float16-half", "removed example-float32-retired")
                .anyMatch(line -> line.contains("--allow-removal"));
        assertThat(contents(directory)).isEqualTo(before);

        GoldenRegenerate.Outcome allowed = GoldenRegenerate.run(directory, true);
        assertThat(allowed.exitStatus()).isZero();
        assertThat(allowed.lines())
                .contains(
                        "changed example-float16-half",
                        "removed example-float32-retired",
                        "added example-float32-half-backward");
        assertThat(contents(directory)).hasSize(Catalogue.fileNames().size());
    }

    @Test
    void aPublishedIdMayBeRetired() throws IOException {
        String retired = "gen-mask-seed105-threshold-at-word";
        publish(
                "generator.json",
                text -> text.replaceFirst("(?s)\"retired\": \\[.*?\n  \\],", "")
                        .replace("\"gen-draw-seed105-rate-at-word\"", "\"" + retired + "\""));
        GoldenRegenerate.Outcome outcome = GoldenRegenerate.run(directory, false);
        assertThat(outcome.lines())
                .anyMatch(line -> line.startsWith("retired " + retired + ": it asked for a float32 output"))
                .contains("added gen-draw-seed105-rate-at-word");
        assertThat(outcome.exitStatus()).isZero();
    }

    @Test
    void aRetiredIdStaysRetired() throws IOException {
        publish(
                "generator.json",
                text -> text.replace("\"gen-mask-seed105-threshold-at-word\"", "\"gen-mask-of-old\""));
        GoldenRegenerate.Outcome refused = GoldenRegenerate.run(directory, false);
        assertThat(refused.lines()).contains("no longer retired gen-mask-of-old");
        assertThat(refused.exitStatus()).isEqualTo(1);
    }

    @Test
    void describesAVectorAnewWithoutBeingAllowed() throws IOException {
        publish("examples.json", text -> text.replaceFirst("\"requirement\": \"FWD-1\"", "\"requirement\": \"OLD-1\""));
        GoldenRegenerate.Outcome outcome = GoldenRegenerate.run(directory, false);
        assertThat(outcome.exitStatus()).isZero();
        assertThat(outcome.lines()).contains("described anew example-float16-half", "rewritten examples.json");
    }

    @Test
    void comparesNothingWithAFileThatItCannotRead() throws IOException {
        publish("examples.json", text -> text.substring(0, text.length() / 2));
        GoldenRegenerate.Outcome refused = GoldenRegenerate.run(directory, false);
        assertThat(refused.exitStatus()).isEqualTo(2);
        assertThat(refused.lines()).anyMatch(line -> line.startsWith("examples.json: line "));
        assertThat(GoldenRegenerate.run(directory, true).exitStatus()).isZero();
        assertThat(GoldenVerify.directory(directory, new PlantedBug(Flag.DTYPE_CHANGED))
                        .problems())
                .isEmpty();
    }

    @Test
    void deletesAFileOfNoTopicOnlyWhenAllowed() throws IOException {
        publish("examples.json", text -> text);
        Files.move(directory.resolve("examples.json"), directory.resolve("old.json"));
        String own = Files.readString(directory.resolve("old.json")).replace("\"example-", "\"ancient-");
        Files.writeString(directory.resolve("old.json"), own);
        assertThat(GoldenRegenerate.run(directory, false).exitStatus()).isEqualTo(1);
        assertThat(GoldenRegenerate.run(directory, true).lines()).contains("deleted old.json");
        assertThat(directory.resolve("old.json")).doesNotExist();
    }

    @Test
    void aDirectoryThatIsAFileIsAnError() throws IOException {
        Path file = Files.createFile(directory.resolve("golden"));
        GoldenRegenerate.Outcome outcome = GoldenRegenerate.run(file, false);
        assertThat(outcome.exitStatus()).isEqualTo(2);
        assertThat(outcome.lines()).first().asString().contains("cannot be read or written");
    }

    @Test
    void aFileIsReplacedWholeOrNotAtAllAndLeavesNothingBeside() throws IOException {
        Path file = directory.resolve("a.json");
        AtomicFile.write(file, new byte[] {1});
        Path open = directory.resolve("b.json");
        Files.createLink(open, file); // holds on to the old file, as a reader would
        AtomicFile.write(file, new byte[] {2, 2});
        assertThat(Files.readAllBytes(file)).containsExactly(2, 2);
        assertThat(Files.readAllBytes(open)).containsExactly(1);

        Path full = Files.createDirectories(directory.resolve("c.json/d")).getParent();
        assertThatIOException().isThrownBy(() -> AtomicFile.write(full, new byte[] {3}));
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).hasSize(3);
        }
    }

    /** Everything as it is published, but for one file; what is in place already is not written, and synced, anew. */
    private void publish(String name, UnaryOperator<String> edit) throws IOException {
        for (String file : Catalogue.fileNames()) {
            Files.copy(CheckedIn.path(file), directory.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        String text = Files.readString(Path.of("golden").resolve(name));
        Files.writeString(directory.resolve(name), edit.apply(text));
    }

    private static Map<String, String> contents(Path directory) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                contents.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return contents;
    }
}
