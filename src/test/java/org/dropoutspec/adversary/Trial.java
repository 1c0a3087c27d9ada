package org.dropoutspec.adversary;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.dropoutspec.certify.Certificate;
import org.dropoutspec.certify.Certifier;
import org.dropoutspec.contract.Tier;
import org.dropoutspec.contract.Verdict;

/** Certifies broken and sound dropouts and prints who passes, and who is accused. */
final class Trial {
    private Trial() {}

    public static void main(String[] arguments) {
        String which = arguments[0];
        Tier tier = Tier.named(arguments[1]);
        int seeds = Integer.parseInt(arguments[2]);
        String pattern = arguments.length > 3 ? arguments[3] : "";
        boolean sound = which.equals("sound");
        List<?> all = sound ? Sound.all() : Broken.all();
        int number = 0;
        for (Object one : all) {
            number++;
            boolean wanted = pattern.startsWith("#")
                    ? number >= Integer.parseInt(pattern.substring(1).split("-")[0])
                            && number <= Integer.parseInt(pattern.substring(1).split("-")[1])
                    : one.toString().matches(".*(" + pattern + ").*");
            if (!wanted) {
                continue;
            }
            for (int s = 0; s < seeds; s++) {
                long seed = 20_261_130 + 7919L * s + number;
                if (one instanceof Broken broken && System.getProperty("whole") == null) {
                    long start = System.nanoTime();
                    Set<String> found = BrokenTest.found(broken, seed);
                    boolean expected = found.stream().anyMatch(broken.requirements()::contains);
                    System.out.printf(
                            "%s #%d [%s] seed %d %s %.1f s%n",
                            found.isEmpty() ? "MISSED" : expected ? "found" : "OTHER",
                            number,
                            one,
                            s,
                            found,
                            (System.nanoTime() - start) / 1e9);
                    continue;
                }
                Certificate certificate = new Certifier(tier, seed, Set.of(), id -> {})
                        .certify(
                                one instanceof Broken broken
                                        ? broken.implementation().apply(seed)
                                        : ((Sound) one).implementation().apply(seed));
                Set<String> fails = new TreeSet<>();
                Set<String> open = new TreeSet<>();
                StringBuilder words = new StringBuilder();
                certificate.findings().forEach(finding -> {
                    if (finding.verdict() instanceof Verdict.Fail) {
                        fails.add(finding.requirement().id());
                        words.append("\n      ")
                                .append(finding.requirement().heading())
                                .append(": ")
                                .append(cut(finding.verdict().message()));
                    } else if (finding.verdict() instanceof Verdict.Inconclusive
                            || finding.verdict() instanceof Verdict.Error) {
                        open.add(finding.requirement().id() + ":"
                                + cut(finding.verdict().message()));
                    }
                });
                boolean expected = sound || fails.stream().anyMatch(((Broken) one).requirements()::contains);
                String word = certificate.outcome().toString().equals("conformant")
                        ? (sound ? "ok" : "MISSED")
                        : sound ? "ACCUSED" : expected ? "found" : "OTHER";
                System.out.println(word + " #" + number + " [" + one + "] seed " + s + " " + certificate.outcome() + " "
                        + fails + (sound || word.equals("OTHER") ? " open " + open : "")
                        + (System.getProperty("words") != null || word.equals("OTHER") || word.equals("ACCUSED")
                                ? words
                                : ""));
            }
        }
    }

    private static String cut(String text) {
        String line = text.replace('\n', ' ');
        return line.length() > 260 ? line.substring(0, 260) : line;
    }
}
