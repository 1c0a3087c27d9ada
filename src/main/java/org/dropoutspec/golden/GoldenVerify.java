package org.dropoutspec.golden;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.ReferenceImplementation;
import org.dropoutspec.spec.Level;
import org.dropoutspec.spec.Specification;

/** Holds an implementation to golden vectors: those of a directory, or those inside the jar. */
public final class GoldenVerify {
    /** The directory that is taken, if it is there, when none is named. */
    public static final Path DEFAULT_DIRECTORY = Path.of("golden");

    private static final int FAILURES_SHOWN = 3;

    private final Implementation implementation;
    private final DropoutCheck dropout;
    private final Optional<GeneratorCheck> generator;
    private final TreeMap<String, Integer> skipped = new TreeMap<>();
    private final TreeMap<Rung, Integer> rungs = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> findings = new ArrayList<>();
    private int passed;
    private int failed;
    private int advised;
    private int broken;

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

    private GoldenReport verify(List<VectorSource.Source> sources) {
        Map<String, String> fileOfId = new HashMap<>();
        for (VectorSource.Source source : sources) {
            if (source.problem().isEmpty()) {
                verify(source, fileOfId);
            } else {
                problems.add(source.name() + ": " + source.problem());
            }
        }
        String name = implementation.description().name() + " "
                + implementation.description().version();
        return new GoldenReport(
                name, sources.size(), passed, failed, advised, broken, skipped, rungs, problems, findings);
    }

    private void verify(VectorSource.Source source, Map<String, String> fileOfId) {
        VectorReader.Contents contents = VectorReader.read(source.bytes());
        contents.problems().forEach(problem -> problems.add(source.name() + ": " + problem));
        for (VectorReader.Item item : contents.vectors()) {
            Label label = item.vector().label();
            String other = fileOfId.putIfAbsent(label.id(), source.name());
            if (other != null) {
                problems.add(source.name() + ": " + label.id() + ": id must not be used twice, and is in " + other);
            } else if (!Specification.embedded().has(label.requirement())) {
                problems.add(source.name() + ": " + label.id() + ": requirement (" + label.requirement()
                        + ") must be one of the specification");
            } else {
                tally(source.name(), label, contents.notes(), check(item.vector()));
            }
        }
    }

    private List<Attempt> check(GoldenVector vector) {
        if (vector instanceof GoldenVector.OfDropout call) {
            return dropout.check(call);
        }
        return List.of(generator
                .map(check -> check.check(vector))
                .orElseGet(
                        () -> new Attempt.Skipped("the generator's words cannot be seen through a call of dropout")));
    }

    private void tally(String file, Label label, Map<String, VectorFile.Note> notes, List<Attempt> attempts) {
        Set<Rung> reached = EnumSet.noneOf(Rung.class);
        boolean fails = false;
        boolean breaks = false;
        boolean binding =
                Specification.embedded().requirement(label.requirement()).level() == Level.MUST;
        String where = file + " " + label.id() + " " + label.requirement();
        for (Attempt attempt : attempts) {
            if (attempt instanceof Attempt.Checked checked) {
                reached.add(checked.rung());
                if (!checked.failures().isEmpty()) {
                    fails = true;
                    tell(
                            (binding ? "FAIL " : "SHOULD ") + where + ", "
                                    + checked.rung().title(),
                            checked.failures());
                    findings.add("     asked: " + checked.asked());
                }
            } else if (attempt instanceof Attempt.Broken fault) {
                breaks = true;
                tell("BROKE " + where, fault.message().lines().toList());
            }
        }
        if (fails) {
            label.flags()
                    .forEach(flag -> findings.add("     hunts " + flag + ": "
                            + notes.get(flag).hunts() + " (" + notes.get(flag).source() + ")"));
        }
        reached.forEach(rung -> rungs.merge(rung, 1, Integer::sum));
        if (breaks) {
            broken++;
        } else if (fails && binding) {
            failed++;
        } else if (fails) {
            advised++;
        } else if (!reached.isEmpty()) {
            passed++;
        } else {
            skipped.merge(((Attempt.Skipped) attempts.get(0)).reason(), 1, Integer::sum);
        }
    }

    private void tell(String headline, List<String> failures) {
        findings.add(headline);
        failures.stream().limit(FAILURES_SHOWN).forEach(failure -> findings.add("     " + failure));
        if (failures.size() > FAILURES_SHOWN) {
            findings.add("     and " + (failures.size() - FAILURES_SHOWN) + " more");
        }
    }

    private static Optional<WordGenerator> generatorOf(Implementation implementation) {
        if (implementation instanceof WordGenerator words) {
            return Optional.of(words);
        }
        return implementation instanceof ReferenceImplementation ? Optional.of(new ReferenceWords()) : Optional.empty();
    }
}
