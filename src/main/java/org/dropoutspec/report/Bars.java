package org.dropoutspec.report;

import static j2html.TagCreator.tag;

import j2html.tags.ContainerTag;
import java.util.List;

/** Bars with a limit each, one below the other. */
final class Bars {
    private static final int WIDTH = 720;
    private static final int LEFT = 220;
    private static final int ROW = 20;
    private static final int TOP = 24;
    /** Beyond this many times its limit a bar is cut off. */
    private static final double MOST = 2;

    private Bars() {}

    /** One bar, the limit in the same unit. */
    record Bar(String name, double value, double limit) {}

    static ContainerTag<?> svg(List<Bar> bars, String label) {
        double unit = (WIDTH - LEFT - 90) / MOST;
        int height = TOP + ROW * bars.size() + 6;
        ContainerTag<?> svg = tag("svg")
                .withClass("broad")
                .attr("viewBox", "0 0 " + WIDTH + " " + height)
                .attr("width", WIDTH)
                .attr("role", "img")
                .attr("aria-label", label);
        double line = LEFT + unit;
        svg.with(tag("text")
                .attr("x", Intervals.at(line))
                .attr("y", TOP - 8)
                .attr("text-anchor", "middle")
                .withText("rejects"));
        for (int row = 0; row < bars.size(); row++) {
            Bar bar = bars.get(row);
            double share = Math.max(0, Math.min(MOST, bar.value / bar.limit));
            double y = TOP + ROW * row;
            boolean rejected = bar.value >= bar.limit;
            svg.with(tag("text")
                    .attr("x", LEFT - 8)
                    .attr("y", Intervals.at(y + 14))
                    .attr("text-anchor", "end")
                    .withText(bar.name));
            svg.with(tag("rect")
                    .attr("x", LEFT)
                    .attr("y", Intervals.at(y + 4))
                    .attr("width", Intervals.at(Math.max(1, share * unit)))
                    .attr("height", ROW - 8)
                    .attr("fill", rejected ? "var(--bad)" : "var(--good)"));
            svg.with(tag("text")
                    .attr("x", Intervals.at(LEFT + Math.max(1, share * unit) + 6))
                    .attr("y", Intervals.at(y + 14))
                    .withText((rejected ? "\u2717 " : "") + Pictures.number(bar.value)));
        }
        svg.with(tag("line")
                .attr("x1", Intervals.at(line))
                .attr("x2", Intervals.at(line))
                .attr("y1", TOP)
                .attr("y2", height)
                .attr("stroke", "currentColor")
                .attr("stroke-dasharray", "4 3"));
        return svg;
    }
}
