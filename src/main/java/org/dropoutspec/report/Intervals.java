package org.dropoutspec.report;

import j2html.tags.ContainerTag;
import java.util.List;

/** Intervals around 0, beside a band where there is one, one below the other. */
final class Intervals {
    private static final int LEAST_LEFT = 100;
    /** The width of a letter of a name, in pixels. */
    private static final double LETTER = 6.6;

    private static final int ROW = 22;
    private static final int TOP = 24;

    private Intervals() {}

    /** One interval, and the name of what it is an interval of. */
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
        double scale = (Drawing.WIDTH - left - 20) / 2.0 / (1.05 * most);
        double zero = left + (Drawing.WIDTH - left - 20) / 2.0;
        int bottom = TOP + ROW * intervals.size();
        ContainerTag<?> svg = Drawing.broad(bottom + 10, "intervals of the drop rate");
        svg.with(Drawing.rectangle(zero - band * scale, TOP, 2 * band * scale, bottom - TOP, "var(--soft)"));
        double marked = band > 0 ? band : most;
        // beside an interval that is far off a band is narrower than the words for it
        double aside = Math.max(marked * scale, LETTER / 2);
        svg.with(text(zero - aside, band > 0 ? "end" : "start", "\u2212" + Pictures.number(marked)));
        if (marked * scale > 2 * LETTER) {
            svg.with(text(zero, "middle", "0"));
        }
        svg.with(text(zero + aside, band > 0 ? "start" : "end", "+" + Pictures.number(marked)));
        svg.with(Drawing.line(zero, TOP, zero, bottom, "var(--line)"));
        for (int row = 0; row < intervals.size(); row++) {
            Interval interval = intervals.get(row);
            double y = TOP + ROW * (row + 0.5);
            boolean off = interval.low > 0 || interval.high < 0;
            svg.with(Drawing.text(left - 10, y + 4, "end", interval.name));
            svg.with(Drawing.line(
                            zero + interval.low * scale,
                            y,
                            zero + interval.high * scale,
                            y,
                            off ? "var(--bad)" : "var(--good)")
                    .attr("stroke-width", 5));
        }
        return svg;
    }

    private static ContainerTag<?> text(double x, String anchor, String words) {
        return Drawing.text(x, TOP - 8, anchor, words);
    }
}
