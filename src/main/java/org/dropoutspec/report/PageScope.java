package org.dropoutspec.report;

import static j2html.TagCreator.attrs;
import static j2html.TagCreator.code;
import static j2html.TagCreator.details;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.iff;
import static j2html.TagCreator.li;
import static j2html.TagCreator.p;
import static j2html.TagCreator.span;
import static j2html.TagCreator.summary;
import static j2html.TagCreator.ul;

import com.fasterxml.jackson.databind.JsonNode;
import j2html.TagCreator;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;

/** What was judged, and what was not: the operations, the types and sizes, and how many verdicts of each kind. */
record PageScope(JsonNode certificate) {
    DomContent section() {
        Map<String, List<String>> alike = new LinkedHashMap<>();
        for (JsonNode operation : certificate.path("operations")) {
            alike.computeIfAbsent(extent(operation), any -> new ArrayList<>())
                    .add(operation.path("operation").asText());
        }
        List<DomContent> items = new ArrayList<>();
        alike.forEach((extent, operations) -> items.add(li(code(String.join(", ", operations)), span(": " + extent))));
        for (JsonNode other : certificate.path("operations_not_judged")) {
            items.add(li(code(other.asText()), span(": declared, not judged by this version")));
        }
        return TagCreator.section(h2("What was judged"), ul(each(items, item -> item)), p(counts()), notAsked());
    }

    private static String extent(JsonNode operation) {
        return operation.path("ranks").isEmpty() ? "nothing was asked" : asked(operation);
    }

    private static String asked(JsonNode operation) {
        return list(operation.path("dtypes")) + "; up to " + grouped(operation.path("largest_input"))
                + " elements, ranks " + range(operation.path("ranks")) + rates(operation.path("rates"));
    }

    /** The ranks in words; without a gap {@code 0 to 6}. */
    private static String range(JsonNode ranks) {
        int last = ranks.size() - 1;
        boolean gapless = last > 1 && ranks.get(last).asInt() - ranks.get(0).asInt() == last;
        return gapless ? ranks.get(0).asText() + " to " + ranks.get(last).asText() : list(ranks);
    }

    /** What was not asked, folded, since the list is long where little is declared. On paper it is shown. */
    private DomContent notAsked() {
        List<DomContent> items = new ArrayList<>();
        int requirements = 0;
        for (JsonNode entry : certificate.at("/scope/not_asked")) {
            items.add(li(entry.path("reason").asText() + ": " + list(entry.path("requirements"))));
            requirements += entry.path("requirements").size();
        }
        return iff(
                !items.isEmpty(),
                details(
                        attrs(".paper"),
                        summary("Not asked: " + requirements + (requirements == 1 ? " requirement" : " requirements")),
                        ul(each(items, item -> item))));
    }

    private static String rates(JsonNode rates) {
        return rates.has("least")
                ? String.format(
                        Locale.ROOT,
                        ", rates %s%.2g to %s%s",
                        rates.path("zero").asBoolean() ? "0, " : "",
                        rates.path("least").asDouble(),
                        nearOne(rates.path("greatest").asDouble()),
                        rates.path("one").asBoolean() ? " and 1" : "")
                : "";
    }

    private static String nearOne(double rate) {
        return rate > 0.999
                ? String.format(Locale.ROOT, "1 - %.2g", 1 - rate)
                : String.format(Locale.ROOT, "%.4g", rate);
    }

    private static String grouped(JsonNode number) {
        return String.format(Locale.ROOT, "%,d", number.asLong());
    }

    private static String list(JsonNode array) {
        return String.join(
                ", ",
                StreamSupport.stream(array.spliterator(), false)
                        .map(JsonNode::asText)
                        .toList());
    }

    private String counts() {
        return String.format(
                Locale.ROOT,
                "%d passed, %d failed, %d unsupported, %d inconclusive, %d in error. Tier %s, seed %d, %s elements.",
                count("pass"),
                count("fail"),
                count("unsupported"),
                count("inconclusive"),
                count("error"),
                certificate.path("tier").asText(),
                certificate.path("seed").asLong(),
                grouped(certificate.path("elements")));
    }

    private long count(String verdict) {
        return StoredVerdict.all(certificate).stream()
                .filter(entry -> entry.verdict().equals(verdict))
                .count();
    }
}
