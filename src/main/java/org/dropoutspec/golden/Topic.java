package org.dropoutspec.golden;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Choices.Scaling;

/**
 * Collects the vectors of one topic. Ids are spelt out by their authors and never counted, so that a vector added in the
 * middle changes no other's.
 */
final class Topic {
    private final String name;
    private final String about;
    private final List<GoldenVector> vectors = new ArrayList<>();

    Topic(String name, String about) {
        this.name = name;
        this.about = about;
    }

    /** A call that carries its mask, or needs none, under inverted scaling. */
    void add(String id, String requirement, String comment, Call call, Flag... flags) {
        add(id, requirement, comment, call, ExactExpectations.of(call, Scaling.INVERTED), flags);
    }

    void addClassic(String id, String requirement, String comment, Call call, Flag... flags) {
        add(id, requirement, comment, call, ExactExpectations.of(call, Scaling.CLASSIC), flags);
    }

    void add(String id, String requirement, String comment, Call call, List<Expectation> expectations, Flag... flags) {
        add(new GoldenVector.OfDropout(label(id, requirement, comment, flags), call, expectations));
    }

    void add(GoldenVector vector) {
        vectors.add(vector);
    }

    /** {@code flags} may hold nulls, for a flag that does not go with every rate. */
    static Label label(String id, String requirement, String comment, Flag... flags) {
        return new Label(
                id,
                requirement,
                Arrays.stream(flags)
                        .filter(Objects::nonNull)
                        .map(Flag::toString)
                        .toList(),
                comment);
    }

    VectorFile file() {
        TreeMap<String, VectorFile.Note> notes = new TreeMap<>(Comparator.naturalOrder());
        List<String> used = vectors.stream()
                .flatMap(vector -> vector.label().flags().stream())
                .toList();
        Stream.of(Flag.values())
                .filter(flag -> used.contains(flag.toString()))
                .forEach(flag -> notes.put(flag.toString(), flag.note()));
        return new VectorFile(name, about, notes, vectors);
    }
}
