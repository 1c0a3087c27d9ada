package org.dropoutspec.contract;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dropoutspec.implementation.Seeding.Scope;

/**
 * What the next mask of each instance may depend on: where its stream began, and what was drawn from it since. Where
 * one seed starts the streams of all instances, they may be a single stream, and the draws of each count for all. So
 * may the streams of instances that were never seeded: these often draw from a generator of the library.
 */
final class Histories {
    private static final int ALL = -1;

    private final Scope scope;
    private final Map<Integer, List<Object>> byInstance;

    /** The beginning of a stream; streams with the same beginning are the same. */
    private record Beginning(String how, long number, int instance) {}

    /** @param draw what kind of draw it was */
    private record Drawn(int instance, Object draw) {}

    Histories(Scope scope) {
        this(scope, Map.of());
    }

    private Histories(Scope scope, Map<Integer, List<Object>> byInstance) {
        this.scope = scope;
        this.byInstance = new HashMap<>(byInstance);
    }

    /** A copy as they are now, which nothing changes that comes later. */
    Histories copy() {
        return new Histories(scope, byInstance);
    }

    /** The history of an instance. */
    List<Object> of(int instance) {
        int stream = stream(instance);
        return byInstance.getOrDefault(stream, List.of(new Beginning("of itself", 0, stream)));
    }

    private int stream(int instance) {
        return scope == Scope.INSTANCE && byInstance.containsKey(instance) ? instance : ALL;
    }

    void seed(int instance, long seed) {
        byInstance.put(scope == Scope.GLOBAL ? ALL : instance, List.of(new Beginning("seed", seed, instance)));
    }

    void draw(int instance, Object draw) {
        List<Object> longer = new ArrayList<>(of(instance));
        longer.add(new Drawn(instance, draw));
        byInstance.put(stream(instance), List.copyOf(longer));
    }

    /**
     * Notes something that may or may not draw.
     *
     * @param number one that no other such event has
     */
    void lose(int instance, long number) {
        byInstance.put(stream(instance), List.of(new Beginning("unknown", number, instance)));
    }
}
