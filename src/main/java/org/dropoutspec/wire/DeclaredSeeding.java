package org.dropoutspec.wire;

import java.util.Set;
import java.util.TreeSet;
import org.dropoutspec.implementation.Seeding;
import org.dropoutspec.json.JsonNode;

/** Reads the choices in a hello that concern the adapter as a whole: its seeds and its stream. */
final class DeclaredSeeding {
    /** The names of these choices. */
    static final Set<String> NAMES = new TreeSet<>(Set.of("seed_bits", "stream", "seed_scope", "unseeded_stream"));

    private DeclaredSeeding() {}

    static Seeding read(JsonNode choices, int minor) throws AdapterFault {
        return minor >= 1 ? read(choices, Seeding.defaults()) : Seeding.defaults();
    }

    /** Reads these choices again in an operation, where they may be repeated but must not differ. */
    static void requireSame(JsonNode own, Seeding whole) throws AdapterFault {
        for (String name : NAMES) {
            if (own.has(name) && !read(own, whole).equals(whole)) {
                throw new AdapterFault(own.path(name)
                        + " must be declared beside operations and not in one: it is about the adapter as a whole");
            }
        }
    }

    private static Seeding read(JsonNode choices, Seeding before) throws AdapterFault {
        Seeding seeding = before;
        if (choices.has("seed_bits")) {
            seeding = seeding.withBits(
                    (int) choices.required("seed_bits").integer(Seeding.FEWEST_BITS, Seeding.MOST_BITS));
        }
        if (choices.has("stream")) {
            seeding = seeding.with(DeclaredChoices.value(choices, "stream", Seeding.Stream.class));
        }
        if (choices.has("seed_scope")) {
            seeding = seeding.with(DeclaredChoices.value(choices, "seed_scope", Seeding.Scope.class));
        }
        if (choices.has("unseeded_stream")) {
            seeding = seeding.with(DeclaredChoices.value(choices, "unseeded_stream", Seeding.Unseeded.class));
        }
        return seeding;
    }
}
