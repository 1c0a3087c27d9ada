package org.dropoutspec.certify;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.dropoutspec.contract.Verdict;

/**
 * The requirements that the owner of an implementation wants passed and asked in full, even where the specification
 * allows calls to be unsupported.
 *
 * @param ids of the requirements; those that do not apply to the implementation are unmet demands too
 * @param all whether each requirement that applies is meant
 */
public record Demands(Set<String> ids, boolean all) {
    public static final Demands NONE = new Demands(Set.of(), false);

    /** The word that demands every requirement that applies. */
    public static final String ALL = "all";

    public Demands {
        ids = Set.copyOf(ids);
    }

    /** The demands that a command line names: ids, or {@link #ALL}. */
    public static Demands of(Set<String> named) {
        return named.contains(ALL) ? new Demands(without(named), true) : new Demands(named, false);
    }

    private static Set<String> without(Set<String> named) {
        Set<String> ids = new TreeSet<>(named);
        ids.remove(ALL);
        return ids;
    }

    public boolean areNone() {
        return ids.isEmpty() && !all;
    }

    /** The demands that were not passed, or not asked in full, a line each. */
    public List<String> unmet(Certificate certificate) {
        List<String> unmet = new ArrayList<>();
        ids.stream()
                .sorted()
                .filter(id -> certificate.findings().stream().noneMatch(finding -> finding.isNamed(id)))
                .forEach(id -> unmet.add(id + ": not asked, no operation that has it is declared"));
        if (all && certificate.findings().isEmpty()) {
            unmet.add(ALL + ": nothing was asked");
        }
        for (Certificate.Finding finding : certificate.findings()) {
            String id = finding.name();
            Verdict verdict = finding.verdict();
            boolean applies = !(verdict instanceof Verdict.Unsupported unsupported) || unsupported.applies();
            if (ids.stream().anyMatch(finding::isNamed) || all && applies) {
                if (!(verdict instanceof Verdict.Pass)) {
                    unmet.add(id + ": " + verdict.word() + ", "
                            + verdict.message().lines().findFirst().orElse(""));
                } else if (!verdict.discarded().isEmpty()) {
                    unmet.add(id + ": asked in part, calls answered unsupported: " + verdict.discarded());
                }
            }
        }
        return unmet;
    }
}
