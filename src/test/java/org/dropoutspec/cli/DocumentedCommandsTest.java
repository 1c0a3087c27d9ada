package org.dropoutspec.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dropoutspec.spec.Specification;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every command of this program that the documents show is understood, names files that are there, and runs: certify of
 * one requirement of plain dropout alone, and with the example in plain Python in the place of an adapter of the reader's.
 * One whose adapter needs a framework that is not here, or that names another file of the reader's, is skipped with a line
 * that says so.
 */
class DocumentedCommandsTest {
    private static final Pattern COMMAND =
            Pattern.compile("^\\s*(?:\\$ )?java -jar \\S*dropout-conformance\\.jar (.+)$");

    /** In a block of code, where the document says what the first word stands for. */
    private static final Pattern SHORT =
            Pattern.compile("^(?: {4})?((?:certify|explain|golden|merge|spec)(?: [^#]*?)?) *(?: # .*)?$");

    private static final Pattern READERS_ADAPTER = Pattern.compile("(my_)?adapter\\.py");
    private static final String PLAIN_ADAPTER = "src/adapters/plain/adapter.py";

    private record Shown(String document, List<String> words) {}

    @TestFactory
    Stream<DynamicTest> commands() throws IOException {
        List<Shown> commands = new ArrayList<>();
        try (Stream<Path> documents = Files.list(Path.of("doc"))) {
            Stream<Path> others = Stream.of(
                            "README.md", "CONTRIBUTING.md", "spec/wire-protocol.md", "spec/golden-format.md")
                    .map(Path::of);
            for (Path document : Stream.concat(others, documents)
                    .filter(path -> path.toString().endsWith(".md"))
                    .sorted()
                    .toList()) {
                boolean code = false;
                for (String line : Files.readAllLines(document)) {
                    code ^= line.startsWith("```");
                    Matcher words = SHORT.matcher(line);
                    if ((code || line.startsWith("    ")) && words.matches()) {
                        commands.add(new Shown(
                                document.toString(), List.of(words.group(1).split(" +"))));
                    }
                    Matcher command = COMMAND.matcher(line);
                    if (command.matches()) {
                        commands.add(new Shown(
                                document.toString(), List.of(command.group(1).split(" +"))));
                    }
                }
            }
        }
        assertThat(commands).hasSizeGreaterThan(5);
        return commands.stream()
                .map(shown -> DynamicTest.dynamicTest(
                        shown.document() + ": " + String.join(" ", shown.words()), () -> check(shown.words())));
    }

    private static void check(List<String> words) {
        int separator = words.indexOf("--");
        List<String> own = separator < 0 ? words : words.subList(0, separator);
        List<String> adapter = separator < 0
                ? List.of()
                : words.subList(separator + 1, words.size()).stream()
                        .map(word -> READERS_ADAPTER.matcher(word).matches() ? PLAIN_ADAPTER : word)
                        .toList();
        for (String word : words) {
            if (word.startsWith("src/")) {
                assertThat(Path.of(word)).exists();
            }
        }
        for (String file : Stream.concat(own.stream(), adapter.stream())
                .filter(word -> word.matches(".*\\.(py|mjs|txt|json)"))
                .toList()) {
            Assumptions.assumeTrue(Files.exists(Path.of(file)), "not run: " + file + " is the reader's own file");
        }
        Assumptions.assumeTrue(
                words.stream().noneMatch(word -> word.matches("(DIR|COMMAND|my\\.|--shard|shard-).*")),
                "not run: what it names is the reader's");

        List<String> run = new ArrayList<>(own);
        if (own.get(0).equals("certify")) {
            drop(run, "--expect");
            drop(run, "--report");
            String asked = drop(run, "--only");
            Stream.of(asked.split(","))
                    .filter(id -> !id.isEmpty())
                    .forEach(id -> assertThat(Specification.embedded().has(id.substring(id.indexOf(':') + 1)))
                            .as(id)
                            .isTrue());
            run.addAll(List.of("--only", "dropout:RATE-2"));
        }
        if (separator >= 0) {
            run.add("--");
            run.addAll(adapter);
        }
        Run ended = Run.of(run.toArray(String[]::new));
        String told = String.join("\n", ended.err()) + String.join("\n", ended.out());
        Assumptions.assumeFalse(
                ended.exitStatus() == 2
                        && (told.contains("ModuleNotFoundError")
                                || told.contains("ImportError")
                                || told.contains("ERR_MODULE_NOT_FOUND")
                                || told.contains("cannot be started")
                                || told.contains("could not be started")),
                "not run: what " + String.join(" ", adapter) + " needs is not here");
        assertThat(ended.exitStatus()).as(told).isIn(0, 1);
    }

    /** What stood after it. */
    private static String drop(List<String> words, String option) {
        int at = words.indexOf(option);
        if (at < 0) {
            return "";
        }
        words.remove(at);
        return words.remove(at);
    }
}
