package org.dropoutspec.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.dropoutspec.sampling.StatisticalRequirements;

/** The evidence of one requirement in a certificate: what follows from it, and where it is at odds with itself. */
final class StoredEvidence {
    private final JsonNode entry;
    private final JsonNode evidence;
    private final double stricter;
    private final List<String> contradictions = new ArrayList<>();
    private final Recount recount;

    /**
     * @param resolution of drop rates, as declared
     * @param stricter how much more evidence is needed than the certificate says, in powers of ten
     */
    StoredEvidence(JsonNode entry, double resolution, double stricter) {
        this.entry = entry;
        this.evidence = entry.path("evidence");
        this.recount = new Recount(evidence, resolution, contradictions);
        this.stricter = stricter;
        examine();
    }

    List<String> contradictions() {
        return contradictions;
    }

    /** How many figures were computed again from counts. */
    int figures() {
        return recount.figures();
    }

    private String stated() {
        return entry.path("verdict").asText();
    }

    private boolean isEcho() {
        return evidence.has("because_of");
    }

    private boolean isStatistical() {
        return StatisticalRequirements.ALL.contains(entry.path("id").asText())
                && !evidences().isEmpty();
    }

    /** The parts of the evidence, each with its own e-value and its own limit for rejection. */
    private List<JsonNode> evidences() {
        List<JsonNode> evidences = new ArrayList<>();
        for (String list : List.of("tests", "rates", "pairs")) {
            evidence.path(list).forEach(evidences::add);
        }
        return evidences;
    }

    /** The verdict that follows from the evidence; the stated one where no evidence decides. */
    String verdict() {
        if (!isStatistical()) {
            return stated();
        }
        if (evidences().stream().anyMatch(one -> rejects(one, stricter))) {
            return isEcho() ? stated() : "fail";
        }
        boolean open = stated().equals("fail") || evidences().stream().anyMatch(one -> !isCertified(one));
        return open || isEcho() ? "inconclusive" : stated().equals("inconclusive") ? stated() : "pass";
    }

    private static boolean rejects(JsonNode one, double stricter) {
        return one.path("log10_e").isNumber()
                && one.path("log10_e").asDouble()
                        >= one.path("rejects_at_log10_e").asDouble() + stricter;
    }

    /** Whether the evidence is so near to its limit for rejection that its three digits do not tell the side. */
    private static boolean isBorderline(JsonNode one) {
        return Math.abs(one.path("log10_e").asDouble()
                        - one.path("rejects_at_log10_e").asDouble())
                <= 2 * Recount.ROUNDING;
    }

    private static boolean isCertified(JsonNode test) {
        for (JsonNode bound : test.path("certified_bounds")) {
            if (bound.asDouble() > test.path("band").asDouble()) {
                return false;
            }
        }
        return true;
    }

    private void examine() {
        switch (stated()) {
            case "pass" -> passed();
            case "fail" -> failed();
            default -> {}
        }
        recount.examine();
    }

    private void passed() {
        if (entry.has("replay") || isEcho() || entry.has("counterexample")) {
            contradictions.add("says pass, and has what only a failure has");
        }
        if (isStatistical()) {
            for (JsonNode one : evidences()) {
                if (rejects(one, 0) && !isBorderline(one)) {
                    contradictions.add("says pass, and its evidence rejects: log10 e " + one.path("log10_e") + ", from "
                            + one.path("rejects_at_log10_e") + " on");
                }
                if (!isCertified(one)) {
                    contradictions.add("says pass, and a bound is wider than the band of " + one.path("band"));
                }
            }
        } else if (evidence.path("calls").asLong() < 1 && !evidence.has("not_asked")) {
            contradictions.add("says pass, and no call was answered");
        } else if (!entry.path("message").asText().isEmpty()
                && !evidence.has("tests")
                && entry.path("message").asText().contains("expected")) {
            contradictions.add("says pass, and tells what was expected and not seen");
        }
    }

    private void failed() {
        if (entry.path("message").asText().isBlank()) {
            contradictions.add("says fail, and not what was seen");
        }
        if (isStatistical() && evidences().stream().noneMatch(one -> rejects(one, 0) || isBorderline(one))) {
            contradictions.add("says fail, and no evidence of it rejects");
        }
    }
}
