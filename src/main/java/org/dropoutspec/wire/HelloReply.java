package org.dropoutspec.wire;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.tensor.DType;

/** Reads what an adapter says of itself. A name that is not known is an error: misspelt, it would narrow the scope. */
final class HelloReply {
    private static final Pattern VERSION = Pattern.compile("(0|[1-9][0-9]{0,5})\\.(0|[1-9][0-9]{0,5})");

    private HelloReply() {}

    static Description read(Fields fields) throws AdapterFault {
        if (fields.has("error")) {
            Reply.Error error = Reply.error(fields);
            throw new AdapterFault("hello was answered with an error: " + error.message());
        }
        requireVersion(fields);
        Fields implementation = fields.object("implementation");
        EnumSet<Capability> capabilities = capabilities(fields);
        Description description = new Description(
                text(implementation, "name"),
                text(implementation, "version"),
                text(implementation, "language"),
                implementation.optionalString("homepage"),
                implementation.optionalString("issues"),
                implementation.optionalString("notes"),
                operations(fields),
                dtypes(fields),
                capabilities,
                DeclaredChoices.read(fields));
        implementation.requireNoOther();
        fields.requireNoOther();
        return description;
    }

    /** First of all, since another major version may have other fields. */
    private static void requireVersion(Fields fields) throws AdapterFault {
        String version = fields.string("protocol");
        Matcher matcher = VERSION.matcher(version);
        if (!matcher.matches()) {
            throw new AdapterFault(
                    "protocol (" + Excerpt.of(version, 60) + ") must be a version such as " + Protocol.VERSION);
        }
        if (Integer.parseInt(matcher.group(1)) != Protocol.MAJOR) {
            throw new AdapterFault(
                    "the adapter speaks protocol " + version + ", this suite " + Protocol.VERSION + ": refused");
        }
    }

    private static String text(Fields fields, String name) throws AdapterFault {
        String text = fields.string(name);
        if (text.isBlank()) {
            throw new AdapterFault("field " + fields.path(name) + " must not be blank");
        }
        return text;
    }

    private static TreeSet<String> operations(Fields fields) throws AdapterFault {
        List<String> names = fields.names("operations");
        for (String name : names) {
            if (!Protocol.OPERATIONS.contains(name)) {
                throw unknown("operations", name, String.join(", ", Protocol.OPERATIONS));
            }
        }
        requireSome("operations", names);
        return new TreeSet<>(names);
    }

    private static Set<DType> dtypes(Fields fields) throws AdapterFault {
        List<String> names = fields.names("dtypes");
        EnumSet<DType> dtypes = EnumSet.noneOf(DType.class);
        for (String name : names) {
            try {
                dtypes.add(DType.named(name));
            } catch (IllegalArgumentException e) {
                throw new AdapterFault("dtypes: " + Excerpt.of(e.getMessage(), 200));
            }
        }
        requireSome("dtypes", names);
        // a well-formed name, but dropout of truth values is nothing that a requirement speaks of
        dtypes.remove(DType.BOOL);
        return dtypes;
    }

    private static EnumSet<Capability> capabilities(Fields fields) throws AdapterFault {
        EnumSet<Capability> capabilities = EnumSet.noneOf(Capability.class);
        for (String name : fields.names("capabilities")) {
            capabilities.add(Arrays.stream(Capability.values())
                    .filter(capability -> capability.toString().equals(name))
                    .findFirst()
                    .orElseThrow(() -> unknown(
                            "capabilities",
                            name,
                            Arrays.stream(Capability.values())
                                    .map(Capability::toString)
                                    .collect(Collectors.joining(", ")))));
        }
        if (capabilities.contains(Capability.PHILOX4X32_10) && !capabilities.contains(Capability.SEED)) {
            throw new AdapterFault("capability philox4x32_10 must come with seed: without one it says nothing");
        }
        return capabilities;
    }

    private static void requireSome(String field, List<String> names) throws AdapterFault {
        if (names.isEmpty()) {
            throw new AdapterFault(field + " ([]) must not be empty");
        }
    }

    static AdapterFault unknown(String field, String name, String known) {
        return new AdapterFault(field + " (" + Excerpt.of(name, 60) + ") must be of those known here: " + known);
    }
}
