package org.dropoutspec.golden.format;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The vectors of one topic.
 *
 * @param topic the name of the file without {@code .json}
 * @param about what the topic is about
 * @param notes for each flag that occurs, the bug behind it and the source of that bug
 * @param retired the ids that are no longer used
 */
public record VectorFile(
        String topic, String about, SortedMap<String, Note> notes, List<Retired> retired, List<GoldenVector> vectors) {
    /** The format that is written for plain dropout. */
    public static final String FORMAT = "dropout-golden/1.1";
    /** The format that is written for the other operations. */
    public static final String OPERATIONS_FORMAT = "dropout-golden/1.2";
    /** The format that is written if calls must draw different masks. */
    public static final String DIFFERENT_FORMAT = "dropout-golden/1.3";
    /** An older format that is still read: the same without count, needs, retired ids, calls and tiles. */
    static final String FIRST_FORMAT = "dropout-golden/1";

    /** All formats that are read. */
    static final List<String> FORMATS = List.of(FIRST_FORMAT, FORMAT, OPERATIONS_FORMAT, DIFFERENT_FORMAT);

    public VectorFile {
        notes = new TreeMap<>(notes);
        retired = List.copyOf(retired);
        vectors = List.copyOf(vectors);
    }

    /** The oldest of the written formats that can hold these vectors. */
    String format() {
        if (vectors.stream().anyMatch(VectorFile::asksForDifferentMasks)) {
            return DIFFERENT_FORMAT;
        }
        return vectors.stream().anyMatch(GoldenVector.OfOperation.class::isInstance) ? OPERATIONS_FORMAT : FORMAT;
    }

    private static boolean asksForDifferentMasks(GoldenVector vector) {
        return vector instanceof GoldenVector.OfDropout dropout
                && dropout.expectations().stream()
                        .anyMatch(expectation -> !expectation.different().isEmpty());
    }

    /** The explanation of a flag: the bug that it stands for, and where that was seen. */
    public record Note(String flag, String hunts, String source) {}

    /**
     * A vector that is no longer used.
     *
     * @param reason why it was retired
     * @param instead the ids of the vectors that replace it
     */
    public record Retired(String id, String reason, List<String> instead) {
        public Retired {
            instead = List.copyOf(instead);
        }
    }
}
