package org.dropoutspec.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Certificates for programs: one alone as it is, several in the format {@code dropout-comparison/1}. */
final class StoredJson {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private StoredJson() {}

    static String of(Comparison comparison) {
        List<StoredCertificate> certificates = comparison.certificates();
        JsonNode json = certificates.size() == 1 ? certificates.get(0).json() : compared(certificates);
        try {
            return MAPPER.writeValueAsString(json) + "\n";
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree can always be written", impossible);
        }
    }

    private static ObjectNode compared(List<StoredCertificate> certificates) {
        ObjectNode root = MAPPER.createObjectNode().put("format", "dropout-comparison/1");
        ArrayNode differences = root.putArray("differences");
        Set<String> names = new LinkedHashSet<>();
        certificates.forEach(one -> names.addAll(one.verdicts().keySet()));
        for (String name : names) {
            List<String> verdicts = certificates.stream()
                    .map(one -> one.verdicts().getOrDefault(name, "not asked"))
                    .toList();
            if (Set.copyOf(verdicts).size() > 1) {
                int colon = name.indexOf(':');
                ObjectNode difference = differences
                        .addObject()
                        .put("operation", name.substring(0, colon))
                        .put("id", name.substring(colon + 1));
                verdicts.forEach(difference.putArray("verdicts")::add);
            }
        }
        ArrayNode all = root.putArray("certificates");
        certificates.forEach(one -> all.add(one.json()));
        return root;
    }
}
