package org.dropoutspec.golden;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.dropoutspec.golden.format.VectorOperations;
import org.dropoutspec.golden.topic.Catalogue;
import org.dropoutspec.implementation.FileTrouble;
import org.dropoutspec.implementation.GivenFile;

/** Where vectors are read from: a directory, or the inside of the jar. */
final class VectorSource {
    private static final String INSIDE = "/org/dropoutspec/golden/";

    private VectorSource() {}

    /** The bytes of a file, or the reason why there are none. */
    record Source(String name, byte[] bytes, String problem) {
        static Source unreadable(String name, String problem) {
            return new Source(name, new byte[0], problem);
        }
    }

    /** The files {@code *.json} of a directory, by name. */
    static List<Path> jsonFiles(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    /** The given file, or the files of the given directory. */
    static List<Source> of(Path directory) {
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            return List.of(read(directory));
        }
        List<Source> sources = new ArrayList<>();
        try {
            for (Path file : jsonFiles(directory)) {
                sources.add(read(file));
            }
        } catch (IOException failure) {
            return List.of(Source.unreadable(directory.toString(), "cannot be listed: " + FileTrouble.words(failure)));
        }
        return sources.isEmpty()
                ? List.of(Source.unreadable(directory.toString(), "must hold files *.json, and holds none"))
                : sources;
    }

    static List<Source> insideJar() {
        Map<String, Class<?>> brought = new HashMap<>();
        VectorOperations.all()
                .forEach(operation -> brought.put(VectorOperations.topic(operation) + ".json", operation.getClass()));
        return Catalogue.fileNames().stream()
                .map(name -> resource(name, brought.getOrDefault(name, VectorSource.class)))
                .toList();
    }

    private static Source read(Path file) {
        String name = file.getFileName().toString();
        try {
            return new Source(name, GivenFile.bytes(file), "");
        } catch (IOException failure) {
            return Source.unreadable(name, "cannot be read: " + FileTrouble.words(failure));
        }
    }

    /** @param beside the class in whose jar the file is */
    private static Source resource(String name, Class<?> beside) {
        try (InputStream in = beside.getResourceAsStream(INSIDE + name)) {
            return in == null
                    ? Source.unreadable(name, "is not inside the jar")
                    : new Source(name, in.readAllBytes(), "");
        } catch (IOException failure) {
            return Source.unreadable(name, "cannot be read from the jar: " + failure);
        }
    }
}
