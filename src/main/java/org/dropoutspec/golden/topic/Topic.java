package org.dropoutspec.golden.topic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.dropoutspec.golden.exact.ExactExpectations;
import org.dropoutspec.golden.format.Answer;
import org.dropoutspec.golden.format.Expectation;
import org.dropoutspec.golden.format.GoldenVector;
import org.dropoutspec.golden.format.Label;
import org.dropoutspec.golden.format.Same;
import org.dropoutspec.golden.format.VectorFile;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Choices.Scaling;
import org.jspecify.annotations.Nullable;

/**
 * Collects the vectors of one topic. Authors write ids out and never count them, so that a vector added in the middle
 * changes no other id.
 */
final class Topic {
    private final String name;
    private final String about;
    private final List<GoldenVector> vectors = new ArrayList<>();
    private final List<VectorFile.Retired> retired = new ArrayList<>();

    Topic(String name, String about) {
        this.name = name;
        this.about = about;
    }

    /** Adds a call that carries its mask or its seed, or needs neither, under inverted scaling. */
    void add(String id, String requirement, String comment, Call call, @Nullable Flag... flags) {
        add(id, requirement, comment, call, ExactExpectations.of(requirement, call, Scaling.INVERTED), flags);
    }

    void addClassic(String id, String requirement, String comment, Call call, @Nullable Flag... flags) {
        add(id, requirement, comment, call, ExactExpectations.of(requirement, call, Scaling.CLASSIC), flags);
    }

    /** Adds a call that must give the exact words, including the payload of a NaN. */
    void addByBits(String id, String requirement, String comment, Call call, @Nullable Flag... flags) {
        add(id, requirement, comment, call, changed(requirement, call, Answer::byBits), flags);
    }

    /** Adds a seeded call of which only the mask is checked. */
    void addMaskAlone(String id, String requirement, String comment, Call call, @Nullable Flag... flags) {
        add(id, requirement, comment, call, changed(requirement, call, Answer::maskAlone), flags);
    }

    private static List<Expectation> changed(String requirement, Call call, UnaryOperator<Answer> change) {
        return ExactExpectations.of(requirement, call, Scaling.INVERTED).stream()
                .map(expectation -> expectation.with(change))
                .toList();
    }

    private void add(
            String id,
            String requirement,
            String comment,
            Call call,
            List<Expectation> expectations,
            @Nullable Flag... flags) {
        add(new GoldenVector.OfDropout(label(id, requirement, comment, flags), List.of(call), expectations));
    }

    /** Adds calls that are made one after the other. */
    void add(
            String id, String requirement, String comment, List<Call> calls, List<Same> same, @Nullable Flag... flags) {
        add(new GoldenVector.OfDropout(
                label(id, requirement, comment, flags),
                calls,
                ExactExpectations.of(requirement, calls, Scaling.INVERTED, same)));
    }

    void add(GoldenVector vector) {
        vectors.add(vector);
    }

    /** Marks an id that was once published and must not be used again. */
    void retire(String id, String reason, String... instead) {
        retired.add(new VectorFile.Retired(id, reason, List.of(instead)));
    }

    /** A label; {@code flags} may contain null where a flag does not go with every rate. */
    static Label label(String id, String requirement, String comment, @Nullable Flag... flags) {
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
        return new VectorFile(name, about, notes, retired, vectors);
    }
}
