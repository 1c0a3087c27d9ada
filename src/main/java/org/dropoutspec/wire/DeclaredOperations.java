package org.dropoutspec.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.dropoutspec.implementation.Choices;
import org.dropoutspec.implementation.Declaration;
import org.dropoutspec.implementation.PlainDropout;
import org.dropoutspec.implementation.Seeding;

/**
 * Reads the {@code operations} of a hello: names, and from version 1.1 on also objects with declarations of their own.
 *
 * @param minor the minor version that the adapter answered
 * @param common what is declared beside the operations, for those that say nothing else
 * @param seeding what is declared for the adapter as a whole
 */
record DeclaredOperations(int minor, Declaration common, Seeding seeding) {

    SortedMap<String, Declaration> read(Fields reply) throws AdapterFault {
        SortedMap<String, Declaration> declarations = new TreeMap<>();
        int index = 0;
        for (JsonNode element : reply.elements("operations")) {
            if (!element.isTextual() && !(minor >= 1 && element.isObject())) {
                throw reply.wrong("operations", element, minor >= 1 ? "names and objects only" : "strings only");
            }
            Fields own = new Fields(reply.path("operations") + "[" + index++ + "]", element);
            String name = element.isTextual() ? element.textValue() : own.string("name");
            Set<String> known = Protocol.operations(minor);
            if (!known.contains(name)) {
                throw HelloReply.unknown("operations", name, String.join(", ", known));
            }
            if (declarations.containsKey(name)) {
                throw new AdapterFault("operations (\"" + name + "\") must be each name once");
            }
            // what version 1.0 names beside dropout it says nothing about: nothing is asked of it
            Declaration named = minor >= 1 || name.equals(PlainDropout.NAME) ? common : Declaration.NONE;
            declarations.put(name, element.isTextual() ? named : declaration(name, own));
        }
        if (declarations.isEmpty()) {
            throw new AdapterFault("operations ([]) must not be empty");
        }
        return declarations;
    }

    /** Each of the three that is there replaces the common one. */
    private Declaration declaration(String name, Fields own) throws AdapterFault {
        Declaration declaration = new Declaration(
                own.has("dtypes") ? DeclaredTypes.read(own, minor) : common.dtypes(),
                own.has("capabilities")
                        ? DeclaredCapabilities.readOwn(own, name, common.capabilities())
                        : common.capabilities(),
                own.has("choices") ? choices(own) : common.choices());
        own.requireNoOther();
        return declaration;
    }

    private Choices choices(Fields own) throws AdapterFault {
        Fields fields = own.object("choices");
        DeclaredSeeding.requireSame(fields, seeding);
        return DeclaredChoices.read(fields, minor);
    }
}
