package org.dropoutspec.report;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.dropoutspec.certify.Shard;
import org.dropoutspec.contract.Answers;
import org.dropoutspec.contract.Examination;
import org.dropoutspec.contract.Inquiry;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.oracle.Sighting;
import org.dropoutspec.sampling.Conclusion;
import org.dropoutspec.sampling.Counted;
import org.dropoutspec.sampling.Part;
import org.dropoutspec.tensor.DType;

/** The result of a shard as JSON in its certificate, with all that merge needs of it. */
final class ShardJson {
    /** Whole numbers are read as long, so that the values come back as they were written. */
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_LONG_FOR_INTS)
            .build();

    private ShardJson() {}

    static ObjectNode of(Shard shard) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("number", shard.part().number() + 1);
        node.put("of", shard.part().of());
        ArrayNode sites = node.putArray("sites");
        shard.sites().forEach(site -> sites.add(of(site)));
        return node;
    }

    private static ObjectNode of(Shard.AtSite site) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("operation", site.operation());
        node.put("site", site.site());
        site.obstacle().ifPresent(obstacle -> node.put("obstacle", obstacle));
        Examination examination = site.examination();
        ArrayNode verdicts = node.putArray("verdicts");
        examination.verdicts().forEach((id, verdict) -> verdicts.add(of(id, verdict)));
        ArrayNode seen = node.putArray("seen");
        new TreeMap<>(examination.seen()).values().forEach(sighting -> seen.add(of(sighting)));
        node.set("asked", of(examination.inquiry()));
        node.put("elements", examination.elements());
        node.set("faults", MAPPER.valueToTree(examination.faults()));
        node.set("discarded", MAPPER.valueToTree(examination.discarded()));
        examination.shapes().ifPresent(shapes -> node.put("shapes", shapes));
        examination.failure().ifPresent(failure -> node.put("failure", failure));
        examination.counted().ifPresent(counted -> node.set("masks", of(counted)));
        return node;
    }

    private static ObjectNode of(Sighting sighting) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("id", sighting.requirement()).put("what", sighting.what());
        node.put("gradient", sighting.ofGradient()).put("whatever_the_mask", sighting.whateverTheMask());
        sighting.partOf().ifPresent(whole -> node.put("part_of", whole));
        return node;
    }

    private static Sighting sighting(JsonNode entry) {
        return new Sighting(
                entry.path("id").asText(),
                entry.path("what").asText(),
                entry.path("gradient").asBoolean(),
                text(entry, "part_of"),
                entry.path("whatever_the_mask").asBoolean());
    }

    private static ObjectNode of(String id, Verdict verdict) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("id", id).put("verdict", verdict.word()).put("message", verdict.message());
        if (verdict instanceof Verdict.Unsupported unsupported && !unsupported.applies()) {
            node.put("applies", false);
        }
        node.set("evidence", MAPPER.valueToTree(verdict.evidence()));
        return node;
    }

    private static ObjectNode of(Counted counted) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("process", counted.number());
        node.put("undecided", counted.nothing() instanceof Conclusion.Undecided);
        node.put("nothing", counted.nothing().message());
        ArrayNode seen = node.putArray("seen");
        new TreeMap<>(counted.seen()).forEach((id, broken) -> {
            ObjectNode entry = seen.addObject().put("id", id).put("message", broken.message());
            entry.set("evidence", MAPPER.valueToTree(broken.evidence()));
        });
        node.put("counts", counted.counts());
        return node;
    }

    private static ObjectNode of(Inquiry inquiry) {
        ObjectNode node = MAPPER.createObjectNode();
        node.set("types", answers(inquiry.types()));
        node.set("capabilities", answers(inquiry.capabilities()));
        ArrayNode trained = node.putArray("trained");
        inquiry.trained().forEach(dtype -> trained.add(dtype.name()));
        node.put("largest", inquiry.largest());
        node.set("ranks", MAPPER.valueToTree(inquiry.ranks()));
        node.put("zero", inquiry.rates().zero()).put("one", inquiry.rates().one());
        if (!Double.isNaN(inquiry.rates().least())) {
            node.put("least", inquiry.rates().least())
                    .put("greatest", inquiry.rates().greatest());
        }
        return node;
    }

    private static ObjectNode answers(Map<? extends Enum<?>, Answers> counted) {
        ObjectNode node = MAPPER.createObjectNode();
        counted.forEach((kind, answers) -> node.putArray(kind.name())
                .add(answers.answered())
                .add(answers.rejected())
                .add(answers.discarded())
                .add(answers.broken()));
        return node;
    }

    /** @throws IllegalArgumentException when the node is not the result of a shard */
    static Shard read(JsonNode node) {
        List<Shard.AtSite> sites = new ArrayList<>();
        for (JsonNode site : node.path("sites")) {
            sites.add(new Shard.AtSite(
                    site.path("operation").asText(),
                    site.path("site").asText(),
                    examination(site),
                    text(site, "obstacle")));
        }
        return new Shard(
                new Part(node.path("number").asInt() - 1, node.path("of").asInt()), sites);
    }

    private static Examination examination(JsonNode site) {
        Map<String, Verdict> verdicts = new LinkedHashMap<>();
        site.path("verdicts").forEach(entry -> verdicts.put(entry.path("id").asText(), verdict(entry)));
        Map<String, Sighting> seen = new LinkedHashMap<>();
        site.path("seen").forEach(entry -> seen.put(entry.path("id").asText(), sighting(entry)));
        List<String> faults = new ArrayList<>();
        site.path("faults").forEach(fault -> faults.add(fault.asText()));
        Map<String, Long> discarded = new TreeMap<>();
        site.path("discarded")
                .properties()
                .forEach(entry -> discarded.put(entry.getKey(), entry.getValue().asLong()));
        return new Examination(
                verdicts,
                seen,
                inquiry(site.path("asked")),
                site.path("elements").asLong(),
                faults,
                List.of(),
                site.has("masks") ? Optional.of(counted(site.path("masks"))) : Optional.empty(),
                text(site, "failure"),
                discarded,
                text(site, "shapes"));
    }

    private static Verdict verdict(JsonNode entry) {
        String message = entry.path("message").asText();
        Map<String, Object> evidence = evidence(entry);
        return switch (entry.path("verdict").asText()) {
            case "pass" -> new Verdict.Pass(message, evidence);
            case "fail" -> new Verdict.Fail(message, evidence);
            case "unsupported" ->
                new Verdict.Unsupported(message, entry.path("applies").asBoolean(true), evidence);
            case "inconclusive" -> new Verdict.Inconclusive(message, evidence);
            default -> new Verdict.Error(message);
        };
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> evidence(JsonNode entry) {
        try {
            return entry.path("evidence").isObject()
                    ? MAPPER.readerFor(LinkedHashMap.class).readValue(entry.path("evidence"))
                    : new LinkedHashMap<>();
        } catch (IOException never) {
            throw new IllegalArgumentException("evidence must be an object", never);
        }
    }

    private static Counted counted(JsonNode node) {
        Map<String, Conclusion.Rejected> seen = new TreeMap<>();
        node.path("seen")
                .forEach(entry -> seen.put(
                        entry.path("id").asText(),
                        new Conclusion.Rejected(entry.path("message").asText(), evidence(entry), List.of())));
        String why = node.path("nothing").asText();
        Conclusion nothing = node.path("undecided").asBoolean()
                ? new Conclusion.Undecided(why, Map.of())
                : new Conclusion.Inapplicable(why);
        String counts = node.path("counts").textValue();
        try {
            return new Counted(
                    node.path("process").asInt(),
                    counts == null ? new byte[] {0} : Base64.getDecoder().decode(counts),
                    seen,
                    nothing);
        } catch (IllegalArgumentException damaged) {
            throw new IllegalArgumentException("counts must be in base64", damaged);
        }
    }

    private static Inquiry inquiry(JsonNode node) {
        TreeSet<Integer> ranks = new TreeSet<>();
        node.path("ranks").forEach(rank -> ranks.add(rank.asInt()));
        return new Inquiry(
                answers(node.path("types"), DType::valueOf),
                answers(node.path("capabilities"), Capability::valueOf),
                DescriptionJson.values(node, "trained", DType.class),
                node.path("largest").asLong(),
                ranks,
                new Inquiry.Rates(
                        node.path("zero").asBoolean(),
                        node.path("least").asDouble(Double.NaN),
                        node.path("greatest").asDouble(Double.NaN),
                        node.path("one").asBoolean()));
    }

    private static <K> Map<K, Answers> answers(JsonNode node, Function<String, K> kind) {
        Map<K, Answers> answers = new LinkedHashMap<>();
        node.properties()
                .forEach(entry -> answers.put(
                        kind.apply(entry.getKey()),
                        new Answers(
                                entry.getValue().path(0).asLong(),
                                entry.getValue().path(1).asLong(),
                                entry.getValue().path(2).asLong(),
                                entry.getValue().path(3).asLong())));
        return answers;
    }

    private static Optional<String> text(JsonNode node, String field) {
        return node.has(field) ? Optional.of(node.path(field).asText()) : Optional.empty();
    }
}
