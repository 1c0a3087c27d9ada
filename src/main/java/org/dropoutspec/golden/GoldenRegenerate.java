package org.dropoutspec.golden;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.dropoutspec.golden.format.GoldenVector;
import org.dropoutspec.golden.format.JsonText;
import org.dropoutspec.golden.format.VectorFile;
import org.dropoutspec.golden.format.VectorReader;
import org.dropoutspec.golden.format.VectorTree;
import org.dropoutspec.golden.topic.Catalogue;
import org.dropoutspec.implementation.FileTrouble;

/**
 * Derives all vectors anew and writes them to a directory.
 *
 * <p>A published vector keeps its id and its meaning. Unless removal is allowed, nothing at all is written if an id of
 * the directory would disappear without being retired, or if its call or its expectation would change.
 */
public final class GoldenRegenerate {
    /** The command that repairs files which differ from what would be generated. */
    public static final String COMMAND = "java -jar target/dropout-conformance.jar golden regenerate";

    /** The generated files, derived once when they are first asked for: the bytes are the same every time. */
    private static final class Generated {
        static final List<VectorFile> FILES = Catalogue.files();
        static final Map<String, byte[]> BYTES = bytes();

        private static Map<String, byte[]> bytes() {
            Map<String, byte[]> bytes = new LinkedHashMap<>();
            FILES.forEach(file -> bytes.put(file.topic() + ".json", JsonText.of(VectorTree.of(file))));
            return bytes;
        }
    }

    private final Path directory;
    private final boolean allowRemoval;
    private final List<String> changes = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();
    private boolean unreadable;

    private GoldenRegenerate(Path directory, boolean allowRemoval) {
        this.directory = directory;
        this.allowRemoval = allowRemoval;
    }

    /**
     * The result of a run.
     *
     * @param exitStatus 0 if the directory now holds what is generated; 1 if that was refused to protect a published
     *     id; 2 if the directory could not be read or written
     * @param lines the lines for standard output: what changed, or why nothing was written
     */
    public record Outcome(int exitStatus, List<String> lines) {
        public Outcome {
            lines = List.copyOf(lines);
        }
    }

    /**
     * Writes the vectors to {@code directory}, which is created if necessary.
     *
     * @param allowRemoval whether a published id may be dropped or changed
     */
    public static Outcome run(Path directory, boolean allowRemoval) {
        try {
            return new GoldenRegenerate(directory, allowRemoval).run();
        } catch (IOException failure) {
            return new Outcome(
                    2, List.of("golden: " + directory + " cannot be read or written: " + FileTrouble.words(failure)));
        }
    }

    static List<VectorFile> files() {
        return Generated.FILES;
    }

    /** The bytes of every generated file, by its name. */
    public static Map<String, byte[]> generate() {
        return Generated.BYTES;
    }

    private Outcome run() throws IOException {
        Files.createDirectories(directory);
        AtomicFile.deleteLeftovers(directory);
        Map<String, byte[]> generated = generate();
        Map<String, byte[]> present = present();
        compareVectors(published(present), generatedVectors());
        if (!refusals.isEmpty() && !allowRemoval) {
            List<String> lines = new ArrayList<>(refusals);
            lines.add("golden: nothing was written; --allow-removal drops and changes published vectors");
            return new Outcome(unreadable ? 2 : 1, lines);
        }
        changes.addAll(refusals);
        int written = 0;
        for (Map.Entry<String, byte[]> file : generated.entrySet()) {
            byte[] old = present.get(file.getKey());
            if (!Arrays.equals(old, file.getValue())) {
                AtomicFile.write(directory.resolve(file.getKey()), file.getValue());
                changes.add((old == null ? "new file " : "rewritten ") + file.getKey());
                written++;
            }
        }
        for (String name : present.keySet()) {
            if (!generated.containsKey(name)) {
                Files.delete(directory.resolve(name));
                changes.add("deleted " + name);
            }
        }
        changes.add("golden: " + generated.size() + " files in " + directory + ", "
                + (written == 0 ? "all as they were" : written + " written"));
        return new Outcome(0, changes);
    }

    private Map<String, byte[]> present() throws IOException {
        Map<String, byte[]> present = new TreeMap<>();
        for (Path file : VectorSource.jsonFiles(directory)) {
            present.put(file.getFileName().toString(), Files.readAllBytes(file));
        }
        return present;
    }

    /** The published vectors by id; a vector that cannot be read is a reason to refuse. */
    private Map<String, GoldenVector> published(Map<String, byte[]> present) {
        Map<String, GoldenVector> vectors = new LinkedHashMap<>();
        present.forEach((name, bytes) -> {
            VectorReader.Contents contents = VectorReader.read(bytes);
            contents.items().forEach(item -> vectors.put(item.vector().label().id(), item.vector()));
            contents.retired().stream()
                    .map(VectorFile.Retired::id)
                    .filter(id -> !retired().containsKey(id))
                    .forEach(id -> refusals.add("no longer retired " + id));
            for (String problem : contents.problems()) {
                unreadable = true;
                refusals.add(name + ": " + problem + " (what was published there cannot be compared)");
            }
        });
        return vectors;
    }

    private static Map<String, GoldenVector> generatedVectors() {
        Map<String, GoldenVector> vectors = new LinkedHashMap<>();
        Generated.FILES.stream()
                .flatMap(file -> file.vectors().stream())
                .forEach(vector -> vectors.put(vector.label().id(), vector));
        return vectors;
    }

    private static Map<String, VectorFile.Retired> retired() {
        return Generated.FILES.stream()
                .flatMap(file -> file.retired().stream())
                .collect(Collectors.toMap(VectorFile.Retired::id, Function.identity()));
    }

    private void compareVectors(Map<String, GoldenVector> published, Map<String, GoldenVector> generated) {
        Map<String, VectorFile.Retired> retired = retired();
        published.forEach((id, old) -> {
            GoldenVector next = generated.get(id);
            if (next == null && retired.containsKey(id)) {
                changes.add("retired " + id + ": " + retired.get(id).reason());
            } else if (next == null) {
                refusals.add("removed " + id);
            } else if (!VectorTree.question(old).equals(VectorTree.question(next))
                    || !VectorTree.answers(old).equals(VectorTree.answers(next))) {
                refusals.add("changed " + id);
            } else if (!old.label().equals(next.label())) {
                changes.add("described anew " + id);
            }
        });
        List<String> added = generated.keySet().stream()
                .filter(id -> !published.containsKey(id))
                .toList();
        if (published.isEmpty() && !added.isEmpty()) {
            changes.add("added " + added.size() + " vectors");
        } else {
            added.forEach(id -> changes.add("added " + id));
        }
    }
}
