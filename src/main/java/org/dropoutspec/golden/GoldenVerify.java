package org.dropoutspec.golden;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.dropoutspec.golden.format.GoldenVector;
import org.dropoutspec.golden.format.Label;
import org.dropoutspec.golden.verify.Attempt;
import org.dropoutspec.golden.verify.DropoutCheck;
import org.dropoutspec.golden.verify.GeneratorCheck;
import org.dropoutspec.golden.verify.GoldenReport;
import org.dropoutspec.golden.verify.OperationCheck;
import org.dropoutspec.golden.verify.ReferenceWords;
import org.dropoutspec.golden.verify.VectorResult;
import org.dropoutspec.golden.verify.WordGenerator;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.ReferenceImplementation;
import org.dropoutspec.spec.Specification;

/** Checks an implementation against golden vectors: those of a directory, or those inside the jar. */
public final class GoldenVerify {
    /** The directory that is used if it exists and none is named. */
    public static final Path DEFAULT_DIRECTORY = Path.of("golden");

    private final DropoutCheck dropout;
    private final OperationCheck operations;
    private final Optional<GeneratorCheck> generator;

    private GoldenVerify(Implementation implementation, VectorSet vectors) {
        boolean few = implementation.description().can(Capability.FEW_SHAPES);
        Implementation asked = few ? CommonSignatures.of(implementation, vectors) : implementation;
        this.dropout = new DropoutCheck(asked);
        this.operations = new OperationCheck(asked);
        this.generator = generatorOf(implementation).map(GeneratorCheck::new);
    }

    /**
     * Verifies against the vectors of a directory or of one file. If none is given, these are the vectors of {@link
     * #DEFAULT_DIRECTORY} if it exists, else those inside the jar.
     */
    public static GoldenReport run(Optional<Path> path, Implementation implementation) {
        return path.or(() -> Optional.of(DEFAULT_DIRECTORY).filter(Files::isDirectory))
                .map(found -> directory(found, implementation))
                .orElseGet(() -> insideJar(implementation));
    }

    /** Verifies against the files {@code *.json} of a directory. */
    public static GoldenReport directory(Path directory, Implementation implementation) {
        return of(VectorSet.of(VectorSource.of(directory)), implementation);
    }

    /** Verifies against the vectors that travel inside the jar. */
    public static GoldenReport insideJar(Implementation implementation) {
        return of(InsideJar.VECTORS, implementation);
    }

    /** The vectors inside the jar, read once, since they are the same for every implementation. */
    private static final class InsideJar {
        private static final VectorSet VECTORS = VectorSet.of(VectorSource.insideJar());

        private InsideJar() {}
    }

    static GoldenReport of(VectorSet set, Implementation implementation) {
        GoldenVerify verify = new GoldenVerify(implementation, set);
        List<VectorResult> results = set.entries().stream().map(verify::result).toList();
        return new GoldenReport(implementation.description(), set.files(), set.problems(), results, Optional.empty());
    }

    private VectorResult result(VectorSet.Entry entry) {
        Label label = entry.vector().label();
        return new VectorResult(
                entry.file(),
                label,
                Specification.embedded().requirement(label.requirement()).level(),
                entry.hunted(),
                attempts(entry.vector()));
    }

    private List<Attempt> attempts(GoldenVector vector) {
        if (vector instanceof GoldenVector.OfDropout calls) {
            return dropout.check(calls);
        } else if (vector instanceof GoldenVector.OfOperation call) {
            return operations.check(call);
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
