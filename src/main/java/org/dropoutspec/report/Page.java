package org.dropoutspec.report;

import static j2html.TagCreator.attrs;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.footer;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.header;
import static j2html.TagCreator.iff;
import static j2html.TagCreator.main;
import static j2html.TagCreator.p;
import static j2html.TagCreator.pre;
import static j2html.TagCreator.section;
import static j2html.TagCreator.span;

import com.fasterxml.jackson.databind.JsonNode;
import j2html.tags.DomContent;
import java.util.List;
import java.util.Locale;

/**
 * A certificate as a page: one file without scripts that needs no network. It is made from the JSON, so that it can be
 * made of an older certificate or one from another machine, too. What an adapter says of itself is escaped.
 */
record Page(JsonNode certificate) {
    /** The page of a certificate in the format {@code dropout-certificate/2}. */
    static String of(JsonNode certificate) {
        return new Page(certificate).page();
    }

    private String page() {
        List<StoredVerdict> all = StoredVerdict.all(certificate);
        PageFindings findings = new PageFindings(all, StoredCertificate.reasons(certificate));
        DomContent matrix = new PageMatrix(all).section();
        return StandalonePage.of(
                "Dropout certificate: " + subject(),
                header(outcome(), new PageScope(certificate).section()),
                main(
                        iff(findings.areMany(), matrix),
                        findings.section(),
                        iff(!findings.areMany(), matrix),
                        pictures(),
                        new PageRequirements(all).section()),
                footer(p(provenance())));
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
                p(span(attrs(".verdict"), StoredVerdict.sign(outcome) + " " + words)),
                iff(
                        certificate.path("embedded_reference").asBoolean(),
                        p("This is the suite's own reference. No implementation was named.")),
                each(StoredCertificate.reasons(certificate), reason -> pre("not judged: " + reason)));
    }

    private DomContent pictures() {
        List<DomContent> pictures = Pictures.of(certificate);
        return iff(!pictures.isEmpty(), section(h2("What was measured"), each(pictures, picture -> picture)));
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
