package org.dropoutspec.report;

import static j2html.TagCreator.a;
import static j2html.TagCreator.attrs;
import static j2html.TagCreator.code;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.iff;
import static j2html.TagCreator.main;
import static j2html.TagCreator.p;
import static j2html.TagCreator.span;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;

import j2html.tags.DomContent;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** A page that compares certificates: one table of the rows in which they differ, another one of the rest. */
final class ComparisonPage {
    private final Comparison comparison;

    ComparisonPage(Comparison comparison) {
        this.comparison = comparison;
    }

    String text() {
        List<String> ofOne = where(
                declared -> declared.size() == 1 && comparison.certificates().size() > 1);
        List<String> differing = where(declared -> Set.copyOf(declared).size() > 1);
        List<String> alike = new ArrayList<>(comparison.rows());
        alike.removeAll(ofOne);
        alike.removeAll(differing);
        return StandalonePage.of(
                "Dropout certificates",
                main(
                        h1("Dropout certificates"),
                        p(span(
                                attrs(".level"),
                                "By operation and chapter. \u2717 what failed, by its number, in a frame where it is a MUST; "
                                        + "? what could not be decided; \u2713 how many passed; \u2013 how many were not "
                                        + "asked. An empty cell: the operation is not declared.")),
                        h2("Where they differ"),
                        differing.isEmpty() ? p("Nowhere.") : matrix(differing),
                        h2("Where they agree"),
                        alike.isEmpty() ? p("Nowhere.") : matrix(alike),
                        iff(!ofOne.isEmpty(), div(h2("What one alone declares"), matrix(ofOne)))));
    }

    /** The rows whose verdicts pass a test. Only certificates that declare the row's operation are looked at. */
    private List<String> where(Predicate<List<Map<String, String>>> so) {
        return comparison.rows().stream()
                .filter(row -> so.test(comparison.certificates().stream()
                        .map(one -> Comparison.ofRow(one, row))
                        .filter(verdicts -> !verdicts.isEmpty())
                        .toList()))
                .toList();
    }

    /** A sign for each verdict on a row, linked to the place on the certificate's own page that tells the first one. */
    private DomContent cell(StoredCertificate certificate, String row) {
        Map<String, String> verdicts = Comparison.ofRow(certificate, row);
        List<DomContent> parts = new ArrayList<>();
        for (String word : Comparison.WORST_FIRST) {
            Set<String> advice = word.equals("fail") ? certificate.advice() : Set.of();
            Map<Boolean, List<String>> named =
                    Comparison.withVerdict(verdicts, word).collect(Collectors.partitioningBy(advice::contains));
            parts.addAll(told(certificate, word, Objects.requireNonNull(named.get(false)), ""));
            parts.addAll(told(certificate, word, Objects.requireNonNull(named.get(true)), ".advice"));
        }
        return td(each(parts, part -> part));
    }

    private List<DomContent> told(StoredCertificate certificate, String word, List<String> named, String look) {
        if (named.isEmpty()) {
            return List.of();
        }
        boolean counted = word.equals("pass") || word.equals("unsupported");
        List<String> numbers = named.stream()
                .map(name -> String.valueOf(Comparison.number(name)))
                .toList();
        String told = StoredVerdict.sign(word) + " " + (counted ? named.size() : Comparison.few(numbers));
        return List.of(link(certificate, "#" + named.get(0).replace(':', '-'), told, ".square." + word + look));
    }

    /** A link to the page beside the certificate; only the words where there is no page. */
    private DomContent link(StoredCertificate certificate, String fragment, String words, String shortForm) {
        Path page = certificate.path().resolveSibling("index.html");
        if (!Files.exists(page)) {
            return span(attrs(shortForm), words);
        }
        Path base = comparison.from().toAbsolutePath().normalize();
        Path target = page.toAbsolutePath().normalize();
        String address = target.getRoot().equals(base.getRoot())
                ? StreamSupport.stream(base.relativize(target).spliterator(), false)
                        .map(name -> URLEncoder.encode(name.toString(), StandardCharsets.UTF_8)
                                .replace("+", "%20"))
                        .collect(Collectors.joining("/"))
                : target.toUri().toString();
        return a(attrs(shortForm), words).withHref(address + fragment);
    }

    private DomContent matrix(List<String> rows) {
        return div(
                attrs(".wide.across"),
                table(
                        attrs(".matrix"),
                        thead(
                                tr(
                                        th(""),
                                        each(
                                                comparison.certificates(),
                                                one -> th(link(one, "", one.title(), ".title")))),
                                tr(
                                        th("outcome"),
                                        each(
                                                comparison.certificates(),
                                                one -> td(
                                                        attrs("." + one.outcome()),
                                                        StoredVerdict.sign(one.outcome()) + " "
                                                                + one.outcome().replace('-', ' '))))),
                        tbody(each(
                                rows,
                                row -> tr(
                                        th(code(row.replace(":", " "))),
                                        each(comparison.certificates(), one -> cell(one, row)))))));
    }
}
