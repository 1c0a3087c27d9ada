package org.dropoutspec.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.dropoutspec.certify.Certificates;
import org.dropoutspec.contract.Verdict;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page in a real browser; skipped where there is none. */
class BrowserTest {
    private static final List<String> BROWSERS =
            List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");

    @TempDir
    private Path directory;

    private record Opened(String dom, String log) {}

    @Test
    void aPageShowsItsVerdictAndALinkOpensItsFindingWithoutAnError() throws Exception {
        Verdict fail = new Verdict.Fail("index 0, expected 2.0, got 1.0 <script>alert(1)</script>", Map.of());
        Path page = Files.writeString(
                directory.resolve("index.html"),
                Page.of(CertificateJson.of(Certificates.whole("FWD-1", fail), id -> "again " + id)));
        Opened closed = opened(page.toUri().toString());
        assertThat(closed.dom())
                .contains("\u2717 nonconformant")
                .contains("index 0, expected 2.0, got 1.0 &lt;script&gt;")
                .doesNotContain("open=\"\"");
        assertThat(opened(page.toUri() + "#dropout-FWD-1").dom()).contains("<details class=\"fail\" open=\"\">");
        assertThat(closed.log()).doesNotContain("CONSOLE");
    }

    @Test
    void aPageThatRanSomethingWouldBeFoundOut() throws Exception {
        Path page = Files.writeString(directory.resolve("other.html"), "<script>console.log('ran')</script>");
        assertThat(opened(page.toUri().toString()).log()).contains("CONSOLE", "ran");
    }

    private Opened opened(String address) throws IOException, InterruptedException {
        Optional<String> browser = BROWSERS.stream()
                .filter(path -> Files.isExecutable(Path.of(path)))
                .findFirst();
        Assumptions.assumeTrue(browser.isPresent(), "no browser here: looked for " + BROWSERS);
        Path dom = directory.resolve("dom");
        Path log = directory.resolve("log");
        Process process = new ProcessBuilder(
                        browser.get(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--enable-logging=stderr",
                        "--user-data-dir=" + directory.resolve("profile"),
                        "--dump-dom",
                        address)
                .redirectOutput(dom.toFile())
                .redirectError(log.toFile())
                .start();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(ended).as("the browser ended within a minute").isTrue();
        return new Opened(Files.readString(dom), Files.readString(log));
    }
}
