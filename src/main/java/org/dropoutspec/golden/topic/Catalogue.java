package org.dropoutspec.golden.topic;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.dropoutspec.golden.format.GoldenVector;
import org.dropoutspec.golden.format.VectorFile;
import org.dropoutspec.golden.format.VectorOperation;
import org.dropoutspec.golden.format.VectorOperations;

/** All vectors by topic; the files are in the order in which to read them. */
public final class Catalogue {
    private static final Map<String, Supplier<VectorFile>> TOPICS = new LinkedHashMap<>();

    static {
        TOPICS.put("examples", ExampleTopic::file);
        TOPICS.put("forward", ForwardTopic::file);
        TOPICS.put("backward", BackwardTopic::file);
        TOPICS.put("evaluation", EvaluationTopic::file);
        TOPICS.put("rates", RateTopic::file);
        TOPICS.put("shapes", ShapeTopic::file);
        TOPICS.put("sizes", SizeTopic::file);
        TOPICS.put("masks", MaskTopic::file);
        TOPICS.put("numerics", NumericsTopic::file);
        TOPICS.put("classic", ClassicTopic::file);
        TOPICS.put("streams", StreamTopic::file);
        TOPICS.put("generator", GeneratorTopic::file);
    }

    private Catalogue() {}

    /** The names of the files, such as {@code forward.json}. */
    public static List<String> fileNames() {
        return Stream.concat(
                        TOPICS.keySet().stream(),
                        VectorOperations.all().stream().map(VectorOperations::topic))
                .map(topic -> topic + ".json")
                .toList();
    }

    /** Derives every file anew. */
    public static List<VectorFile> files() {
        List<VectorFile> files = Stream.concat(
                        TOPICS.values().stream().map(Supplier::get),
                        VectorOperations.all().stream().map(VectorOperation::file))
                .toList();
        Set<String> ids = new HashSet<>();
        files.forEach(file -> file.retired().forEach(retired -> ids.add(retired.id())));
        for (VectorFile file : files) {
            for (GoldenVector vector : file.vectors()) {
                if (!ids.add(vector.label().id())) {
                    throw new IllegalStateException("id (" + vector.label().id() + ") must not be used twice");
                }
            }
        }
        return files;
    }
}
