package org.dropoutspec.selftest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dropoutspec.certify.Certificate;
import org.dropoutspec.certify.Certifier;
import org.dropoutspec.contract.Checks;
import org.dropoutspec.contract.DropoutContract;
import org.dropoutspec.contract.Tier;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.PlainDropout;
import org.dropoutspec.mutant.Mutant;
import org.dropoutspec.mutant.Mutants;
import org.dropoutspec.mutant.SoundImplementations;
import org.dropoutspec.mutant.SoundImplementations.Sound;
import org.dropoutspec.operation.Operations;

/**
 * Tests whether the suite's verdicts can be trusted: every mutant must be found by the requirement that is there for
 * it, and no sound implementation may be accused.
 *
 * <p>Implementations run one after the other, since jqwik stores the data of a property in one place for the whole
 * process. Two runs of the same property at once would share their generators.
 *
 * @param tier the budget for each implementation
 * @param seed the master seed of every session, and of every implementation's own stream
 * @param which the mutants to run
 * @param progress gets the name of each implementation before its run
 */
public record SelfTest(Tier tier, long seed, Predicate<Mutant> which, Consumer<String> progress) {

    /** The ids of the requirements of plain dropout that have a check. */
    public static Set<String> checked() {
        return Arrays.stream(DropoutContract.class.getMethods())
                .filter(method -> method.isAnnotationPresent(Checks.class))
                .map(method -> method.getAnnotation(Checks.class).value())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Every broken implementation, those of plain dropout first. */
    public static List<Mutant> mutants() {
        return Stream.concat(
                        Mutants.all().stream(),
                        Operations.all().stream().flatMap(operation -> operation.mutants().stream()))
                .toList();
    }

    private static boolean isChecked(Mutant mutant) {
        return mutant.operation().equals(PlainDropout.NAME)
                ? checked().contains(mutant.requirement())
                : Operations.named(mutant.operation()).stream()
                        .flatMap(operation -> Arrays.stream(operation.checks().getMethods()))
                        .map(method -> method.getAnnotation(Checks.class))
                        .anyMatch(checks -> checks != null && checks.value().equals(mutant.requirement()));
    }

    /** Runs every chosen mutant against every requirement, and every sound implementation. */
    public SelfTestResult run() {
        return run(MutantScope.ALL);
    }

    /** Runs the chosen mutants against this scope, and every sound implementation. */
    public SelfTestResult run(MutantScope extent) {
        List<MutantRun> mutants = mutants().stream()
                .filter(which)
                .map(mutant -> mutant(mutant, extent))
                .toList();
        List<MutantRun> sound =
                SoundImplementations.all().stream().map(this::sound).toList();
        return new SelfTestResult(tier, seed, extent, mutants, sound);
    }

    /** Runs one mutant against its own requirement and, if the extent says so, against all. */
    public MutantRun mutant(Mutant mutant, MutantScope extent) {
        progress.accept(mutant.name());
        String own = mutant.finding();
        long start = System.nanoTime();
        Map<String, Verdict> verdicts = new LinkedHashMap<>();
        List<Certificate> certificates = new ArrayList<>();
        if (extent == MutantScope.ALL) {
            verdicts.putAll(verdicts(certify(mutant.implementation().apply(seed), Set.of())));
        }
        if (isChecked(mutant)) {
            certificates.add(certify(mutant.implementation().apply(seed), Set.of(own)));
            verdicts.putAll(verdicts(certificates.get(0)));
        }
        long elements = certificates.stream().mapToLong(Certificate::elements).sum();
        return new MutantRun(mutant.name(), Optional.of(own), mutant.defect(), verdicts, elements, since(start));
    }

    /** Runs one sound implementation against every requirement. */
    public MutantRun sound(Sound sound) {
        progress.accept(sound.name());
        long start = System.nanoTime();
        Certificate certificate = certify(sound.implementation().apply(seed), Set.of());
        return new MutantRun(
                sound.name(), Optional.empty(), "", verdicts(certificate), certificate.elements(), since(start));
    }

    private Certificate certify(Implementation implementation, Set<String> only) {
        return new Certifier(tier, seed, only, id -> {}).certify(implementation);
    }

    private static Map<String, Verdict> verdicts(Certificate certificate) {
        Map<String, Verdict> verdicts = new LinkedHashMap<>();
        certificate.findings().forEach(finding -> verdicts.put(finding.name(), finding.verdict()));
        return verdicts;
    }

    private static double since(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
