package org.dropoutspec.golden;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.ReferenceImplementation;
import org.dropoutspec.spec.Specification;

/** Holds an implementation to golden vectors: those of a directory, or those inside the jar. */
public final class GoldenVerify {
    /** The directory that is taken, if it is there, when none is named. */
    public static final Path DEFAULT_DIRECTORY = Path.of("golden");

    private final Implementation implementation;
    private final DropoutCheck dropout;
    private final Optional<GeneratorCheck> generator;
    private final List<GoldenReport.Problem> problems = new ArrayList<>();
    private final List<VectorResult> results = new ArrayList<>();

    private GoldenVerify(Implementation implementation) {
        this.implementation = implementation;
        this.dropout = new DropoutCheck(implementation);
        this.generator = generatorOf(implementation).map(GeneratorCheck::new);
    }

    /**
     * Verifies against the vectors of {@code directory}; without one, of {@link #DEFAULT_DIRECTORY} if it is there, else
     * against those inside the jar.
     */
    public static GoldenReport run(Optional<Path> directory, Implementation implementation) {
        return directory
                .or(() -> Optional.of(DEFAULT_DIRECTORY).filter(Files::isDirectory))
                .map(found -> directory(found, implementation))
                .orElseGet(() -> insideJar(implementation));
    }

    /** Verifies against the files {@code *.json} of a directory. */
    public static GoldenReport directory(Path directory, Implementation implementation) {
        return of(VectorSource.of(directory), implementation);
    }

    /** Verifies against the vectors that travel inside the jar. */
    public static GoldenReport insideJar(Implementation implementation) {
        return of(VectorSource.insideJar(), implementation);
    }

    static GoldenReport of(List<VectorSource.Source> sources, Implementation implementation) {
        return new GoldenVerify(implementation).verify(sources);
    }

    /** A file that was read. */
    private record ReadFile(String name, VectorReader.Contents contents) {}

    private GoldenReport verify(List<VectorSource.Source> sources) {
        List<ReadFile> files = new ArrayList<>();
        Map<String, String> usesOfId = new HashMap<>();
        for (VectorSource.Source source : sources) {
            if (!source.problem().isEmpty()) {
                bad(source.name(), source.problem());
                continue;
            }
            ReadFile file = new ReadFile(source.name(), VectorReader.read(source.bytes()));
            file.contents().problems().forEach(problem -> bad(file.name(), problem));
            requireTopic(file);
            file.contents().retired().forEach(retired -> usesOfId.put(retired.id(), "was retired in " + file.name()));
            files.add(file);
        }
        for (ReadFile file : files) {
            for (VectorReader.Item item : file.contents().items()) {
                verify(item, file, usesOfId);
            }
        }
        return new GoldenReport(implementation.description(), sources.size(), problems, results);
    }

    private void requireTopic(ReadFile file) {
        String topic = file.contents().topic();
        if (!topic.isEmpty() && !file.name().equals(topic + ".json")) {
            bad(file.name(), "topic (" + topic + ") must be the name of the file without .json");
        }
    }

    private void verify(VectorReader.Item item, ReadFile file, Map<String, String> usesOfId) {
        Label label = item.vector().label();
        try {
            require(item, usesOfId.putIfAbsent(label.id(), "is in " + file.name()));
        } catch (BadVector bad) {
            bad(file.name(), bad.getMessage());
            return;
        }
        results.add(new VectorResult(
                file.name(),
                label,
                Specification.embedded().requirement(label.requirement()).level(),
                label.flags().stream()
                        .map(file.contents().notes()::get)
                        .filter(Objects::nonNull)
                        .toList(),
                attempts(item.vector())));
    }

    /** @param other use of the id; null if there is none */
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
            throw written.bad("needs (" + String.join(", ", written.texts()) + ") must be what the calls need: "
                    + String.join(", ", needs));
        });
    }

    private void bad(String file, String message) {
        problems.add(new GoldenReport.Problem(file, message));
    }

    private List<Attempt> attempts(GoldenVector vector) {
        if (vector instanceof GoldenVector.OfDropout calls) {
            return dropout.check(calls);
        }
        return List.of(generator
                .map(check -> check.check(vector))
                .orElseGet(
                        () -> new Attempt.Skipped("the generator's words cannot be seen through a call of dropout")));
    }

    private static Optional<WordGenerator> generatorOf(Implementation implementation) {
        if (implementation instanceof WordGenerator words) {
            return Optional.of(words);
        }
        return implementation instanceof ReferenceImplementation ? Optional.of(new ReferenceWords()) : Optional.empty();
    }
}
