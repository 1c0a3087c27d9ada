package org.dropoutspec.report;

import static j2html.TagCreator.body;
import static j2html.TagCreator.document;
import static j2html.TagCreator.head;
import static j2html.TagCreator.html;
import static j2html.TagCreator.meta;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.style;
import static j2html.TagCreator.title;

import j2html.tags.DomContent;

/** A page that is one file: it loads nothing and runs nothing. */
public final class StandalonePage {
    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

    private StandalonePage() {}

    /** The page, in English, in the style of all pages. */
    public static String of(String title, DomContent... body) {
        return document(html(
                                head(
                                        meta().withCharset("utf-8"),
                                        meta().attr("http-equiv", "Content-Security-Policy")
                                                .withContent(POLICY),
                                        meta().withName("viewport").withContent("width=device-width, initial-scale=1"),
                                        title(title),
                                        style(rawHtml(Style.CSS))),
                                body(body))
                        .withLang("en"))
                + "\n";
    }
}
