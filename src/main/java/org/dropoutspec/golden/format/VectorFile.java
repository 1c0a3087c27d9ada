package org.dropoutspec.golden.format;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The vectors of one topic.
 *
 * @param topic the name of the file without {@code .json}
 * @param about what the topic is
 * @param notes for each flag that occurs, the bug that it hunts and the bug's source
 * @param retired the ids that are not used any more
 */
public record VectorFile(
        String topic, String about, SortedMap<String, Note> notes, List<Retired> retired, List<GoldenVector> vectors) {
    /** What is written. */
    public static final String FORMAT = "dropout-golden/1.1";
    /** What is written of the operations beside plain dropout. */
    public static final String OPERATIONS_FORMAT = "dropout-golden/1.2";
    /** What is written where calls must draw different masks. */
    public static final String DIFFERENT_FORMAT = "dropout-golden/1.3";
    /** What is read too: the same without count, needs, retired ids, calls and tiles. */
    static final String FIRST_FORMAT = "dropout-golden/1";

    /** All that is read. */
    static final List<String> FORMATS = List.of(FIRST_FORMAT, FORMAT, OPERATIONS_FORMAT, DIFFERENT_FORMAT);

    public VectorFile {
        notes = new TreeMap<>(notes);
        retired = List.copyOf(retired);
        vectors = List.copyOf(vectors);
    }

    /** The oldest format that has all that the file holds. */
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

    /** A flag explained: the bug that it hunts and where that was seen. */
    public record Note(String flag, String hunts, String source) {}

    /**
     * A vector that is no more.
     *
     * @param reason why it is not
     * @param instead the ids of the vectors that took its place
     */
    public record Retired(String id, String reason, List<String> instead) {
        public Retired {
            instead = List.copyOf(instead);
        }
    }
}
