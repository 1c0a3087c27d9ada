package org.dropoutspec.wire;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.json.JsonNode;

/** Reads the {@code capabilities} of a hello or of an operation in it. */
final class DeclaredCapabilities {
    private DeclaredCapabilities() {}

    static Set<Capability> read(JsonNode fields, int minor) throws AdapterFault {
        Set<Capability> known = Protocol.capabilities(minor);
        EnumSet<Capability> capabilities = EnumSet.noneOf(Capability.class);
        for (String name : fields.required("capabilities").distinctTexts()) {
            capabilities.add(known.stream()
                    .filter(capability -> capability.toString().equals(name))
                    .findFirst()
                    .orElseThrow(() -> HelloReply.unknown(
                            fields.path("capabilities"),
                            name,
                            known.stream().map(Capability::toString).collect(Collectors.joining(", ")))));
        }
        require(capabilities, Capability.PHILOX4X32_10, Capability.SEED, fields);
        require(capabilities, Capability.IN_PLACE, Capability.INPUT_AFTER, fields);
        return capabilities;
    }

    private static void require(Set<Capability> declared, Capability one, Capability other, JsonNode fields)
            throws AdapterFault {
        if (declared.contains(one) && !declared.contains(other)) {
            throw new AdapterFault(fields.path("capabilities") + ": capability " + one + " must come with " + other
                    + ": without it nothing can be asked of it");
        }
    }

    /** The capabilities in an operation's own object. Those of the adapter as a whole are taken from hello. */
    static Set<Capability> readOwn(JsonNode fields, String operation, Set<Capability> common) throws AdapterFault {
        Set<Capability> own = read(fields, Protocol.MINOR);
        boolean gaussian = operation.equals("gaussian_dropout");
        for (Capability capability : own) {
            String wrong = switch (capability) {
                case MASK_OUTPUT, MASK_INPUT ->
                    gaussian
                            ? "must be " + (capability == Capability.MASK_OUTPUT ? "noise_output" : "noise_input")
                                    + " for gaussian_dropout, which has noise and no mask"
                            : "";
                case NOISE_OUTPUT, NOISE_INPUT ->
                    gaussian ? "" : "must be declared for gaussian_dropout alone: " + operation + " has no noise";
                default ->
                    Protocol.WHOLE.contains(capability) && !common.contains(capability)
                            ? "must be declared beside operations and not in one: it is about the adapter as a whole"
                            : "";
            };
            if (!wrong.isEmpty()) {
                throw new AdapterFault(fields.path("capabilities") + " (" + capability + ") " + wrong);
            }
        }
        common.stream().filter(Protocol.WHOLE::contains).forEach(own::add);
        return own;
    }
}
