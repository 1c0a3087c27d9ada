package org.dropoutspec.golden;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The vectors of one topic.
 *
 * @param topic the name of the file without {@code .json}
 * @param about what the topic is
 * @param notes for each flag that occurs, the bug that it hunts and the bug's source
 */
record VectorFile(String topic, String about, SortedMap<String, Note> notes, List<GoldenVector> vectors) {
    static final String FORMAT = "dropout-golden/1";

    VectorFile {
        notes = new TreeMap<>(notes);
        vectors = List.copyOf(vectors);
    }

    /** A flag explained: the bug that it hunts and where that was seen. */
    record Note(String hunts, String source) {}
}
