package org.dropoutspec.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.dropoutspec.certify.Certificates.PASS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.dropoutspec.certify.Certificates;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportDirectoryTest {
    @TempDir
    private Path temporary;

    @Test
    void isMadeAndHoldsFourFilesAndNothingElse() throws IOException {
        Path directory = temporary.resolve("a").resolve("b");
        ReportDirectory.open(directory)
                .write(Certificates.whole("FWD-1", PASS), List.of("one", "two"), id -> "again " + id, Appendix.NONE);
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("certificate.json", "index.html", "junit.xml", "report.txt");
        }
        assertThat(directory.resolve("report.txt")).hasContent("one\ntwo\n");
    }

    @Test
    void anEarlierReportIsReplaced() throws IOException {
        ReportDirectory directory = ReportDirectory.open(temporary);
        directory.write(
                Certificates.whole("FWD-1", PASS),
                List.of("a longer report than the next"),
                id -> "again " + id,
                Appendix.NONE);
        directory.write(Certificates.whole("FWD-1", PASS), List.of("next"), id -> "again " + id, Appendix.NONE);
        assertThat(temporary.resolve("report.txt")).hasContent("next\n");
    }

    @Test
    void openingRemovesAnEarlierReportAndWhatIsNotWhole() throws IOException {
        ReportDirectory.open(temporary)
                .write(Certificates.whole("FWD-1", PASS), List.of("earlier"), id -> "again " + id, Appendix.NONE);
        Files.createFile(temporary.resolve(".dropout-report-killed"));
        Path other = Files.writeString(temporary.resolve("notes.txt"), "mine");
        ReportDirectory.open(temporary);
        assertThat(temporary).isDirectoryContaining(file -> file.equals(other));
        assertThat(temporary.toFile().list()).containsExactly("notes.txt");
    }

    @Test
    void discardingRemovesThemTooAndNeedsNoDirectory() throws IOException {
        ReportDirectory.open(temporary)
                .write(Certificates.whole("FWD-1", PASS), List.of("earlier"), id -> "again " + id, Appendix.NONE);
        ReportDirectory.discard(temporary);
        ReportDirectory.discard(temporary.resolve("none"));
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void allFilesAreWrittenOrNone() throws IOException {
        ReportDirectory directory = ReportDirectory.open(temporary);
        // the last of them cannot take its place
        Files.createFile(Files.createDirectory(temporary.resolve("report.txt")).resolve("file"));
        assertThatThrownBy(() -> directory.write(
                        Certificates.whole("FWD-1", PASS), List.of("text"), id -> "again " + id, Appendix.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("report directory (" + temporary + ") could not be written: a folder is in the place of "
                        + temporary.resolve("report.txt"));
        assertThat(temporary.toFile().list()).containsExactly("report.txt");
    }

    @Test
    void permissionsAreThoseThatAnyFileGets() throws IOException {
        Path any = Files.createFile(temporary.resolve("any"));
        Assumptions.assumeTrue(Files.getFileStore(any).supportsFileAttributeView("posix"));
        ReportDirectory.open(temporary)
                .write(Certificates.whole("FWD-1", PASS), List.of("text"), id -> "again " + id, Appendix.NONE);
        for (String name : List.of("certificate.json", "index.html", "junit.xml", "report.txt")) {
            assertThat(Files.getPosixFilePermissions(temporary.resolve(name)))
                    .as(name)
                    .isEqualTo(Files.getPosixFilePermissions(any));
        }
    }

    @Test
    void aFileInItsPlaceIsToldBeforeTheRun() throws IOException {
        Path file = Files.createFile(temporary.resolve("file"));
        Path below = file.resolve("below");
        assertThatThrownBy(() -> ReportDirectory.open(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("report directory (" + file + ") must be writable: a file is in its place");
        assertThatThrownBy(() -> ReportDirectory.open(below))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("report directory (" + below + ") must be writable: ");
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsToldBeforeTheRun() throws IOException {
        Path readOnly = Files.createDirectory(temporary.resolve("read-only"));
        Assumptions.assumeTrue(readOnly.toFile().setWritable(false));
        // root writes everywhere
        Assumptions.assumeFalse(Files.isWritable(readOnly));
        assertThatThrownBy(() -> ReportDirectory.open(readOnly))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("report directory (" + readOnly + ") must be writable: ");
        assertThat(readOnly.toFile().setWritable(true)).isTrue();
    }
}
