package org.dropoutspec.golden;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;
import org.dropoutspec.golden.format.JsonText;
import org.dropoutspec.golden.format.Label;
import org.dropoutspec.golden.format.VectorFile;
import org.dropoutspec.golden.format.VectorTree;
import org.dropoutspec.golden.verify.GoldenReport;
import org.dropoutspec.implementation.Implementation;

/** Some of the vectors, as files in memory. */
final class Vectors {
    private static final List<VectorFile> FILES = GoldenRegenerate.files();
    private static final VectorSet ALL = VectorSet.of(where(label -> true));

    private Vectors() {}

    static List<VectorFile> files() {
        return FILES;
    }

    /** The vectors that {@code wanted} takes. */
    static List<VectorSource.Source> where(Predicate<Label> wanted) {
        return FILES.stream()
                .map(file -> new VectorFile(
                        file.topic(),
                        file.about(),
                        file.notes(),
                        file.retired(),
                        file.vectors().stream()
                                .filter(vector -> wanted.test(vector.label()))
                                .toList()))
                .filter(file -> !file.vectors().isEmpty())
                .map(file -> source(file.topic() + ".json", JsonText.of(VectorTree.of(file))))
                .toList();
    }

    static VectorSource.Source source(String name, byte[] bytes) {
        return new VectorSource.Source(name, bytes, "");
    }

    static VectorSource.Source source(String name, String text) {
        return source(name, text.getBytes(StandardCharsets.UTF_8));
    }

    static GoldenReport verify(List<VectorSource.Source> sources, Implementation implementation) {
        return GoldenVerify.of(VectorSet.of(sources), implementation);
    }

    /** All of them. */
    static GoldenReport verify(Implementation implementation) {
        return GoldenVerify.of(ALL, implementation);
    }

    static GoldenReport verify(Predicate<Label> wanted, Implementation implementation) {
        return verify(where(wanted), implementation);
    }
}
