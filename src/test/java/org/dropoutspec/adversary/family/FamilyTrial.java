package org.dropoutspec.adversary.family;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.dropoutspec.certify.Certificate;
import org.dropoutspec.certify.Certifier;
import org.dropoutspec.certify.Selection;
import org.dropoutspec.contract.Tier;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.sampling.StatisticalRequirements;
import org.dropoutspec.spec.RequirementLevel;
import org.dropoutspec.spec.Specification;

/** Certifies broken operations at quick and prints who passes, and by what the others are told. */
final class FamilyTrial {
    private FamilyTrial() {}

    public static void main(String[] arguments) {
        String pattern = arguments.length > 0 ? arguments[0] : "";
        int from = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 0;
        int to = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 1;
        List<FamilyBroken> all = FamilyBroken.all();
        for (int number = 0; number < all.size(); number++) {
            FamilyBroken one = all.get(number);
            if (number < Integer.getInteger("from", 0) || number >= Integer.getInteger("to", 9999)) {
                continue;
            }
            if (!one.toString().matches(".*(" + pattern + ").*")) {
                continue;
            }
            for (int s = from; s < to; s++) {
                long seed = 20_261_122 + 7919L * s + number;
                long start = System.nanoTime();
                try {
                    Certificate certificate = new Certifier(
                                    Tier.QUICK, seed, new Selection(Set.of(one.operation()), asked(one)), id -> {})
                            .certify(one.implementation().apply(seed));
                    print(one, number, certificate, (System.nanoTime() - start) / 1e9);
                } catch (RuntimeException | AssertionError thrown) {
                    System.out.println("THROWN #" + number + " [" + one + "] " + thrown);
                    thrown.printStackTrace(System.out);
                }
            }
        }
    }

    /** With {@code -Dasked=BWD-11,STATE-1} these and what one is expected to be found by; with {@code -Dquickly}: what masks show, or all but that, whichever it is expected to be found by. */
    private static Set<String> asked(FamilyBroken one) {
        if (System.getProperty("asked") != null) {
            Set<String> these = new TreeSet<>(one.requirements());
            these.addAll(Set.of(System.getProperty("asked").split(",")));
            return these;
        }
        if (System.getProperty("quickly") == null) {
            return Set.of();
        }
        boolean ofMasks = one.requirements().stream().anyMatch(StatisticalRequirements.ALL::contains);
        Set<String> ids = new TreeSet<>();
        Specification.embedded().requirements().forEach(requirement -> {
            boolean statistical = StatisticalRequirements.ALL.contains(requirement.id());
            boolean between = requirement.id().startsWith("STATE");
            if (statistical == ofMasks && !between) {
                ids.add(requirement.id());
            }
        });
        return ids;
    }

    private static void print(FamilyBroken one, int number, Certificate certificate, double seconds) {
        Set<String> fails = new TreeSet<>();
        Set<String> advice = new TreeSet<>();
        StringBuilder words = new StringBuilder();
        certificate.findings().forEach(finding -> {
            Verdict verdict = finding.verdict();
            if (verdict instanceof Verdict.Fail
                    || verdict instanceof Verdict.Error
                    || verdict instanceof Verdict.Inconclusive) {
                boolean must = finding.requirement().level() == RequirementLevel.MUST;
                String id = finding.requirement().id();
                (must && verdict instanceof Verdict.Fail ? fails : advice)
                        .add(verdict instanceof Verdict.Fail ? id : id + "?");
                if (words.length() < 900)
                    words.append("\n      ")
                            .append(finding.requirement().heading())
                            .append(": ")
                            .append(cut(verdict.message()));
            }
        });
        String word = fails.isEmpty()
                ? "MISSED"
                : fails.stream().noneMatch(one.requirements()::contains)
                        ? "OTHER"
                        : fails.size() > 1 ? "TWICE" : "found";
        System.out.printf(
                "%s #%d [%s] %s %s %s %.1f s%s%n",
                word, number, one, certificate.outcome(), fails, advice, seconds, words);
    }

    private static String cut(String text) {
        String line = text.replace('\n', ' ');
        return line.length() > 230 ? line.substring(0, 230) : line;
    }
}
