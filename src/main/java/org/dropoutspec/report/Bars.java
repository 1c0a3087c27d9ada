package org.dropoutspec.report;

import j2html.tags.ContainerTag;
import java.util.List;
import java.util.Locale;

/** Bars one below the other, each with a limit. */
final class Bars {
    private static final int LEFT = 220;
    private static final int ROW = 20;
    private static final int TOP = 24;
    /** A bar is cut off beyond this many times its limit. */
    private static final double MOST = 2;

    /** The width of a gap in a bar, in pixels. Two gaps show that a bar is cut off. */
    private static final double GAP = 3;

    /** Numbers from here on are too long to be written in full beside a bar. */
    private static final double LONG = 1e6;

    private Bars() {}

    /** One bar; the limit has the unit of the value. */
    record Bar(String name, double value, double limit) {}

    static ContainerTag<?> svg(List<Bar> bars, String label) {
        double unit = (Drawing.WIDTH - LEFT - 90) / MOST;
        int height = TOP + ROW * bars.size() + 6;
        ContainerTag<?> svg = Drawing.broad(height, label);
        double line = LEFT + unit;
        svg.with(Drawing.text(line, TOP - 8, "middle", "rejects"));
        for (int row = 0; row < bars.size(); row++) {
            Bar bar = bars.get(row);
            double share = Math.max(0, Math.min(MOST, bar.value / bar.limit));
            double y = TOP + ROW * row;
            boolean rejected = bar.value >= bar.limit;
            double length = Math.max(1, share * unit);
            svg.with(Drawing.text(LEFT - 8, y + 14, "end", bar.name));
            svg.with(Drawing.rectangle(LEFT, y + 4, length, ROW - 8, rejected ? "var(--bad)" : "var(--good)"));
            svg.with(Drawing.text(LEFT + length + 6, y + 14, "start", (rejected ? "\u2717 " : "") + label(bar.value)));
            if (bar.value > MOST * bar.limit) {
                svg.with(Drawing.rectangle(LEFT + length - GAP * 4, y + 4, GAP, ROW - 8, "Canvas"));
                svg.with(Drawing.rectangle(LEFT + length - GAP * 2, y + 4, GAP, ROW - 8, "Canvas"));
            }
        }
        svg.with(Drawing.line(line, TOP, line, height, "currentColor").attr("stroke-dasharray", "4 3"));
        return svg;
    }

    private static String label(double value) {
        return value < LONG
                ? Pictures.number(value)
                : String.format(Locale.ROOT, "%.2e", value).replace("e+0", "e").replace("e+", "e");
    }
}
