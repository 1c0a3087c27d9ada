package org.dropoutspec.wire;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The adapters that were started and not closed yet: they have to be killed when the suite itself is being ended. */
public final class OpenAdapters {
    private static final Set<AdapterProcess> OPEN = ConcurrentHashMap.newKeySet();

    private OpenAdapters() {}

    static void add(AdapterProcess adapter) {
        OPEN.add(adapter);
    }

    static void remove(AdapterProcess adapter) {
        OPEN.remove(adapter);
    }

    /**
     * Kills every one, whoever waits for it. Every later call of one is a fault.
     *
     * @return whether there was one
     */
    public static boolean killAll() {
        OPEN.forEach(AdapterProcess::kill);
        return !OPEN.isEmpty();
    }
}
