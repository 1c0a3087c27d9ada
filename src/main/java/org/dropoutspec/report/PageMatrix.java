package org.dropoutspec.report;

import static j2html.TagCreator.a;
import static j2html.TagCreator.attrs;
import static j2html.TagCreator.code;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;

import j2html.TagCreator;
import j2html.tags.DomContent;
import java.util.List;

/** A square a requirement, by operation and chapter. */
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
                                thead(tr(th(""), each(operations, operation -> th(code(operation))))),
                                tbody(each(
                                        chapters,
                                        chapter -> tr(
                                                th(chapter),
                                                each(operations, operation -> cell(operation, chapter))))))));
    }

    private DomContent cell(String operation, String chapter) {
        List<DomContent> squares = all.stream()
                .filter(entry ->
                        entry.operation().equals(operation) && entry.chapter().equals(chapter))
                .map(PageMatrix::square)
                .toList();
        if (squares.isEmpty()) {
            return td();
        }
        return td(attrs(squares.size() > 3 ? ".squares" : ".few"), each(squares, square -> square));
    }

    private static DomContent square(StoredVerdict entry) {
        return a(attrs(".square." + entry.verdict()), entry.sign())
                .withHref("#" + entry.anchor())
                .withTitle(entry.id() + " " + entry.title() + ": " + entry.verdict());
    }
}
