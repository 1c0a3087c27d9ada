package org.dropoutspec.report;

import static j2html.TagCreator.a;
import static j2html.TagCreator.attrs;
import static j2html.TagCreator.body;
import static j2html.TagCreator.code;
import static j2html.TagCreator.details;
import static j2html.TagCreator.div;
import static j2html.TagCreator.document;
import static j2html.TagCreator.each;
import static j2html.TagCreator.footer;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.head;
import static j2html.TagCreator.header;
import static j2html.TagCreator.html;
import static j2html.TagCreator.iff;
import static j2html.TagCreator.li;
import static j2html.TagCreator.main;
import static j2html.TagCreator.meta;
import static j2html.TagCreator.p;
import static j2html.TagCreator.pre;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.section;
import static j2html.TagCreator.span;
import static j2html.TagCreator.style;
import static j2html.TagCreator.summary;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.title;
import static j2html.TagCreator.tr;
import static j2html.TagCreator.ul;

import com.fasterxml.jackson.databind.JsonNode;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.dropoutspec.spec.Requirement;
import org.dropoutspec.spec.Specification;

/**
 * A certificate as a page: one file without scripts that needs no network. It is made from the JSON, so that a
 * certificate of another day or another machine becomes one too. What an adapter says of itself is escaped.
 */
final class Page {
    /** Nothing is loaded from anywhere, and nothing runs. */
    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

    private final JsonNode certificate;

    private Page(JsonNode certificate) {
        this.certificate = certificate;
    }

    /** The page of a certificate in the format {@code dropout-certificate/2}. */
    static String of(JsonNode certificate) {
        return new Page(certificate).page();
    }

    private String page() {
        return document(html(
                                head(
                                        meta().withCharset("utf-8"),
                                        meta().attr("http-equiv", "Content-Security-Policy")
                                                .withContent(POLICY),
                                        meta().withName("viewport").withContent("width=device-width, initial-scale=1"),
                                        title("Dropout certificate: " + subject()),
                                        style(rawHtml(Style.CSS))),
                                body(
                                        header(outcome(), scope()),
                                        main(findings(), matrix(), pictures(), requirements()),
                                        footer(p(provenance()))))
                        .withLang("en"))
                + "\n";
    }

    private String subject() {
        JsonNode implementation = certificate.path("implementation");
        return implementation.path("name").asText() + " "
                + implementation.path("version").asText();
    }

    private DomContent outcome() {
        String outcome = certificate.path("outcome").asText();
        boolean narrowed = certificate.at("/scope/narrowed").asBoolean();
        boolean whole = certificate.path("complete").asBoolean(true);
        String words = outcome.replace('-', ' ')
                + (outcome.equals("conformant") && narrowed ? " in scope" : "")
                + (whole ? "" : ", in the requirements selected");
        return div(
                attrs(".outcome." + outcome),
                h1(subject()),
                p(span(attrs(".verdict"), sign(outcome) + " " + words)),
                iff(
                        certificate.path("embedded_reference").asBoolean(),
                        p("This is the suite's own reference. No implementation was named.")),
                each(elements(certificate.path("not_judged")), reason -> pre("not judged: " + reason.asText())));
    }

    /** A sign beside the colour, for those who see it otherwise. */
    private static String sign(String verdict) {
        return switch (verdict) {
            case "conformant", "pass" -> "\u2713";
            case "nonconformant", "fail" -> "\u2717";
            case "unsupported" -> "\u2013";
            default -> "?";
        };
    }

    private DomContent scope() {
        List<DomContent> items = new ArrayList<>();
        for (JsonNode operation : certificate.path("operations")) {
            items.add(li(
                    code(operation.path("operation").asText()),
                    span(": " + list(operation.path("dtypes")) + "; up to " + grouped(operation.path("largest_input"))
                            + " elements, ranks " + list(operation.path("ranks")) + rates(operation.path("rates")))));
        }
        for (JsonNode other : certificate.path("operations_not_judged")) {
            items.add(li(code(other.asText()), span(": declared, not judged by this version")));
        }
        for (JsonNode entry : certificate.at("/scope/not_asked")) {
            items.add(li("not asked (" + entry.path("reason").asText() + "): " + list(entry.path("requirements"))));
        }
        return section(h2("What was judged"), ul(each(items, item -> item)), p(counts()));
    }

    private static String rates(JsonNode rates) {
        return rates.has("least")
                ? String.format(
                        Locale.ROOT,
                        ", rates %s%.3g to %s%s",
                        rates.path("zero").asBoolean() ? "0, " : "",
                        rates.path("least").asDouble(),
                        nearOne(rates.path("greatest").asDouble()),
                        rates.path("one").asBoolean() ? ", 1" : "")
                : "";
    }

    private static String nearOne(double rate) {
        return rate > 0.999
                ? String.format(Locale.ROOT, "1 - %.3g", 1 - rate)
                : String.format(Locale.ROOT, "%.4g", rate);
    }

    private static String grouped(JsonNode number) {
        return String.format(Locale.ROOT, "%,d", number.asLong());
    }

    private static List<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
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
        return all().stream()
                .filter(entry -> entry.path("verdict").asText().equals(verdict))
                .count();
    }

    private List<JsonNode> all() {
        return elements(certificate.path("requirements"));
    }

    private DomContent findings() {
        List<JsonNode> failed = all().stream()
                .filter(entry ->
                        List.of("fail", "error").contains(entry.path("verdict").asText())
                                || entry.path("verdict").asText().equals("inconclusive")
                                        && !entry.path("evidence").has("because_of"))
                .toList();
        if (failed.isEmpty()) {
            return section(h2("Findings"), p("None."));
        }
        return section(h2("Findings"), each(failed, this::finding));
    }

    private DomContent finding(JsonNode entry) {
        List<String> echoes = all().stream()
                .filter(other -> other.path("operation").equals(entry.path("operation"))
                        && other.at("/evidence/because_of")
                                .asText()
                                .equals(entry.path("id").asText()))
                .map(other -> other.path("id").asText())
                .toList();
        String[] lines = entry.path("message").asText().split("\n", 2);
        return div(
                attrs("#finding-" + anchor(entry) + ".finding."
                        + entry.path("verdict").asText()),
                h3(
                        span(attrs(".sign"), sign(entry.path("verdict").asText()) + " "),
                        a(name(entry)).withHref("#" + anchor(entry)),
                        span(" " + entry.path("level").asText() + " "
                                + entry.path("title").asText())),
                p(lines[0]),
                iff(lines.length > 1, pre(lines.length > 1 ? lines[1] : "")),
                iff(
                        !echoes.isEmpty(),
                        p("Seen again by " + String.join(", ", echoes)
                                + (echoes.size() == 1
                                        ? ", which says nothing of its own."
                                        : ", which say nothing of their own."))),
                iff(
                        entry.has("counterexample"),
                        p("As a golden vector: " + entry.path("counterexample").asText()
                                + " in counterexamples.json.")),
                iff(
                        entry.has("replay"),
                        pre(attrs(".replay"), entry.path("replay").asText())));
    }

    private static String name(JsonNode entry) {
        String operation = entry.path("operation").asText();
        return (operation.equals("dropout") ? "" : operation + ":")
                + entry.path("id").asText();
    }

    private static String anchor(JsonNode entry) {
        return entry.path("operation").asText() + "-" + entry.path("id").asText();
    }

    private DomContent matrix() {
        List<String> operations = all().stream()
                .map(entry -> entry.path("operation").asText())
                .distinct()
                .toList();
        List<String> chapters = all().stream().map(Page::chapter).distinct().toList();
        return section(
                h2("By operation and chapter"),
                div(
                        attrs(".wide"),
                        table(
                                thead(tr(th(""), each(operations, operation -> th(code(operation))))),
                                tbody(each(
                                        chapters,
                                        chapter -> tr(
                                                th(chapter),
                                                each(operations, operation -> cell(operation, chapter))))))));
    }

    private static String chapter(JsonNode entry) {
        String id = entry.path("id").asText();
        return id.substring(0, id.indexOf('-'));
    }

    private DomContent cell(String operation, String chapter) {
        List<JsonNode> here = all().stream()
                .filter(entry -> entry.path("operation").asText().equals(operation)
                        && chapter(entry).equals(chapter))
                .toList();
        if (here.isEmpty()) {
            return td();
        }
        List<DomContent> squares = new ArrayList<>();
        for (JsonNode entry : here) {
            String verdict = entry.path("verdict").asText();
            squares.add(a(attrs(".square." + verdict), sign(verdict))
                    .withHref("#" + anchor(entry))
                    .withTitle(entry.path("id").asText() + " "
                            + entry.path("title").asText() + ": " + verdict));
        }
        return td(attrs(squares.size() > 3 ? ".squares" : ".few"), each(squares, square -> square));
    }

    private DomContent pictures() {
        List<DomContent> pictures = Pictures.of(certificate);
        return iff(!pictures.isEmpty(), section(h2("What was measured"), each(pictures, picture -> picture)));
    }

    private DomContent requirements() {
        return section(h2("Every requirement"), each(all(), this::requirement));
    }

    private DomContent requirement(JsonNode entry) {
        String verdict = entry.path("verdict").asText();
        String id = entry.path("id").asText();
        Specification specification = Specification.embedded();
        List<DomContent> text = new ArrayList<>();
        if (specification.has(id)) {
            Requirement requirement = specification.requirement(id);
            text.add(p(requirement.sentence()));
            text.add(ul(each(
                    requirement
                            .text()
                            .lines()
                            .filter(line -> line.startsWith("- "))
                            .toList(),
                    line -> li(line.substring(2)))));
        }
        String message = entry.path("message").asText();
        return details(
                attrs("." + verdict),
                summary(
                        span(attrs(".square." + verdict), sign(verdict)),
                        span(" " + name(entry) + " "),
                        span(attrs(".level"), entry.path("level").asText()),
                        span(" " + entry.path("title").asText())),
                // inside, so that a browser opens what a link leads to
                div(attrs("#" + anchor(entry)), each(text, part -> part), iff(!message.isEmpty(), pre(message))));
    }

    private String provenance() {
        return "Dropout conformance suite " + certificate.at("/suite/version").asText() + ", specification "
                + certificate.at("/suite/specification").asText()
                + ". Probability of a false alarm in the whole run: at most "
                + String.format(
                        Locale.ROOT,
                        "%.0e",
                        certificate.path("false_alarm_rate").asDouble()) + ".";
    }
}
