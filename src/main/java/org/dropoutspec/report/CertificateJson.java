package org.dropoutspec.report;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.dropoutspec.certify.Certificate;
import org.dropoutspec.implementation.Choices;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Seeding;

/** A certificate as JSON, in the format {@code dropout-certificate/1}. */
final class CertificateJson {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private CertificateJson() {}

    static ObjectNode of(Certificate certificate) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("format", "dropout-certificate/1");
        root.put("outcome", certificate.outcome().toString());
        root.put("complete", certificate.whole());
        root.putObject("suite")
                .put("version", certificate.suiteVersion())
                .put("specification", certificate.specification());
        Description implementation = certificate.implementation();
        root.set("implementation", implementation(implementation));
        ArrayNode dtypes = root.putArray("dtypes");
        implementation.dtypes().forEach(dtype -> dtypes.add(dtype.toString()));
        ArrayNode capabilities = root.putArray("capabilities");
        implementation.capabilities().forEach(capability -> capabilities.add(capability.toString()));
        root.set("choices", choices(implementation));
        ArrayNode others = root.putArray("operations_not_judged");
        implementation.operationsNotJudged().forEach(others::add);
        root.put("tier", certificate.tier().toString());
        root.put("seed", certificate.seed());
        root.put("false_alarm_rate", Certificate.FALSE_ALARM_RATE);
        root.put("elements", certificate.elements());
        root.put("seconds", certificate.duration().toMillis() / 1000.0);
        ArrayNode ledger = root.putArray("ledger");
        certificate.ledger().forEach(ledger::add);
        ArrayNode requirements = root.putArray("requirements");
        certificate.findings().forEach(finding -> {
            ObjectNode entry = requirements.addObject();
            entry.put("id", finding.requirement().id());
            entry.put("level", finding.requirement().level().toString());
            entry.put("title", finding.requirement().title());
            entry.put("verdict", finding.verdict().word());
            entry.set("evidence", MAPPER.valueToTree(finding.verdict().evidence()));
            entry.put("message", finding.verdict().message());
        });
        return root;
    }

    private static ObjectNode implementation(Description implementation) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("name", implementation.name());
        node.put("version", implementation.version());
        node.put("language", implementation.language());
        implementation.homepage().ifPresent(homepage -> node.put("homepage", homepage));
        implementation.issues().ifPresent(issues -> node.put("issues", issues));
        implementation.notes().ifPresent(notes -> node.put("notes", notes));
        return node;
    }

    private static ObjectNode choices(Description implementation) {
        Choices choices = implementation.choices();
        Seeding seeding = implementation.seeding();
        ObjectNode node = MAPPER.createObjectNode()
                .put("rate_one", lower(choices.rateOne()))
                .put("dropped_nonfinite", lower(choices.droppedNonfinite()))
                .put("scaling", lower(choices.scaling()))
                .put("rate_resolution", choices.rateResolution())
                .put("modes", lower(choices.modes()))
                .put("seed_bits", seeding.bits())
                .put("stream", lower(seeding.stream()))
                .put("seed_scope", lower(seeding.scope()));
        choices.integerInput().ifPresent(choice -> node.put("integer_input", lower(choice)));
        seeding.unseeded().ifPresent(choice -> node.put("unseeded_stream", lower(choice)));
        return node;
    }

    private static String lower(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }
}
