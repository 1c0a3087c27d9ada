package org.dropoutspec.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.dropoutspec.certify.Certificate;
import org.dropoutspec.certify.Certificate.Finding;
import org.dropoutspec.certify.Judged;
import org.dropoutspec.certify.Outcome;
import org.dropoutspec.contract.Inquiry;
import org.dropoutspec.contract.Tier;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.implementation.Choices;
import org.dropoutspec.implementation.Choices.Modes;
import org.dropoutspec.implementation.Declaration;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Printable;
import org.dropoutspec.spec.Specification;

/**
 * Computes the verdicts of an earlier certificate again, from its evidence and by the rules of this version. That finds
 * a certificate which contradicts itself, such as one that was edited by hand. It is no signature: it does not notice
 * when the counts were changed together with all that follows from them.
 */
public final class Regrade {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final StoredCertificate certificate;
    private final double falseAlarms;
    private final List<String> contradictions = new ArrayList<>();
    private final List<String> changes = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final Outcome outcome;
    private int figures;

    /** @param falseAlarms the probability of a false alarm in the whole run; it decides how much evidence is needed */
    public Regrade(StoredCertificate certificate, double falseAlarms) {
        if (!(falseAlarms > 0 && falseAlarms < 1)) {
            throw new IllegalArgumentException("alpha (" + falseAlarms + ") must be between 0 and 1");
        }
        this.certificate = certificate;
        this.falseAlarms = falseAlarms;
        double stated = certificate.json().path("false_alarm_rate").asDouble(Certificate.FALSE_ALARM_RATE);
        Map<String, Double> resolutions = resolutions(certificate.json());
        for (JsonNode entry : certificate.entries()) {
            double resolution = resolutions.getOrDefault(entry.path("operation").asText(), Double.NaN);
            add(entry, new StoredEvidence(entry, resolution, Math.log10(stated / falseAlarms)));
        }
        this.outcome = outcome(certificate.json(), findings);
        if (falseAlarms == stated && !outcome.toString().equals(certificate.outcome())) {
            contradictions.add(
                    "outcome: says " + Printable.line(certificate.outcome()) + ", and its verdicts come to " + outcome);
        }
    }

    private static Map<String, Double> resolutions(JsonNode json) {
        Map<String, Double> resolutions = new TreeMap<>();
        for (JsonNode operation : json.path("operations")) {
            JsonNode own = operation.at("/choices/rate_resolution");
            resolutions.put(
                    operation.path("operation").asText(),
                    own.isNumber()
                            ? own.asDouble()
                            : json.at("/choices/rate_resolution").asDouble());
        }
        return resolutions;
    }

    private void add(JsonNode entry, StoredEvidence evidence) {
        String id = entry.path("id").asText();
        String name = entry.path("operation").asText() + ":" + id;
        if (!Specification.embedded().has(id)) {
            contradictions.add(name + ": is no requirement of this version's specification");
            return;
        }
        String level = Specification.embedded().requirement(id).level().toString();
        if (!entry.path("level").asText().equals(level)) {
            contradictions.add(
                    name + ": says " + Printable.line(entry.path("level").asText()) + ", and is a " + level);
        }
        evidence.contradictions().forEach(wrong -> contradictions.add(name + ": " + wrong));
        figures += evidence.figures();
        String stated = entry.path("verdict").asText();
        String regraded = evidence.verdict();
        if (!regraded.equals(stated)) {
            changes.add(name + ": " + regraded + ", was " + stated);
        }
        findings.add(new Finding(
                entry.path("operation").asText(),
                Specification.embedded().requirement(id),
                verdict(regraded, entry.path("message").asText(), entry.path("evidence"))));
    }

    @SuppressWarnings("unchecked")
    private static Verdict verdict(String word, String message, JsonNode evidence) {
        Map<String, Object> figures =
                evidence.isObject() ? MAPPER.convertValue(evidence, LinkedHashMap.class) : new LinkedHashMap<>();
        return switch (word) {
            case "pass" -> new Verdict.Pass(message, figures);
            case "fail" -> new Verdict.Fail(message, figures);
            case "unsupported" -> new Verdict.Unsupported(message);
            case "inconclusive" -> new Verdict.Inconclusive(message, figures);
            default -> new Verdict.Error(message);
        };
    }

    /** The outcome of the findings, by the same rules as in certify. */
    private static Outcome outcome(JsonNode json, List<Finding> findings) {
        List<Judged> judged = new ArrayList<>();
        for (JsonNode operation : json.path("operations")) {
            boolean both = !operation.at("/choices/modes").asText("both").equals("training");
            Choices choices = Choices.defaults().with(both ? Modes.BOTH : Modes.TRAINING);
            judged.add(new Judged(
                    operation.path("operation").asText(),
                    new Declaration(Set.of(), Set.of(), choices),
                    Inquiry.NOTHING));
        }
        List<String> faults = StreamSupport.stream(json.path("not_judged").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
        return new Certificate(
                        "",
                        "",
                        Description.of("", ""),
                        Tier.QUICK,
                        0,
                        json.path("complete").asBoolean(true),
                        0,
                        Duration.ZERO,
                        judged,
                        List.of(),
                        faults,
                        findings)
                .outcome();
    }

    /** The outcome that follows from the verdicts as they are now. */
    public Outcome outcome() {
        return outcome;
    }

    /** Whether the certificate says something that its own evidence denies. */
    public boolean isContradictory() {
        return !contradictions.isEmpty();
    }

    /** What was found, one line each. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        contradictions.forEach(wrong -> lines.add("contradiction  " + wrong));
        changes.forEach(change -> lines.add("regraded       " + change));
        String specification = certificate.json().at("/suite/specification").asText();
        if (!specification.equals(Specification.embedded().sha256())) {
            lines.add("it was judged by another specification (" + String.format(Locale.ROOT, "%.8s", specification)
                    + "); the levels are of this version's");
        }
        lines.add(String.format(
                Locale.ROOT,
                "%d verdicts; %d figures computed again from counts; probability of a false alarm %.2e",
                findings.size(),
                figures,
                falseAlarms));
        lines.add(
                isContradictory()
                        ? "contradicts itself: " + certificate.title() + ", which says " + certificate.outcome()
                                + " and comes to " + outcome
                        : outcome + ": " + certificate.title());
        return lines.stream().map(Printable::line).toList();
    }
}
