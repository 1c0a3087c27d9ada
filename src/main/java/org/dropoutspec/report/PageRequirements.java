package org.dropoutspec.report;

import static j2html.TagCreator.a;
import static j2html.TagCreator.attrs;
import static j2html.TagCreator.details;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.iff;
import static j2html.TagCreator.li;
import static j2html.TagCreator.p;
import static j2html.TagCreator.pre;
import static j2html.TagCreator.span;
import static j2html.TagCreator.summary;
import static j2html.TagCreator.ul;

import j2html.TagCreator;
import j2html.tags.DomContent;
import java.util.List;
import org.dropoutspec.spec.Requirement;
import org.dropoutspec.spec.Specification;

/** Every requirement with its sentence, its verdict and the message. Each can be unfolded. */
record PageRequirements(List<StoredVerdict> all) {
    DomContent section() {
        List<String> operations =
                all.stream().map(StoredVerdict::operation).distinct().toList();
        return TagCreator.section(
                h2("Every requirement"),
                each(
                        operations,
                        operation -> TagCreator.section(
                                iff(operations.size() > 1, h3(operation)),
                                each(
                                        all.stream()
                                                .filter(entry ->
                                                        entry.operation().equals(operation))
                                                .toList(),
                                        this::requirement))));
    }

    private DomContent requirement(StoredVerdict entry) {
        String message = entry.message();
        return details(
                attrs("." + entry.verdict()),
                summary(
                        span(attrs(".square" + entry.look()), entry.sign()),
                        span(" " + entry.name() + " "),
                        span(attrs(".level"), entry.level()),
                        span(" " + entry.title())),
                // the anchor is inside, so that a browser unfolds the requirement that a link leads to
                div(
                        attrs("#" + entry.anchor()),
                        each(sentences(entry), part -> part),
                        iff(!message.isEmpty(), pre(message))));
    }

    /** Empty for a requirement unknown to this version. Details stand once, at the first operation that has it. */
    private List<DomContent> sentences(StoredVerdict entry) {
        Specification specification = Specification.embedded();
        if (!specification.has(entry.id())) {
            return List.of();
        }
        Requirement requirement = specification.requirement(entry.id());
        StoredVerdict first = all.stream()
                .filter(other -> other.id().equals(entry.id()))
                .findFirst()
                .orElseThrow();
        if (!first.operation().equals(entry.operation())) {
            return List.of(
                    p(requirement.sentence()), p(a("Why, and how it is checked").withHref("#" + first.anchor())));
        }
        List<String> details =
                requirement.text().lines().filter(line -> line.startsWith("- ")).toList();
        return List.of(p(requirement.sentence()), ul(each(details, line -> li(line.substring(2)))));
    }
}
