package org.dropoutspec.spec;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** All requirements, in the order in which {@code spec/dropout.md} states them. */
public final class Specification {
    private static final Pattern HEADING = Pattern.compile("### ([A-Z]+-[0-9]+) (MUST|SHOULD) (.+)");
    private static final String UNTESTABLE = "- Untestable: ";

    private final String sha256;
    private final Map<String, Requirement> requirements;

    private Specification(String text) {
        this.sha256 = Requirement.sha256(text);
        this.requirements = Collections.unmodifiableMap(parse(text));
    }

    /** The specification that this suite was built with. */
    public static Specification embedded() {
        return Embedded.SPECIFICATION;
    }

    /** Reads requirements from Markdown: a heading {@code ### ID LEVEL title}, then the sentence as a paragraph. */
    public static Specification of(String markdown) {
        return new Specification(markdown);
    }

    public Collection<Requirement> requirements() {
        return requirements.values();
    }

    public boolean has(String id) {
        return requirements.containsKey(id);
    }

    /** The requirement with this id. */
    public Requirement requirement(String id) {
        Requirement requirement = requirements.get(id);
        if (requirement == null) {
            throw new IllegalArgumentException(
                    "requirement (" + id + ") must be one of the specification; the command spec lists them");
        }
        return requirement;
    }

    /** The SHA-256 of the whole text, which tells for which specification a certificate was made. */
    public String sha256() {
        return sha256;
    }

    private static Map<String, Requirement> parse(String text) {
        Map<String, Requirement> requirements = new LinkedHashMap<>();
        List<String> entry = new ArrayList<>();
        for (String line : (text + "\n#").split("\n", -1)) {
            if (line.startsWith("#") && !entry.isEmpty()) {
                Requirement requirement = requirement(entry);
                if (requirements.put(requirement.id(), requirement) != null) {
                    throw new IllegalArgumentException("requirement id (" + requirement.id() + ") must be used once");
                }
                entry.clear();
            }
            if (line.startsWith("### ") || !entry.isEmpty()) {
                entry.add(line);
            }
        }
        return requirements;
    }

    private static Requirement requirement(List<String> entry) {
        Matcher heading = HEADING.matcher(entry.get(0));
        if (!heading.matches()) {
            throw new IllegalArgumentException(
                    "heading (" + entry.get(0) + ") must read '### ID MUST title' or '### ID SHOULD title'");
        }
        String sentence = entry.stream()
                .skip(1)
                .filter(line -> !line.isBlank())
                .findFirst()
                .filter(line -> !line.startsWith("- "))
                .orElseThrow(() -> new IllegalArgumentException(
                        "requirement (" + heading.group(1) + ") must state its sentence below its heading"));
        Optional<String> untestable = entry.stream()
                .filter(line -> line.startsWith(UNTESTABLE))
                .map(line -> line.substring(UNTESTABLE.length()))
                .findFirst();
        return new Requirement(
                heading.group(1),
                RequirementLevel.valueOf(heading.group(2)),
                heading.group(3).strip(),
                sentence.strip(),
                String.join("\n", entry).strip(),
                untestable);
    }

    /** Holds the specification, which is loaded when it is first asked for. */
    private static final class Embedded {
        static final Specification SPECIFICATION = load();

        private static Specification load() {
            try (InputStream in = Specification.class.getResourceAsStream("dropout.md")) {
                if (in == null) {
                    throw new IllegalStateException("the specification (dropout.md) must be on the class path");
                }
                return of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException cause) {
                throw new UncheckedIOException(cause);
            }
        }
    }
}
