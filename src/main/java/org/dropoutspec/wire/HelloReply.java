package org.dropoutspec.wire;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Declaration;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Seeding;
import org.dropoutspec.json.JsonNode;

/** Reads an adapter's description of itself. An unknown name is an error: a misspelt one would narrow the scope. */
final class HelloReply {
    private static final Pattern VERSION = Pattern.compile("(0|[1-9][0-9]{0,5})\\.(0|[1-9][0-9]{0,5})");

    /** Longer texts are cut: a certificate names an implementation but does not print its manual. */
    private static final int NAME_LIMIT = 200;

    private static final int NOTES_LIMIT = 2000;

    private static final List<String> FIRST =
            List.of("id", "protocol", "implementation", "operations", "dtypes", "capabilities", "choices");

    private static final List<String> NEWER = List.of(
            "id", "protocol", "implementation", "operations", "dtypes", "capabilities", "choices", "max_elements");

    private HelloReply() {}

    static Description read(JsonNode fields) throws AdapterFault {
        if (fields.has("error")) {
            Reply.Error error = Reply.error(fields);
            throw new AdapterFault("hello was answered with an error: " + error.message());
        }
        int minor = minorVersion(fields);
        JsonNode implementation = fields.required("implementation").object();
        JsonNode choices = fields.optional("choices")
                .map(JsonNode::object)
                .orElseGet(() -> new JsonNode("choices", Map.of(), fields.faults()));
        Seeding seeding = DeclaredSeeding.read(choices, minor);
        Declaration common = new Declaration(
                DeclaredTypes.read(fields, minor),
                DeclaredCapabilities.read(fields, minor),
                DeclaredChoices.read(choices, minor));
        SortedMap<String, Declaration> declarations = new DeclaredOperations(minor, common, seeding).read(fields);
        Description description = new Description(
                text(implementation, "name"),
                text(implementation, "version"),
                text(implementation, "language"),
                cut(implementation, "homepage"),
                cut(implementation, "issues"),
                cut(implementation, "notes"),
                declarations,
                seeding,
                maxElements(fields, minor));
        requireNoContradiction(common, description);
        implementation.only("name", "version", "language", "homepage", "issues", "notes");
        fields.only(minor >= 1 ? NEWER : FIRST);
        return description;
    }

    /** Read first of all, since another version may have other fields. */
    private static int minorVersion(JsonNode fields) throws AdapterFault {
        String version = fields.required("protocol").text();
        Matcher matcher = VERSION.matcher(version);
        if (!matcher.matches()) {
            throw new AdapterFault(
                    "protocol (" + Excerpt.of(version, 60) + ") must be a version such as " + Protocol.VERSION);
        }
        if (Integer.parseInt(matcher.group(1)) != Protocol.MAJOR) {
            throw new AdapterFault(
                    "the adapter speaks protocol " + version + ", this suite " + Protocol.VERSION + ": refused");
        }
        int minor = Integer.parseInt(matcher.group(2));
        if (minor > Protocol.MINOR) {
            throw new AdapterFault("protocol (" + version + ") must be the lower of the adapter's own version and "
                    + Protocol.VERSION + ", which the suite speaks");
        }
        return minor;
    }

    private static String text(JsonNode fields, String name) throws AdapterFault {
        String text = fields.required(name).text();
        if (text.isBlank()) {
            throw new AdapterFault("field " + fields.path(name) + " must not be blank");
        }
        return Excerpt.of(text, NAME_LIMIT);
    }

    private static Optional<String> cut(JsonNode fields, String name) throws AdapterFault {
        return fields.optional(name).map(text -> Excerpt.of(text.text(), NOTES_LIMIT));
    }

    private static OptionalLong maxElements(JsonNode fields, int minor) throws AdapterFault {
        return minor >= 1 && fields.has("max_elements")
                ? OptionalLong.of(fields.required("max_elements").integer(1, Long.MAX_VALUE))
                : OptionalLong.empty();
    }

    /** Refuses a hello of which one part contradicts another. */
    private static void requireNoContradiction(Declaration common, Description description) throws AdapterFault {
        boolean sliced = common.capabilities().contains(Capability.SLICES)
                || description.declarations().values().stream()
                        .anyMatch(declaration -> declaration.capabilities().contains(Capability.SLICES));
        if (sliced && description.maxElements().isEmpty()) {
            throw new AdapterFault("capability slices must come with the field max_elements: up to which size to ask");
        }
        if (common.capabilities().contains(Capability.STATE) && description.seeding().stream() == Seeding.Stream.NONE) {
            throw new AdapterFault(
                    "capability state must not come with choices.stream (none): there is no stream to save");
        }
    }

    static AdapterFault unknown(String field, String name, String known) {
        return new AdapterFault(field + " (" + Excerpt.of(name, 60) + ") must be of those known here: " + known);
    }
}
