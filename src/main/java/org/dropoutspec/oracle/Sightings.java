package org.dropoutspec.oracle;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.dropoutspec.tensor.Tensor;

/** The requirements that one answer was seen to break, each by the first element that breaks it. */
final class Sightings {
    private final Map<String, Sighting> seen = new LinkedHashMap<>();

    List<Sighting> all() {
        return List.copyOf(seen.values());
    }

    boolean isEmpty() {
        return seen.isEmpty();
    }

    boolean has(String requirement) {
        return seen.containsKey(requirement);
    }

    void see(String requirement, Supplier<String> what) {
        see(requirement, "", what);
    }

    /**
     * Notes a requirement that is broken; only the first element that breaks it is put into words.
     *
     * @param name how the message names a gradient; empty for an output
     */
    void see(String requirement, String name, Supplier<String> what) {
        if (seen.containsKey(requirement)) {
            return;
        }
        if (!Watch.REQUIREMENTS.contains(requirement)) {
            throw new IllegalArgumentException("requirement (" + requirement + ") must be one that is watched");
        }
        seen.put(requirement, new Sighting(requirement, what.get(), !name.isEmpty()));
    }

    /** Marks a sighting as a part of what another requirement reports. */
    void partOf(String whole, String requirement) {
        seen.computeIfPresent(
                requirement, (id, part) -> new Sighting(id, part.what(), part.ofGradient(), Optional.of(whole)));
    }

    /** The message about an element that is not as expected. */
    static String unexpected(String name, int i, long expected, Tensor got) {
        String should = got.dtype().text(expected);
        String is = got.dtype().text(got.bits(i));
        return name + "index " + i + ", expected " + should + ", got " + is
                + (should.equals(is) ? " (0x" + Long.toHexString(got.bits(i)) + ")" : "");
    }
}
