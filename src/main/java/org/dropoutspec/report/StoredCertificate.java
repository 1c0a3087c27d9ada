package org.dropoutspec.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.dropoutspec.implementation.FileTrouble;
import org.dropoutspec.implementation.GivenFile;
import org.dropoutspec.implementation.Printable;

/**
 * A certificate that was written earlier and is read again.
 *
 * @param path the file that it was read from
 * @param json in the format {@code dropout-certificate/2}
 */
public record StoredCertificate(Path path, JsonNode json) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final String FORMAT = "dropout-certificate/";
    private static final List<String> VERDICTS = List.of("pass", "fail", "unsupported", "inconclusive", "error");
    private static final List<String> OUTCOMES = List.of("conformant", "nonconformant", "not-judged");
    private static final Pattern OPERATION = Pattern.compile("[a-z][a-z0-9_]*");
    private static final Pattern REQUIREMENT = Pattern.compile("[A-Z]+-[0-9]+");

    /** How long a stranger's name is at most, in characters. */
    private static final int LONGEST = 100;

    private static final List<String> FIELDS =
            List.of("outcome", "suite", "implementation", "tier", "seed", "elements", "requirements");

    /**
     * Reads {@code certificate.json}; the path is that of the file or of its directory.
     *
     * @throws IllegalArgumentException when it is not a certificate, or one of a newer format
     */
    public static StoredCertificate read(Path path) {
        Path file = Files.isDirectory(path) ? path.resolve("certificate.json") : path;
        try {
            return of(file, GivenFile.bytes(file));
        } catch (IOException cause) {
            throw new IllegalArgumentException(
                    "certificate (" + file + ") must be a readable file: " + FileTrouble.words(cause), cause);
        }
    }

    /** Why the run as a whole was not judged, or part of it, beyond the messages of the requirements. */
    List<String> reasons() {
        return reasons(json);
    }

    static List<String> reasons(JsonNode certificate) {
        List<String> reasons = new ArrayList<>();
        certificate.path("not_judged").forEach(reason -> reasons.add(reason.asText()));
        return reasons;
    }

    /** @param file where the text was found */
    static StoredCertificate of(Path file, byte[] text) {
        JsonNode json;
        try {
            json = MAPPER.readTree(text);
        } catch (IOException cause) {
            throw new IllegalArgumentException("certificate (" + file + ") must be JSON", cause);
        }
        String format = json.path("format").asText();
        if (!format.equals(FORMAT + "1") && !format.equals(FORMAT + "2")) {
            throw new IllegalArgumentException("certificate (" + file + ") must be of the format " + FORMAT + "1 or "
                    + FORMAT + "2, and is of " + (format.isEmpty() ? "none" : Printable.line(format, LONGEST)));
        }
        for (String field : FIELDS) {
            if (!json.has(field)) {
                throw new IllegalArgumentException("certificate (" + file + ") must have the field " + field);
            }
        }
        boolean objects = json.path("requirements").isArray();
        for (JsonNode entry : json.path("requirements")) {
            objects &= entry.isObject();
        }
        if (!objects) {
            throw new IllegalArgumentException(
                    "certificate (" + file + ") must have a list of objects in requirements");
        }
        JsonNode current = format.endsWith("1") ? plain((ObjectNode) json) : json;
        Set<String> names = new HashSet<>();
        for (JsonNode entry : current.path("requirements")) {
            require(file, entry);
            if (!names.add(
                    entry.path("operation").asText() + ":" + entry.path("id").asText())) {
                throw new IllegalArgumentException("certificate (" + file + ") must have one verdict on "
                        + entry.path("id").asText() + " of "
                        + entry.path("operation").asText());
            }
        }
        String outcome = current.path("outcome").asText();
        if (!OUTCOMES.contains(outcome)) {
            throw new IllegalArgumentException("certificate (" + file + ") must have one of the outcomes "
                    + String.join(", ", OUTCOMES) + ", and has " + Printable.line(outcome, LONGEST));
        }
        return new StoredCertificate(file, current);
    }

    /** Whoever wrote the certificate: each of its entries must be a requirement with a verdict. */
    private static void require(Path file, JsonNode entry) {
        String id = entry.path("id").asText();
        String verdict = entry.path("verdict").asText();
        boolean named = OPERATION.matcher(entry.path("operation").asText()).matches()
                && REQUIREMENT.matcher(id).matches();
        if (!named || !VERDICTS.contains(verdict)) {
            throw new IllegalArgumentException("certificate (" + file + ") must list requirements such as FWD-1 of "
                    + "operations, with one of the verdicts " + String.join(", ", VERDICTS) + ", and has "
                    + Printable.line(entry.path("operation") + " " + id + " " + verdict, LONGEST));
        }
    }

    /**
     * Reads a certificate that will be shown.
     *
     * @throws IllegalArgumentException also when a MUST failed and the outcome is not nonconformant
     */
    public static StoredCertificate toBeShown(Path path) {
        StoredCertificate read = read(path);
        for (JsonNode entry : read.json.path("requirements")) {
            boolean broken = entry.path("verdict").asText().equals("fail")
                    && entry.path("level").asText().startsWith("MUST");
            if (broken && !read.outcome().equals("nonconformant")) {
                throw new IllegalArgumentException("certificate (" + read.path + ") must be nonconformant, since "
                        + entry.path("id").asText() + " failed, and is " + read.outcome());
            }
        }
        return read;
    }

    /** Completes a certificate in the first format, which knew only plain dropout. */
    private static JsonNode plain(ObjectNode json) {
        json.path("requirements").forEach(entry -> ((ObjectNode) entry).put("operation", "dropout"));
        ObjectNode operation = json.putArray("operations").addObject().put("operation", "dropout");
        operation.set("dtypes", json.path("dtypes"));
        operation.set("largest_input", json.at("/scope/largest_input"));
        operation.set("ranks", json.at("/scope/ranks"));
        operation.set("rates", json.at("/scope/rates"));
        return json;
    }

    /** Name and version of the implementation, in one line of bounded length. */
    public String title() {
        return title(json);
    }

    static String title(JsonNode certificate) {
        JsonNode implementation = certificate.path("implementation");
        return Printable.line(implementation.path("name").asText(), LONGEST) + " "
                + Printable.line(implementation.path("version").asText(), LONGEST);
    }

    /** The lines of a message, fit to show; all but the first are indented. */
    static List<String> lines(String message) {
        List<String> lines = message.lines().map(Printable::line).toList();
        return IntStream.range(0, lines.size())
                .mapToObj(i -> i == 0 || lines.get(i).startsWith("  ") ? lines.get(i) : "  " + lines.get(i))
                .toList();
    }

    /** A verdict for each requirement of each operation. */
    List<JsonNode> entries() {
        List<JsonNode> entries = new ArrayList<>();
        json.path("requirements").forEach(entries::add);
        return entries;
    }

    public String outcome() {
        return json.path("outcome").asText();
    }

    /** The word of each verdict, by {@code operation:ID}. */
    public Map<String, String> verdicts() {
        Map<String, String> verdicts = new LinkedHashMap<>();
        for (JsonNode entry : json.path("requirements")) {
            verdicts.put(
                    entry.path("operation").asText() + ":" + entry.path("id").asText(),
                    entry.path("verdict").asText());
        }
        return verdicts;
    }

    /** Every SHOULD that failed, as {@code operation:ID}. */
    Set<String> advice() {
        Set<String> advice = new HashSet<>();
        for (JsonNode entry : json.path("requirements")) {
            if (new StoredVerdict(entry).isAdvice()) {
                advice.add(entry.path("operation").asText() + ":"
                        + entry.path("id").asText());
            }
        }
        return advice;
    }

    /** The first line of each message, by {@code operation:ID}. */
    Map<String, String> messages() {
        Map<String, String> messages = new LinkedHashMap<>();
        for (JsonNode entry : json.path("requirements")) {
            messages.put(
                    entry.path("operation").asText() + ":" + entry.path("id").asText(),
                    entry.path("message").asText().lines().findFirst().orElse(""));
        }
        return messages;
    }

    /** The certificate as a page. */
    public String page() {
        return Page.of(json);
    }
}
