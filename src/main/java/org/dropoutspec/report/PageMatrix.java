package org.dropoutspec.report;

import static j2html.TagCreator.a;
import static j2html.TagCreator.attrs;
import static j2html.TagCreator.code;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.p;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.span;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.text;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;

import j2html.TagCreator;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;

/** By operation and chapter: how many requirements passed or were not asked, and the numbers of all others. */
record PageMatrix(List<StoredVerdict> all) {
    DomContent section() {
        List<String> operations =
                all.stream().map(StoredVerdict::operation).distinct().toList();
        List<String> chapters =
                all.stream().map(StoredVerdict::chapter).distinct().toList();
        return TagCreator.section(
                h2("By operation and chapter"),
                div(
                        attrs(".wide"),
                        table(
                                attrs(".matrix"),
                                thead(tr(th(""), each(operations, operation -> th(code(broken(operation)))))),
                                tbody(each(
                                        chapters,
                                        chapter -> tr(
                                                th(chapter),
                                                each(operations, operation -> cell(operation, chapter))))))),
                legend());
    }

    private DomContent legend() {
        List<DomContent> words = new ArrayList<>();
        for (String verdict : List.of("pass", "fail", "inconclusive", "error", "unsupported")) {
            if (all.stream().anyMatch(entry -> entry.verdict().equals(verdict))) {
                words.add(span(attrs(".square." + verdict), StoredVerdict.sign(verdict)));
                words.add(span(attrs(".level"), verdict + " "));
            }
        }
        if (all.stream().anyMatch(StoredVerdict::isAdvice)) {
            words.add(span(attrs(".square.fail.advice"), StoredVerdict.sign("fail")));
            words.add(span(attrs(".level"), "fail of a SHOULD "));
        }
        return p(each(words, word -> word));
    }

    /** The name of an operation, with a possible line break after each underscore. */
    private static DomContent broken(String operation) {
        List<String> words = List.of(operation.split("(?<=_)"));
        return each(words, word -> each(text(word), rawHtml("<wbr>")));
    }

    private DomContent cell(String operation, String chapter) {
        List<StoredVerdict> here = all.stream()
                .filter(entry ->
                        entry.operation().equals(operation) && entry.chapter().equals(chapter))
                .toList();
        List<DomContent> parts = new ArrayList<>();
        here.stream()
                .filter(entry -> !isCounted(entry.verdict()))
                .forEach(entry -> parts.add(square(entry, entry.sign() + " " + number(entry))));
        for (String verdict : List.of("pass", "unsupported")) {
            List<StoredVerdict> counted = here.stream()
                    .filter(entry -> entry.verdict().equals(verdict))
                    .toList();
            if (!counted.isEmpty()) {
                parts.add(square(counted.get(0), counted.get(0).sign() + " " + counted.size()));
            }
        }
        return td(each(parts, part -> part));
    }

    /** The number within the chapter; the row names the chapter. */
    private static String number(StoredVerdict entry) {
        return entry.id().substring(entry.chapter().length() + 1);
    }

    private static boolean isCounted(String verdict) {
        return verdict.equals("pass") || verdict.equals("unsupported");
    }

    private static DomContent square(StoredVerdict entry, String words) {
        DomContent link = isCounted(entry.verdict())
                ? a(attrs(".square." + entry.verdict()), words).withHref("#" + entry.anchor())
                : a(attrs(".square" + entry.look()), words)
                        .withHref("#" + entry.anchor())
                        .withTitle(entry.id() + " " + entry.title() + ": " + entry.verdict());
        return link;
    }
}
