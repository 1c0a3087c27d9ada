package org.dropoutspec.report;

import static j2html.TagCreator.details;
import static j2html.TagCreator.each;
import static j2html.TagCreator.figcaption;
import static j2html.TagCreator.summary;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tag;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;

import com.fasterxml.jackson.databind.JsonNode;
import j2html.TagCreator;
import j2html.tags.ContainerTag;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Evidence against the number of elements drawn: how the verdicts of an operation's statistical tests came about. */
final class TrailPicture {
    private static final int HEIGHT = 260;
    private static final int LEFT = 70;
    private static final int RIGHT = 430;
    private static final int TOP = 14;
    private static final int BOTTOM = 220;
    /** The least and the greatest evidence that is drawn, in units of the evidence that rejects. */
    private static final double LEAST = -0.5;

    private static final double MOST = 2;
    /** The left end, where there is no evidence yet, stands at the elements of the first look divided by this. */
    private static final double BEFORE = 4;

    private static final int LINE = 14;
    /** There is room for this many names. */
    private static final int NAMES = 14;

    private final List<Test> tests;
    private final double first;
    private final double last;

    /** @param log10E evidence as log10 of the e-value; minus infinity for an e-value of 0 */
    private record Look(long elements, double log10E) {}

    private record Test(String name, double rejects, List<Look> looks) {
        double end() {
            return looks.get(looks.size() - 1).log10E;
        }

        boolean isRejected() {
            return end() >= rejects;
        }

        /** The evidence in units of the evidence that rejects, cut off at the borders of the picture. */
        double share(Look look) {
            return Math.max(LEAST, Math.min(MOST, look.log10E / rejects));
        }
    }

    private TrailPicture(List<Test> tests) {
        this.tests = tests;
        this.first = tests.stream()
                        .mapToDouble(test -> test.looks.get(0).elements)
                        .min()
                        .orElseThrow()
                / BEFORE;
        this.last = tests.stream()
                .mapToDouble(test -> test.looks.get(test.looks.size() - 1).elements)
                .max()
                .orElseThrow();
    }

    /** Empty where a certificate does not tell how its evidence came about. */
    static Optional<DomContent> of(List<StoredVerdict> entries) {
        List<Test> tests = new ArrayList<>();
        for (StoredVerdict entry : entries) {
            for (JsonNode test : entry.json().at("/evidence/tests")) {
                List<Look> looks = looks(test.path("looks"));
                double rejects = test.path("rejects_at_log10_e").asDouble();
                if (!looks.isEmpty() && rejects > 0) {
                    tests.add(new Test(entry.id() + " " + test.path("family").asText(), rejects, looks));
                }
            }
        }
        return tests.isEmpty() ? Optional.empty() : Optional.of(new TrailPicture(tests).figure());
    }

    private static List<Look> looks(JsonNode looks) {
        List<Look> all = new ArrayList<>();
        for (JsonNode look : looks) {
            double evidence = look.path(1).isNumber() ? look.path(1).asDouble() : Double.NEGATIVE_INFINITY;
            if (look.path(0).asLong() > 0) {
                all.add(new Look(look.path(0).asLong(), evidence));
            }
        }
        return all;
    }

    private DomContent figure() {
        long rejected = tests.stream().filter(Test::isRejected).count();
        return TagCreator.figure(
                figcaption("Evidence against each statistical requirement, as the power of ten by which a bet on a "
                        + "defect has multiplied its stake, over the mask elements drawn. A test rejects at the dashed "
                        + "line, and then ends. "
                        + (rejected == 0
                                ? "None of the " + tests.size() + " tests came there."
                                : rejected + " of " + tests.size() + " tests came there.")),
                svg(),
                details(
                        summary("As a table"),
                        table(
                                thead(tr(th("test"), th("rejects at"), th("elements drawn: log10 of the e-value"))),
                                tbody(each(
                                        tests,
                                        test -> tr(
                                                td(test.name), td(Pictures.number(test.rejects)), td(told(test))))))));
    }

    private static String told(Test test) {
        return test.looks.stream()
                .map(look -> String.format(Locale.ROOT, "%,d: ", look.elements)
                        + (Double.isFinite(look.log10E) ? Pictures.number(look.log10E) : "e-value 0"))
                .collect(Collectors.joining("; "));
    }

    private ContainerTag<?> svg() {
        ContainerTag<?> svg = Drawing.broad(HEIGHT, "evidence by elements drawn");
        svg.with(line(0, "var(--line)", "none"), line(1, "currentColor", "6 4"));
        svg.with(Drawing.text(LEFT - 8, up(0) + 4, "end", "0"), Drawing.text(LEFT - 8, up(1) + 4, "end", "rejects"));
        for (double power = Math.ceil(Math.log10(first)); power <= Math.log10(last); power++) {
            svg.with(Drawing.text(across(Math.pow(10, power)), BOTTOM + 18, "middle", words(power)));
        }
        svg.with(Drawing.text(RIGHT, HEIGHT - 4, "end", "mask elements"));
        tests.stream().filter(test -> !test.isRejected()).forEach(test -> svg.with(curve(test)));
        tests.stream().filter(Test::isRejected).forEach(test -> svg.with(curve(test)));
        return named(svg);
    }

    private static String words(double power) {
        return power < 6 ? String.format(Locale.ROOT, "%,.0f", Math.pow(10, power)) : "1e" + (int) power;
    }

    private ContainerTag<?> line(double share, String colour, String dashes) {
        return Drawing.line(LEFT, up(share), RIGHT, up(share), colour).attr("stroke-dasharray", dashes);
    }

    private ContainerTag<?> curve(Test test) {
        String points = test.looks.stream()
                .map(look -> Drawing.at(across(look.elements)) + "," + Drawing.at(up(test.share(look))))
                .collect(Collectors.joining(" "));
        return tag("polyline")
                .attr("points", LEFT + "," + Drawing.at(up(0)) + " " + points)
                .attr("fill", "none")
                .attr("stroke", test.isRejected() ? "var(--bad)" : "var(--good)")
                .attr("stroke-width", test.isRejected() ? 3 : 1)
                .attr("stroke-opacity", test.isRejected() ? "1" : "0.6");
    }

    /** Names the tests that reject, the strongest on top, far enough from each other to be read. */
    private ContainerTag<?> named(ContainerTag<?> svg) {
        List<Test> rejected = tests.stream()
                .filter(Test::isRejected)
                .sorted(Comparator.comparingDouble(Test::end).reversed())
                .toList();
        double y = TOP;
        for (Test test : rejected.subList(0, Math.min(NAMES, rejected.size()))) {
            double end = up(test.share(test.looks.get(test.looks.size() - 1)));
            y = Math.max(y, end + 4);
            double last = across(test.looks.get(test.looks.size() - 1).elements);
            svg.with(Drawing.line(last, end, RIGHT + 6, y - 4, "var(--line)"));
            svg.with(Drawing.text(
                    RIGHT + 10,
                    y,
                    "start",
                    "\u2717 " + test.name + ": 10^" + String.format(Locale.ROOT, "%,.0f", Math.floor(test.end()))));
            y += LINE;
        }
        return svg;
    }

    private double across(double elements) {
        double range = Math.log(last / first);
        return LEFT + (range > 0 ? Math.log(elements / first) / range : 1) * (RIGHT - LEFT);
    }

    private static double up(double share) {
        return BOTTOM - (share - LEAST) / (MOST - LEAST) * (BOTTOM - TOP);
    }
}
