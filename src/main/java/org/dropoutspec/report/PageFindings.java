package org.dropoutspec.report;

import static j2html.TagCreator.a;
import static j2html.TagCreator.attrs;
import static j2html.TagCreator.details;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.iff;
import static j2html.TagCreator.p;
import static j2html.TagCreator.pre;
import static j2html.TagCreator.span;
import static j2html.TagCreator.summary;
import static j2html.TagCreator.text;

import com.fasterxml.jackson.databind.JsonNode;
import j2html.TagCreator;
import j2html.tags.DomContent;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What failed and what could not be decided; what several requirements have in common is told once.
 *
 * @param reasons why the run as a whole was not judged; the page tells them before
 */
record PageFindings(List<StoredVerdict> all, List<String> reasons) {
    /** Findings after this many are folded. */
    private static final int UNFOLDED = 10;

    DomContent section() {
        List<StoredVerdict> findings = all.stream()
                .filter(StoredVerdict::isFinding)
                .sorted(Comparator.comparing(StoredVerdict::isAdvice))
                .toList();
        List<List<StoredVerdict>> told =
                StoredVerdict.findings(findings.stream().filter(entry -> !entry.isEndedBy(reasons)));
        int ended = findings.size() - told.stream().mapToInt(List::size).sum();
        DomContent end = iff(
                ended > 0,
                p(counted(ended, "requirement was", "requirements were") + " not judged, for the reason told above."));
        if (told.isEmpty()) {
            return TagCreator.section(h2("Findings"), ended > 0 ? end : p("None."));
        }
        int shown = Math.min(told.size(), UNFOLDED);
        return TagCreator.section(
                h2(heading(told)),
                each(told.subList(0, shown), this::finding),
                each(told.subList(shown, told.size()), this::folded),
                end);
    }

    /** Whether there are so many findings that an overview goes before them. */
    boolean areMany() {
        return all.stream().filter(StoredVerdict::isFinding).count() > UNFOLDED;
    }

    private static String heading(List<List<StoredVerdict>> told) {
        List<List<StoredVerdict>> found =
                told.stream().filter(alike -> !alike.get(0).isError()).toList();
        int findings = found.stream().mapToInt(List::size).sum();
        long advice = found.stream()
                .flatMap(List::stream)
                .filter(StoredVerdict::isAdvice)
                .count();
        int broken = told.stream().mapToInt(List::size).sum() - findings;
        String words = findings == 1 ? "One finding" : findings + " findings";
        String requirements =
                found.size() == findings ? "" : " of " + counted(found.size(), "requirement", "requirements");
        return broken == 0 || findings > 0
                ? words
                        + requirements
                        + (advice == 0 ? "" : ", " + advice + " of a SHOULD")
                        + (broken == 0 ? "" : "; " + broken + " not judged")
                : counted(broken, "requirement", "requirements") + " not judged";
    }

    private static String counted(int number, String one, String more) {
        return number + " " + (number == 1 ? one : more);
    }

    private DomContent finding(List<StoredVerdict> alike) {
        StoredVerdict first = alike.get(0);
        return div(attrs(place(first) + ".finding" + first.look()), h3(heading(first)), body(first), others(alike));
    }

    private DomContent folded(List<StoredVerdict> alike) {
        StoredVerdict first = alike.get(0);
        return details(
                attrs(place(first) + ".paper.finding" + first.look()),
                summary(heading(first)),
                body(first),
                others(alike));
    }

    /** The same finding in other operations. Where a check broke, only their names: it broke there in the same way. */
    private DomContent others(List<StoredVerdict> alike) {
        List<StoredVerdict> others = alike.subList(1, alike.size());
        if (alike.get(0).isError() && !others.isEmpty()) {
            return p(
                    text("The same of " + counted(others.size(), "other: ", "others: ")),
                    each(
                            others,
                            other -> span(
                                    attrs(place(other)), a(other.name()).withHref("#" + other.anchor()), text(" "))));
        }
        return iff(
                !others.isEmpty(),
                details(
                        attrs(".paper.quiet"),
                        summary("Also in "
                                + others.stream().map(StoredVerdict::operation).collect(Collectors.joining(", "))),
                        each(others, other -> div(attrs(place(other)), h3(heading(other)), body(other)))));
    }

    private static String place(StoredVerdict entry) {
        return "#finding-" + entry.anchor();
    }

    private static DomContent heading(StoredVerdict entry) {
        return span(
                span(attrs(".sign"), entry.sign() + " "),
                a(entry.name()).withHref("#" + entry.anchor()),
                span(" " + entry.level() + " " + entry.title()));
    }

    private DomContent body(StoredVerdict entry) {
        List<String> echoes = all.stream()
                .filter(other -> other.operation().equals(entry.operation())
                        && other.cause().equals(entry.id()))
                .map(StoredVerdict::id)
                .toList();
        String[] lines = entry.message().split("\n", 2);
        JsonNode json = entry.json();
        return div(
                p(lines[0]),
                iff(lines.length > 1, pre(lines.length > 1 ? lines[1] : "")),
                iff(
                        !echoes.isEmpty(),
                        p("Seen again by " + String.join(", ", echoes)
                                + (echoes.size() == 1
                                        ? ", which says nothing of its own."
                                        : ", which say nothing of their own."))),
                iff(SeriesPicture.isDrawn(entry), p(a("See it drawn").withHref("#" + SeriesPicture.anchor(entry)))),
                iff(
                        json.has("counterexample"),
                        p("As a golden vector: " + json.path("counterexample").asText() + " in counterexamples.json.")),
                iff(
                        json.has("replay"),
                        pre(attrs(".replay"), json.path("replay").asText())));
    }
}
