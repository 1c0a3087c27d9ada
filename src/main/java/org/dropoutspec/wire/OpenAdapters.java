package org.dropoutspec.wire;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The adapters that are started and not closed yet. They have to be killed when the suite itself is ending. */
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
     * Kills every open adapter, even if a thread waits for it. Every later call of one is a fault.
     *
     * @return whether there was an open adapter
     */
    public static boolean killAll() {
        OPEN.forEach(AdapterProcess::kill);
        return !OPEN.isEmpty();
    }
}
