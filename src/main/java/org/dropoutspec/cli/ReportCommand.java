package org.dropoutspec.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.dropoutspec.report.Badge;
import org.dropoutspec.report.Comparison;
import org.dropoutspec.report.StoredCertificate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code report}: shows certificates that were written earlier, such as on a page. */
@Command(
        name = "report",
        description = {
            "Shows a certificate, or several beside each other, differences first: as a page, a table, a text or data.",
            "",
            "A certificate is the file certificate.json, or the directory that certify --report wrote it to.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  report target/report > page.html",
            "  report --format markdown torch/ keras/ jax/",
            "  report --badge target/report > badge.svg"
        },
        mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "CERTIFICATE", arity = "1..*", description = "certificate.json, or its directory")
    private List<Path> paths = List.of();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "html, markdown, text, json or junit (default: ${DEFAULT-VALUE})")
    private String format = "html";

    @Option(names = "--badge", description = "write an SVG badge of one certificate instead")
    private boolean badge;

    @Option(names = "--out", paramLabel = "FILE", description = "where to write it (default: standard output)")
    private @Nullable Path out;

    @Override
    public Integer call() {
        List<StoredCertificate> certificates =
                paths.stream().map(StoredCertificate::toBeShown).toList();
        String text = text(certificates);
        if (out == null) {
            spec.commandLine().getOut().print(text);
            spec.commandLine().getOut().flush();
            return 0;
        }
        try {
            Files.writeString(out, text);
        } catch (IOException cause) {
            throw new IllegalArgumentException("out (" + out + ") must be a file that can be written", cause);
        }
        return 0;
    }

    private String text(List<StoredCertificate> certificates) {
        if (badge) {
            if (certificates.size() > 1) {
                throw new IllegalArgumentException("badge (" + certificates.size() + " certificates) must be of one");
            }
            return Badge.svg(certificates.get(0));
        }
        Path directory = out == null ? null : out.toAbsolutePath().getParent();
        Comparison all = directory == null ? new Comparison(certificates) : new Comparison(certificates, directory);
        return switch (format) {
            case "html" -> certificates.size() == 1 ? certificates.get(0).page() : all.page();
            case "markdown" -> lines(all.markdown());
            case "text" -> lines(all.text());
            case "json" -> all.json();
            case "junit" -> all.junit();
            default ->
                throw new IllegalArgumentException(
                        "format (" + format + ") must be one of html, markdown, text, json, junit");
        };
    }

    private static String lines(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }
}
