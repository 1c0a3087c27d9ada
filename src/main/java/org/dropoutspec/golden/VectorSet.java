package org.dropoutspec.golden;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.dropoutspec.golden.exact.Derivation;
import org.dropoutspec.golden.format.BadVector;
import org.dropoutspec.golden.format.GoldenVector;
import org.dropoutspec.golden.format.Label;
import org.dropoutspec.golden.format.Need;
import org.dropoutspec.golden.format.VectorFile;
import org.dropoutspec.golden.format.VectorReader;
import org.dropoutspec.golden.verify.GoldenReport;
import org.dropoutspec.implementation.Printable;
import org.dropoutspec.spec.Specification;

/** The vectors of several files, and the problems of the vectors that cannot be used. */
final class VectorSet {
    private final List<Entry> entries = new ArrayList<>();
    private final List<GoldenReport.Problem> problems = new ArrayList<>();
    private final int files;

    /**
     * A vector that may be asked.
     *
     * @param hunted the bugs behind its flags, as far as the file explains them
     */
    record Entry(String file, GoldenVector vector, List<VectorFile.Note> hunted) {}

    private record ReadFile(String name, VectorReader.Contents contents) {}

    private VectorSet(int files) {
        this.files = files;
    }

    static VectorSet of(List<VectorSource.Source> sources) {
        VectorSet set = new VectorSet(sources.size());
        List<ReadFile> read = new ArrayList<>();
        Map<String, String> usesOfId = new HashMap<>();
        for (VectorSource.Source source : sources) {
            if (!source.problem().isEmpty()) {
                set.bad(source.name(), source.problem());
                continue;
            }
            ReadFile file = new ReadFile(source.name(), VectorReader.read(source.bytes()));
            file.contents().problems().forEach(problem -> set.bad(file.name(), problem));
            file.contents().retired().forEach(retired -> usesOfId.put(retired.id(), "was retired in " + file.name()));
            set.requireTopic(file);
            read.add(file);
        }
        for (ReadFile file : read) {
            file.contents().items().forEach(item -> set.add(item, file, usesOfId));
        }
        return set;
    }

    /** The number of files, including bad ones. */
    int files() {
        return files;
    }

    List<Entry> entries() {
        return entries;
    }

    List<GoldenReport.Problem> problems() {
        return problems;
    }

    private void bad(String file, String message) {
        problems.add(new GoldenReport.Problem(file, Printable.line(message, 1000)));
    }

    private void requireTopic(ReadFile file) {
        String topic = file.contents().topic();
        if (!topic.isEmpty() && !file.name().equals(topic + ".json")) {
            bad(file.name(), "topic (" + topic + ") must be the name of the file without .json");
        }
    }

    private void add(VectorReader.Item item, ReadFile file, Map<String, String> usesOfId) {
        Label label = item.vector().label();
        try {
            require(item, usesOfId.putIfAbsent(label.id(), "is in " + file.name()));
        } catch (BadVector bad) {
            bad(file.name(), bad.getMessage());
            return;
        }
        List<VectorFile.Note> hunted = label.flags().stream()
                .map(file.contents().notes()::get)
                .filter(Objects::nonNull)
                .toList();
        entries.add(new Entry(file.name(), item.vector(), hunted));
    }

    /** @param other where else the id is used; null if nowhere */
    private static void require(VectorReader.Item item, String other) {
        Label label = item.vector().label();
        if (other != null) {
            throw new BadVector(label.id(), "id must not be used twice, and " + other);
        }
        if (!Specification.embedded().has(label.requirement())) {
            throw new BadVector(
                    label.id(), "requirement (" + label.requirement() + ") must be one of the specification");
        }
        Derivation.require(item.vector());
        List<String> needs = Need.of(item.vector()).stream().map(Need::toString).toList();
        item.needs().filter(written -> !written.texts().equals(needs)).ifPresent(written -> {
            throw BadVector.at(
                    written,
                    "needs (" + String.join(", ", written.texts()) + ") must be what the calls need: "
                            + String.join(", ", needs));
        });
    }
}
