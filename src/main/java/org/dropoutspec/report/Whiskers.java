package org.dropoutspec.report;

import static j2html.TagCreator.tag;

import j2html.tags.ContainerTag;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Intervals around 0, side by side, each with a dot at the value seen. */
final class Whiskers {
    private static final int HEIGHT = 198;
    private static final int LEFT = 70;
    private static final int RIGHT = 710;
    private static final int TOP = 18;
    private static final int BOTTOM = 158;
    /** At most this many intervals have their name below. */
    private static final int NAMES = 16;
    /** Up to this many intervals without 0 are named above. Where there are more, only the table names them. */
    private static final int NAMED_OFF = 4;

    private final List<Whisker> whiskers;
    private final double most;

    /** One interval, and the name of what it is an interval of. */
    record Whisker(String name, double seen, double low, double high) {
        boolean isOff() {
            return low > 0 || high < 0;
        }
    }

    private Whiskers(List<Whisker> whiskers) {
        this.whiskers = whiskers;
        this.most = whiskers.stream()
                .mapToDouble(one -> Math.max(Math.abs(one.low), Math.abs(one.high)))
                .max()
                .orElse(1);
    }

    /** @param along what the names below stand for */
    static ContainerTag<?> svg(String along, List<Whisker> whiskers) {
        return new Whiskers(whiskers).svg(along);
    }

    private ContainerTag<?> svg(String along) {
        ContainerTag<?> svg = Drawing.broad(HEIGHT, "intervals by " + along);
        double tick = tick(most);
        for (double value : new double[] {tick, 0, -tick}) {
            svg.with(Drawing.line(LEFT, up(value), RIGHT, up(value), value == 0 ? "currentColor" : "var(--line)"));
            svg.with(Drawing.text(LEFT - 8, up(value) + 4, "end", (value > 0 ? "+" : "") + words(value)));
        }
        svg.with(path(one -> !one.isOff(), "var(--good)", 2), path(Whisker::isOff, "var(--bad)", 4));
        svg.with(dots());
        int step = Math.max(1, (whiskers.size() + NAMES - 1) / NAMES);
        IntStream.range(0, whiskers.size())
                .filter(i -> i % step == 0)
                .forEach(i -> svg.with(Drawing.text(across(i), BOTTOM + 18, "middle", whiskers.get(i).name)));
        List<Integer> off = IntStream.range(0, whiskers.size())
                .filter(i -> whiskers.get(i).isOff())
                .boxed()
                .toList();
        if (off.size() <= NAMED_OFF) {
            off.forEach(i -> svg.with(Drawing.text(across(i), TOP - 2, "middle", "\u2717 " + whiskers.get(i).name)));
        }
        return svg.with(Drawing.text(RIGHT, HEIGHT - 4, "end", along));
    }

    private static String words(double value) {
        return value == 0 ? "0" : Double.toString(value).replace("-", "\u2212");
    }

    /** The greatest number of 1, 2 and 5 times a power of ten that does not exceed the argument. */
    private static double tick(double most) {
        double power = Math.pow(10, Math.floor(Math.log10(most)));
        double times = most / power >= 5 ? 5 : most / power >= 2 ? 2 : 1;
        return Math.round(times * power * 1e9) / 1e9;
    }

    private double across(int i) {
        return LEFT + (i + 0.5) * (RIGHT - LEFT) / whiskers.size();
    }

    private double up(double value) {
        return (TOP + BOTTOM) / 2.0 - value / most * (BOTTOM - TOP) / 2;
    }

    private ContainerTag<?> path(Predicate<Whisker> which, String colour, int width) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < whiskers.size(); i++) {
            Whisker one = whiskers.get(i);
            if (which.test(one)) {
                path.append('M').append(Drawing.at(across(i))).append(' ').append(Drawing.at(up(one.low)));
                path.append('V').append(Drawing.at(up(one.high)));
            }
        }
        return tag("path").attr("d", path.toString()).attr("stroke", colour).attr("stroke-width", width);
    }

    /** Draws the dots as lines of no length with round ends. */
    private ContainerTag<?> dots() {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < whiskers.size(); i++) {
            path.append('M').append(Drawing.at(across(i))).append(' ');
            path.append(Drawing.at(up(whiskers.get(i).seen))).append("h0");
        }
        return tag("path")
                .attr("d", path.toString())
                .attr("stroke", "currentColor")
                .attr("stroke-width", 4)
                .attr("stroke-linecap", "round");
    }
}
