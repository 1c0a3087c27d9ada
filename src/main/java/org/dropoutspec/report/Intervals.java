package org.dropoutspec.report;

import static j2html.TagCreator.tag;

import j2html.tags.ContainerTag;
import java.util.List;
import java.util.Locale;

/** Intervals around 0, beside a band where there is one, one below the other. */
final class Intervals {
    private static final int WIDTH = 720;
    private static final int LEAST_LEFT = 100;
    /** Of a letter of a name. */
    private static final double LETTER = 6.6;

    private static final int ROW = 22;
    private static final int TOP = 24;

    private Intervals() {}

    /** One interval, with what it is of. */
    record Interval(String name, double low, double high) {}

    static ContainerTag<?> svg(double band, List<Interval> intervals) {
        double most = band;
        for (Interval interval : intervals) {
            most = Math.max(most, Math.max(Math.abs(interval.low), Math.abs(interval.high)));
        }
        double left = Math.max(
                LEAST_LEFT,
                20
                        + LETTER
                                * intervals.stream()
                                        .mapToInt(one -> one.name.length())
                                        .max()
                                        .orElse(0));
        double scale = (WIDTH - left - 20) / 2.0 / (1.05 * most);
        double zero = left + (WIDTH - left - 20) / 2.0;
        int height = TOP + ROW * intervals.size() + 10;
        ContainerTag<?> svg = tag("svg")
                .withClass("broad")
                .attr("viewBox", "0 0 " + WIDTH + " " + height)
                .attr("width", WIDTH)
                .attr("role", "img")
                .attr("aria-label", "intervals of the drop rate");
        svg.with(tag("rect")
                .attr("x", at(zero - band * scale))
                .attr("y", TOP)
                .attr("width", at(2 * band * scale))
                .attr("height", ROW * intervals.size())
                .attr("fill", "var(--soft)"));
        double marked = band > 0 ? band : most;
        svg.with(text(zero - marked * scale, band > 0 ? "end" : "start", "\u2212" + Pictures.number(marked)));
        svg.with(text(zero, "middle", "0"));
        svg.with(text(zero + marked * scale, band > 0 ? "start" : "end", "+" + Pictures.number(marked)));
        svg.with(tag("line")
                .attr("x1", at(zero))
                .attr("x2", at(zero))
                .attr("y1", TOP)
                .attr("y2", TOP + ROW * intervals.size())
                .attr("stroke", "var(--line)"));
        for (int row = 0; row < intervals.size(); row++) {
            Interval interval = intervals.get(row);
            double y = TOP + ROW * (row + 0.5);
            boolean off = interval.low > 0 || interval.high < 0;
            svg.with(tag("text")
                    .attr("x", at(left - 10))
                    .attr("y", at(y + 4))
                    .attr("text-anchor", "end")
                    .withText(interval.name));
            svg.with(tag("line")
                    .attr("x1", at(zero + interval.low * scale))
                    .attr("x2", at(zero + interval.high * scale))
                    .attr("y1", at(y))
                    .attr("y2", at(y))
                    .attr("stroke-width", 5)
                    .attr("stroke", off ? "var(--bad)" : "var(--good)"));
        }
        return svg;
    }

    private static ContainerTag<?> text(double x, String anchor, String words) {
        return tag("text")
                .attr("x", at(x))
                .attr("y", TOP - 8)
                .attr("text-anchor", anchor)
                .withText(words);
    }

    static String at(double coordinate) {
        return String.format(Locale.ROOT, "%.1f", coordinate);
    }
}
