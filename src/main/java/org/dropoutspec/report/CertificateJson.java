package org.dropoutspec.report;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.dropoutspec.certify.Certificate;
import org.dropoutspec.certify.Judged;
import org.dropoutspec.contract.Answers;
import org.dropoutspec.contract.Inquiry;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.implementation.Choices;
import org.dropoutspec.implementation.Choices.WeightMask;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Printable;
import org.dropoutspec.implementation.Seeding;

/** A certificate as JSON, in the format {@code dropout-certificate/2}. */
final class CertificateJson {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** How long a text is at most in which an implementation describes itself, in characters. */
    private static final int LONGEST = 2000;

    private CertificateJson() {}

    /** @param replay the command that examines a requirement again, by its name */
    static ObjectNode of(Certificate certificate, Function<String, String> replay) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("format", "dropout-certificate/2");
        root.put("outcome", certificate.outcome().toString());
        root.put("complete", certificate.whole());
        root.put("embedded_reference", certificate.isOfReference());
        root.putObject("suite")
                .put("version", certificate.suiteVersion())
                .put("specification", certificate.specification());
        Description implementation = certificate.implementation();
        root.set("implementation", implementation(implementation));
        ArrayNode dtypes = root.putArray("dtypes");
        implementation.dtypes().forEach(dtype -> dtypes.add(dtype.toString()));
        ArrayNode capabilities = root.putArray("capabilities");
        implementation.capabilities().forEach(capability -> capabilities.add(capability.toString()));
        root.set("choices", choices(implementation.choices(), implementation.seeding()));
        ArrayNode operations = root.putArray("operations");
        certificate.judged().forEach(judged -> operations.add(operation(judged, implementation.seeding())));
        ArrayNode others = root.putArray("operations_not_judged");
        certificate.operationsNotJudged().forEach(others::add);
        root.set("scope", scope(certificate));
        root.put("tier", certificate.tier().toString());
        root.put("seed", certificate.seed());
        root.put("false_alarm_rate", Certificate.FALSE_ALARM_RATE);
        root.put("elements", certificate.elements());
        root.put("seconds", certificate.duration().toMillis() / 1000.0);
        ArrayNode ledger = root.putArray("ledger");
        certificate.ledger().forEach(ledger::add);
        ArrayNode reasons = root.putArray("not_judged");
        certificate.reasons().forEach(reason -> reasons.add(text(reason)));
        ArrayNode requirements = root.putArray("requirements");
        certificate.findings().forEach(finding -> {
            ObjectNode entry = requirements.addObject();
            entry.put("operation", finding.operation());
            entry.put("id", finding.requirement().id());
            entry.put("level", finding.requirement().level().toString());
            entry.put("title", finding.requirement().title());
            entry.put("verdict", finding.verdict().word());
            entry.set("evidence", MAPPER.valueToTree(finding.verdict().evidence()));
            entry.put("message", text(finding.verdict().message()));
            if (!(finding.verdict() instanceof Verdict.Pass) && !(finding.verdict() instanceof Verdict.Unsupported)) {
                entry.put(
                        "replay",
                        text(replay.apply(finding.replayed(
                                certificate.implementation().operations().size()))));
            }
        });
        return root;
    }

    private static ObjectNode implementation(Description implementation) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("name", Printable.line(implementation.name(), LONGEST));
        node.put("version", Printable.line(implementation.version(), LONGEST));
        node.put("language", Printable.line(implementation.language(), LONGEST));
        implementation.homepage().ifPresent(homepage -> node.put("homepage", Printable.line(homepage, LONGEST)));
        implementation.issues().ifPresent(issues -> node.put("issues", Printable.line(issues, LONGEST)));
        implementation.notes().ifPresent(notes -> node.put("notes", Printable.line(notes, LONGEST)));
        return node;
    }

    /** A message, line by line. Characters that JSON cannot carry, such as half of a surrogate pair, are escaped. */
    private static String text(String message) {
        return String.join("\n", Printable.lines(message));
    }

    private static ObjectNode scope(Certificate certificate) {
        Narrowing narrowing = Narrowing.of(certificate);
        ObjectNode node = MAPPER.createObjectNode();
        node.put("narrowed", certificate.isNarrowed());
        asked(node, certificate.inquiry(), "capabilities");
        return narrowed(node, narrowing);
    }

    /** @param capabilities the field that counts, for each capability, what became of the calls that needed it */
    private static ObjectNode asked(ObjectNode node, Inquiry inquiry, String capabilities) {
        node.put("largest_input", inquiry.largest());
        ArrayNode ranks = node.putArray("ranks");
        inquiry.ranks().forEach(ranks::add);
        ObjectNode rates = node.putObject("rates").put("zero", inquiry.rates().zero());
        if (!Double.isNaN(inquiry.rates().least())) {
            rates.put("least", inquiry.rates().least());
            rates.put("greatest", inquiry.rates().greatest());
        }
        rates.put("one", inquiry.rates().one());
        node.set("types", answers(inquiry.types()));
        node.set(capabilities, answers(inquiry.capabilities()));
        return node;
    }

    private static ObjectNode narrowed(ObjectNode node, Narrowing narrowing) {
        ArrayNode notAsked = node.putArray("not_asked");
        narrowing.notAsked().forEach((reason, ids) -> {
            ObjectNode entry = notAsked.addObject().put("reason", text(reason));
            ids.forEach(entry.withArray("requirements")::add);
        });
        ArrayNode inPart = node.putArray("asked_in_part");
        narrowing.discarded().forEach((type, counts) -> {
            ObjectNode entry = inPart.addObject().put("type", type);
            ObjectNode discarded = entry.putObject("discarded");
            counts.forEach(discarded::put);
        });
        return node;
    }

    private static ObjectNode answers(Map<?, Answers> counted) {
        ObjectNode node = MAPPER.createObjectNode();
        counted.forEach((name, answers) -> node.putObject(name.toString())
                .put("answered", answers.answered())
                .put("rejected", answers.rejected())
                .put("unsupported", answers.discarded())
                .put("broken", answers.broken()));
        return node;
    }

    /** An operation that was judged: what is declared about it, and how far it was asked. */
    private static ObjectNode operation(Judged judged, Seeding seeding) {
        ObjectNode node = MAPPER.createObjectNode().put("operation", judged.operation());
        judged.declared().dtypes().forEach(dtype -> node.withArray("dtypes").add(dtype.toString()));
        ArrayNode capabilities = node.putArray("capabilities");
        judged.declared().capabilities().forEach(capability -> capabilities.add(capability.toString()));
        node.set("choices", choices(judged.declared().choices(), seeding));
        return asked(node, judged.inquiry(), "asked");
    }

    private static ObjectNode choices(Choices choices, Seeding seeding) {
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
        if (choices.weightMask() == WeightMask.EXAMPLE) {
            node.put("weight_mask", lower(choices.weightMask()));
        }
        seeding.unseeded().ifPresent(choice -> node.put("unseeded_stream", lower(choice)));
        return node;
    }

    private static String lower(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }
}
