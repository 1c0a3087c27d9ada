package org.dropoutspec.report;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.dropoutspec.certify.Certificate;
import org.dropoutspec.certify.Selection;
import org.dropoutspec.certify.Shard;
import org.dropoutspec.golden.Counterexamples;
import org.dropoutspec.implementation.FileTrouble;

/** The directory for a certificate that machines read, or people later: JSON, JUnit XML, the text and the page. */
public final class ReportDirectory {
    private static final String CERTIFICATE = "certificate.json";
    private static final String JUNIT = "junit.xml";
    private static final String TEXT = "report.txt";
    private static final String PAGE = "index.html";
    private static final String COUNTEREXAMPLES = Counterexamples.FILE;

    /** The names of unfinished files begin with this. */
    private static final String UNFINISHED = ".dropout-report-";

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Path directory;

    private ReportDirectory(Path directory) {
        this.directory = directory;
    }

    /**
     * Makes the directory, makes sure that files can be written there, and removes an earlier report. So a report in
     * the directory after a run is of that run, and there is none where the run came to no verdict.
     *
     * @throws IllegalArgumentException when the directory cannot be made or written to
     */
    public static ReportDirectory open(Path directory) {
        try {
            Files.createDirectories(directory);
            clear(directory);
            Files.delete(Files.createFile(unfinished(directory)));
        } catch (IOException cause) {
            throw new IllegalArgumentException(
                    "report directory (" + directory + ") must be writable: " + reason(cause), cause);
        }
        return new ReportDirectory(directory);
    }

    /** Removes an earlier report, if there is one. For a run that ends before it opens the directory. */
    public static void discard(Path directory) {
        try {
            clear(directory);
        } catch (IOException notThere) {
            // the run already ends for another reason, whatever is wrong with the directory
        }
    }

    private static void clear(Path directory) throws IOException {
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(directory, UNFINISHED + "*")) {
            for (Path leftover : leftovers) {
                Files.deleteIfExists(leftover);
            }
        }
        for (String name : List.of(CERTIFICATE, JUNIT, PAGE, TEXT, COUNTEREXAMPLES)) {
            Files.deleteIfExists(directory.resolve(name));
        }
    }

    /**
     * Writes {@code certificate.json}, {@code junit.xml}, {@code report.txt} and {@code index.html}, and {@code
     * counterexamples.json} where there are any: all of them, or none.
     *
     * @param replay the command that examines a requirement again, by its name
     * @param appendix what was asked after the verdict
     * @throws IllegalArgumentException when they cannot be written
     */
    public void write(Certificate certificate, List<String> text, Function<String, String> replay, Appendix appendix) {
        write(CertificateJson.of(certificate, replay), text, appendix);
    }

    /**
     * Writes the same files for a shard, whose certificate holds what merge needs.
     *
     * @param command the arguments that name the implementation
     */
    public void write(
            Certificate certificate,
            List<String> text,
            Function<String, String> replay,
            Shard shard,
            Selection selection,
            List<String> command) {
        ObjectNode json = CertificateJson.of(certificate, replay);
        StoredShard.addTo(json, certificate, shard, selection, command);
        write(json, text, Appendix.NONE);
    }

    private void write(ObjectNode json, List<String> text, Appendix appendix) {
        Map<Path, Path> written = new LinkedHashMap<>();
        boolean whole = false;
        try {
            appendix.exhibits().ifPresent(exhibits -> exhibits.addTo(json));
            Map<String, String> vectors =
                    appendix.counterexamples().map(Counterexamples::ids).orElse(Map.of());
            json.get("requirements").forEach(entry -> name(vectors, (ObjectNode) entry));
            write(CERTIFICATE, JSON.writeValueAsString(json) + "\n", written);
            write(PAGE, Page.of(json), written);
            write(JUNIT, JUnitXml.of(List.of(json)), written);
            write(TEXT, String.join("\n", text) + "\n", written);
            if (!vectors.isEmpty()) {
                byte[] golden = appendix.counterexamples().orElseThrow().json();
                write(COUNTEREXAMPLES, new String(golden, StandardCharsets.UTF_8), written);
            }
            for (Map.Entry<Path, Path> file : written.entrySet()) {
                Files.move(file.getKey(), file.getValue(), StandardCopyOption.REPLACE_EXISTING);
            }
            whole = true;
        } catch (IOException cause) {
            throw new IllegalArgumentException(
                    "report directory (" + directory + ") could not be written: " + reason(cause), cause);
        } finally {
            if (!whole) {
                discard(directory);
            }
        }
    }

    /** Adds the name of the vector that shows the failure again. */
    private static void name(Map<String, String> vectors, ObjectNode entry) {
        String vector = vectors.get(new StoredVerdict(entry).name());
        if (vector != null) {
            entry.put("counterexample", vector);
        }
    }

    /** The file gets the permissions of the umask, so that whoever collects reports can read it. */
    private void write(String name, String content, Map<Path, Path> written) throws IOException {
        Path file = unfinished(directory);
        written.put(file, directory.resolve(name));
        Files.writeString(file, content, StandardOpenOption.CREATE_NEW);
    }

    private static Path unfinished(Path directory) {
        return directory.resolve(UNFINISHED + UUID.randomUUID());
    }

    private static String reason(IOException cause) {
        return cause instanceof NoSuchFileException ? "it cannot be made there" : FileTrouble.words(cause);
    }
}
