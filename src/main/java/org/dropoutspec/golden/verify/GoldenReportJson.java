package org.dropoutspec.golden.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** A report of the vectors as JSON, in ASCII only, since the texts of an adapter may hold anything. */
final class GoldenReportJson {
    private static final String FORMAT = "dropout-golden-report/1";

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private GoldenReportJson() {}

    static String of(GoldenReport report) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("format", FORMAT);
        root.put("outcome", outcome(report.exitStatus()));
        root.putObject("implementation")
                .put("name", report.implementation().name())
                .put("version", report.implementation().version())
                .put("language", report.implementation().language());
        root.put("files", report.files());
        ObjectNode counts = root.putObject("counts");
        counts.put("passed", report.passed()).put("failed", report.failed()).put("advised", report.advised());
        counts.put("broken", report.broken()).put("skipped", report.vectors().size() - report.checked());
        ObjectNode rungs = root.putObject("rungs");
        for (MaskSource rung : MaskSource.values()) {
            rungs.put(name(rung), report.rungs().getOrDefault(rung, 0));
        }
        ArrayNode problems = root.putArray("problems");
        report.problems()
                .forEach(problem ->
                        problems.addObject().put("file", problem.file()).put("message", problem.message()));
        report.fault().ifPresent(fault -> root.put("fault", fault));
        ArrayNode vectors = root.putArray("vectors");
        report.vectors().forEach(vector -> add(vector, vectors.addObject()));
        return text(root);
    }

    private static String outcome(int exitStatus) {
        return switch (exitStatus) {
            case 0 -> "passed";
            case 1 -> "failed";
            default -> "not-judged";
        };
    }

    private static void add(VectorResult vector, ObjectNode node) {
        node.put("id", vector.label().id());
        node.put("file", vector.file());
        node.put("requirement", vector.label().requirement());
        node.put("level", vector.level().toString());
        node.put("verdict", vector.verdict().toString());
        ArrayNode rungs = node.putArray("rungs");
        vector.rungs().forEach(rung -> rungs.add(name(rung)));
        vector.skipped().ifPresent(reason -> node.put("reason", reason));
        ArrayNode findings = MAPPER.createArrayNode();
        for (Attempt attempt : vector.attempts()) {
            if (attempt instanceof Attempt.Checked checked
                    && !checked.failures().isEmpty()) {
                ObjectNode finding = findings.addObject();
                finding.put("rung", name(checked.rung()));
                ArrayNode messages = finding.putArray("messages");
                checked.failures().forEach(messages::add);
                finding.put("asked", checked.asked());
            } else if (attempt instanceof Attempt.Broken fault) {
                findings.addObject().putArray("messages").add(fault.message());
            }
        }
        if (!findings.isEmpty()) {
            node.set("findings", findings);
            ArrayNode flags = node.putArray("flags");
            vector.label().flags().forEach(flags::add);
        }
    }

    private static String name(MaskSource rung) {
        return rung.name().toLowerCase(Locale.ROOT);
    }

    private static String text(ObjectNode root) {
        // the line end is the same on every operating system
        DefaultPrettyPrinter layout = new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
        try {
            return MAPPER.writer(layout).writeValueAsString(root);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
