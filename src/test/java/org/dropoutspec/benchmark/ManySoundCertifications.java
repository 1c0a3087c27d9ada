package org.dropoutspec.benchmark;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dropoutspec.certify.Certificate;
import org.dropoutspec.certify.Certifier;
import org.dropoutspec.contract.Tier;
import org.dropoutspec.mutant.SoundImplementations;
import org.dropoutspec.mutant.SoundImplementations.Sound;
import org.dropoutspec.operation.SoundFamily;

/**
 * Certifies every sound implementation, of plain dropout and of each operation of the family, with some seeds each, and
 * prints what was not passed: nothing is to be.
 *
 * <p>{@code java -cp target/test-classes:target/dropout-conformance.jar
 * org.dropoutspec.benchmark.ManySoundCertifications [SEEDS [FIRST [NAME [ID,...]]]]}, after {@code mvn package}: NAME is a
 * part of the names of those that are certified, which begin with {@code plain: } or {@code family: }, and of the
 * requirements these alone are asked.
 */
public final class ManySoundCertifications {
    private ManySoundCertifications() {}

    public static void main(String[] arguments) {
        int seeds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 30;
        long first = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1;
        String part = arguments.length > 2 ? arguments[2] : "";
        Set<String> asked = arguments.length > 3 ? Set.of(arguments[3].split(",")) : Set.of();
        List<Sound> chosen = Stream.concat(
                        named("plain", SoundImplementations.all()), named("family", SoundFamily.all()))
                .filter(sound -> sound.name().contains(part))
                .toList();
        Set<String> accused = new TreeSet<>();
        long start = System.nanoTime();
        for (long seed = first; seed < first + seeds; seed++) {
            for (Sound sound : chosen) {
                List<Certificate.Finding> found = found(sound, seed, asked);
                found.forEach(finding -> accused.add(sound.name() + ": " + finding.name()));
                for (Certificate.Finding finding : found) {
                    System.out.println("seed " + seed + ", " + sound.name() + ": " + finding.name() + " "
                            + finding.verdict().word() + ": "
                            + finding.verdict().message());
                }
            }
            System.out.printf(
                    "%d implementations, seeds %d to %d, %d s: %d findings%n",
                    chosen.size(), first, seed, (System.nanoTime() - start) / 1_000_000_000, accused.size());
        }
        System.out.println(accused.stream().collect(Collectors.joining(System.lineSeparator())));
        System.exit(accused.isEmpty() ? 0 : 1);
    }

    private static Stream<Sound> named(String kind, List<Sound> all) {
        return all.stream().map(sound -> new Sound(kind + ": " + sound.name(), sound.implementation()));
    }

    private static List<Certificate.Finding> found(Sound sound, long seed, Set<String> asked) {
        return new Certifier(Tier.QUICK, seed, asked, id -> {})
                .certify(sound.implementation().apply(seed)).findings().stream()
                        .filter(finding -> !Set.of("pass", "unsupported")
                                .contains(finding.verdict().word()))
                        .toList();
    }
}
