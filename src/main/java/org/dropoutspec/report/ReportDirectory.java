package org.dropoutspec.report;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.dropoutspec.certify.Certificate;

/** Where a certificate is written for machines and for later: JSON, JUnit XML and the text. */
public final class ReportDirectory {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Path directory;

    private ReportDirectory(Path directory) {
        this.directory = directory;
    }

    /**
     * Makes the directory, and makes sure that files can be written there: before the run, not after it.
     *
     * @throws IllegalArgumentException when they cannot
     */
    public static ReportDirectory open(Path directory) {
        try {
            Files.createDirectories(directory);
            Files.delete(Files.createTempFile(directory, "certificate", ".tmp"));
        } catch (IOException cause) {
            throw new IllegalArgumentException(
                    "report directory (" + directory + ") must be writable: " + reason(cause), cause);
        }
        return new ReportDirectory(directory);
    }

    /** Writes {@code certificate.json}, {@code junit.xml} and {@code report.txt}, each whole or not at all. */
    public void write(Certificate certificate, List<String> text) throws IOException {
        write("certificate.json", JSON.writeValueAsString(CertificateJson.of(certificate)) + "\n");
        write("junit.xml", JUnitXml.of(certificate));
        write("report.txt", String.join("\n", text) + "\n");
    }

    private void write(String name, String content) throws IOException {
        Path temporary = Files.createTempFile(directory, name, ".tmp");
        try {
            Files.writeString(temporary, content);
            Files.move(temporary, directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static String reason(IOException cause) {
        if (cause instanceof FileAlreadyExistsException) {
            return "a file is in its place";
        }
        if (cause instanceof FileSystemException system && system.getReason() != null) {
            return system.getReason();
        }
        return cause.getClass().getSimpleName();
    }
}
