package org.dropoutspec.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.dropoutspec.certify.Certificate;
import org.dropoutspec.contract.Verdict;

/**
 * What applies to an implementation and was not asked of it.
 *
 * @param notAsked the requirements that were not asked at all, by the reason
 * @param discarded by type and by requirement, how many calls the implementation could not express
 */
record Narrowing(Map<String, List<String>> notAsked, Map<String, Map<String, Long>> discarded) {
    /** A longer list would hide the summary; the certificate has all names. */
    private static final int SHOWN = 12;

    static Narrowing of(Certificate certificate) {
        Map<String, List<String>> notAsked = new LinkedHashMap<>();
        Map<String, Map<String, Long>> discarded = new TreeMap<>();
        for (Certificate.Finding finding : certificate.findings()) {
            String id = finding.name();
            if (finding.verdict() instanceof Verdict.Unsupported unsupported) {
                if (unsupported.applies()) {
                    notAsked.computeIfAbsent(unsupported.message(), reason -> new ArrayList<>())
                            .add(id);
                }
            } else {
                finding.verdict()
                        .discarded()
                        .forEach((type, count) -> discarded
                                .computeIfAbsent(type, name -> new LinkedHashMap<>())
                                .put(id, count));
            }
        }
        return new Narrowing(notAsked, discarded);
    }

    /** One line for each reason, and one for each type. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        notAsked.forEach((reason, ids) -> lines.add("  not asked (" + reason + "): " + shown(IdList.parts(ids))));
        discarded.forEach((type, counts) ->
                lines.add("  not asked in full (calls of " + type + " answered unsupported): " + shown(told(counts))));
        return lines;
    }

    private static List<String> told(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .map(count -> count.getKey() + " (" + count.getValue() + ")")
                .toList();
    }

    private static String shown(List<String> parts) {
        return parts.size() <= SHOWN
                ? String.join(", ", parts)
                : String.join(", ", parts.subList(0, SHOWN)) + " and " + (parts.size() - SHOWN) + " more";
    }
}
