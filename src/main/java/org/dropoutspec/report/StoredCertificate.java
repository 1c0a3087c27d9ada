package org.dropoutspec.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A certificate that was written earlier, read again.
 *
 * @param path where it was read
 * @param json in the format {@code dropout-certificate/2}
 */
public record StoredCertificate(Path path, JsonNode json) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final String FORMAT = "dropout-certificate/";
    private static final List<String> FIELDS =
            List.of("outcome", "suite", "implementation", "tier", "seed", "elements", "requirements");

    /**
     * Reads {@code certificate.json}, given itself or as the directory that it is in.
     *
     * @throws IllegalArgumentException when it is none, or of a newer format
     */
    public static StoredCertificate read(Path path) {
        Path file = Files.isDirectory(path) ? path.resolve("certificate.json") : path;
        JsonNode json;
        try {
            json = MAPPER.readTree(Files.readString(file));
        } catch (JsonProcessingException cause) {
            throw new IllegalArgumentException("certificate (" + file + ") must be JSON", cause);
        } catch (IOException cause) {
            throw new IllegalArgumentException("certificate (" + file + ") must be a readable file", cause);
        }
        String format = json.path("format").asText();
        if (!format.equals(FORMAT + "1") && !format.equals(FORMAT + "2")) {
            throw new IllegalArgumentException("certificate (" + file + ") must be of the format " + FORMAT + "1 or "
                    + FORMAT + "2, and is of " + (format.isEmpty() ? "none" : format));
        }
        for (String field : FIELDS) {
            if (!json.has(field)) {
                throw new IllegalArgumentException("certificate (" + file + ") must have the field " + field);
            }
        }
        return new StoredCertificate(file, format.endsWith("1") ? plain((ObjectNode) json) : json);
    }

    /** The first format knew plain dropout alone. */
    private static JsonNode plain(ObjectNode json) {
        json.get("requirements").forEach(entry -> ((ObjectNode) entry).put("operation", "dropout"));
        ObjectNode operation = json.putArray("operations").addObject().put("operation", "dropout");
        operation.set("dtypes", json.path("dtypes"));
        operation.set("largest_input", json.at("/scope/largest_input"));
        operation.set("ranks", json.at("/scope/ranks"));
        operation.set("rates", json.at("/scope/rates"));
        return json;
    }

    /** Name and version of the implementation. */
    public String title() {
        return json.at("/implementation/name").asText() + " "
                + json.at("/implementation/version").asText();
    }

    public String outcome() {
        return json.get("outcome").asText();
    }

    /** By {@code operation:ID}, the word of the verdict. */
    public Map<String, String> verdicts() {
        Map<String, String> verdicts = new LinkedHashMap<>();
        for (JsonNode entry : json.get("requirements")) {
            verdicts.put(
                    entry.get("operation").asText() + ":" + entry.get("id").asText(),
                    entry.get("verdict").asText());
        }
        return verdicts;
    }

    /** By {@code operation:ID}, the first line of what is told. */
    Map<String, String> messages() {
        Map<String, String> messages = new LinkedHashMap<>();
        for (JsonNode entry : json.get("requirements")) {
            messages.put(
                    entry.get("operation").asText() + ":" + entry.get("id").asText(),
                    entry.get("message").asText().lines().findFirst().orElse(""));
        }
        return messages;
    }

    /** The certificate as a page. */
    public String page() {
        return Page.of(json);
    }
}
