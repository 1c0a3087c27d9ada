package org.dropoutspec.wire;

import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.dropoutspec.implementation.Choices;
import org.dropoutspec.implementation.Declaration;
import org.dropoutspec.implementation.PlainDropout;
import org.dropoutspec.implementation.Seeding;
import org.dropoutspec.json.JsonNode;

/**
 * Reads the {@code operations} of a hello: names, and from version 1.1 on also objects with declarations of their own.
 *
 * @param minor the minor version in the adapter's answer
 * @param common the declarations beside the operations, for operations that declare nothing else
 * @param seeding the declarations for the adapter as a whole
 */
record DeclaredOperations(int minor, Declaration common, Seeding seeding) {

    SortedMap<String, Declaration> read(JsonNode reply) throws AdapterFault {
        SortedMap<String, Declaration> declarations = new TreeMap<>();
        for (JsonNode element : reply.required("operations").elements()) {
            if (!element.isText() && !(minor >= 1 && element.isObject())) {
                throw element.as(reply.required("operations"))
                        .wrong(minor >= 1 ? "names and objects only" : "strings only");
            }
            String name =
                    element.isText() ? element.text() : element.required("name").text();
            Set<String> known = Protocol.operations(minor);
            if (!known.contains(name)) {
                throw HelloReply.unknown("operations", name, String.join(", ", known));
            }
            if (declarations.containsKey(name)) {
                throw new AdapterFault("operations (\"" + name + "\") must be each name once");
            }
            // an adapter of version 1.0 can name other operations, but declares nothing about them: they are not asked
            Declaration named = minor >= 1 || name.equals(PlainDropout.NAME) ? common : Declaration.NONE;
            declarations.put(name, element.isText() ? named : declaration(name, element));
        }
        if (declarations.isEmpty()) {
            throw new AdapterFault("operations ([]) must not be empty");
        }
        return declarations;
    }

    /** An operation's own declaration. Each of its three parts replaces the common one where it is there. */
    private Declaration declaration(String name, JsonNode own) throws AdapterFault {
        Declaration declaration = new Declaration(
                own.has("dtypes") ? DeclaredTypes.read(own, minor) : common.dtypes(),
                own.has("capabilities")
                        ? DeclaredCapabilities.readOwn(own, name, common.capabilities())
                        : common.capabilities(),
                own.has("choices") ? choices(own) : common.choices());
        own.only("name", "dtypes", "capabilities", "choices");
        return declaration;
    }

    private Choices choices(JsonNode own) throws AdapterFault {
        JsonNode fields = own.required("choices").object();
        DeclaredSeeding.requireSame(fields, seeding);
        return DeclaredChoices.read(fields, minor);
    }
}
