package org.dropoutspec.demo;

import static j2html.TagCreator.tag;

import j2html.tags.ContainerTag;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.dropoutspec.report.Drawing;

/** Curves over one axis: each shows the mean over the seeds as a line, and the range over the seeds as a band. */
final class Plot {
    private static final int HEIGHT = 300;
    private static final int LEFT = 60;
    private static final int RIGHT = 700;
    private static final int TOP = 12;
    private static final int BOTTOM = 255;

    /**
     * One curve.
     *
     * @param colour a colour of the style sheet
     * @param dashes the dashes of the line, as in SVG; "none" for a solid line
     * @param runs for each seed its values, one for each x
     */
    record Curve(String name, String colour, String dashes, List<double[]> runs) {
        double mean(int i) {
            return runs.stream().mapToDouble(run -> run[i]).average().orElseThrow();
        }

        double least(int i) {
            return runs.stream().mapToDouble(run -> run[i]).min().orElseThrow();
        }

        double greatest(int i) {
            return runs.stream().mapToDouble(run -> run[i]).max().orElseThrow();
        }
    }

    private final double[] x;
    private final List<Curve> curves;
    private final double low;
    private final double high;
    private final ContainerTag<?> svg;

    private Plot(String label, double[] x, List<Curve> curves) {
        this.x = x;
        this.curves = curves;
        double[] all = curves.stream()
                .flatMap(curve -> curve.runs.stream())
                .flatMapToDouble(Arrays::stream)
                .toArray();
        double least = Arrays.stream(all).min().orElseThrow();
        double greatest = Arrays.stream(all).max().orElseThrow();
        double room = greatest > least ? 0.04 * (greatest - least) : 1;
        this.low = least - room;
        this.high = greatest + room;
        this.svg = Drawing.svg(HEIGHT, label);
    }

    /**
     * Draws curves.
     *
     * @param label the text for a reader who cannot see the plot
     * @param across the name of the x axis
     * @param dots whether each seed is marked too
     */
    static ContainerTag<?> svg(String label, String across, double[] x, List<Curve> curves, boolean dots) {
        Plot plot = new Plot(label, x, curves);
        plot.axes(across);
        for (Curve curve : curves) {
            plot.band(curve);
        }
        for (Curve curve : curves) {
            plot.line(curve);
            if (dots) {
                plot.dots(curve);
            }
        }
        plot.names();
        return plot.svg;
    }

    private double across(double value) {
        return LEFT + (value - x[0]) / (x[x.length - 1] - x[0]) * (RIGHT - LEFT);
    }

    private double up(double value) {
        return BOTTOM - (value - low) / (high - low) * (BOTTOM - TOP);
    }

    private void axes(String across) {
        for (double tick : ticks(low, high)) {
            line(LEFT, up(tick), RIGHT, up(tick));
            text(LEFT - 6, up(tick) + 4, "end", number(tick));
        }
        for (double tick : ticks(x[0], x[x.length - 1])) {
            line(across(tick), BOTTOM, across(tick), BOTTOM + 5);
            text(across(tick), BOTTOM + 18, "middle", number(tick));
        }
        text(RIGHT, BOTTOM + 36, "end", across);
    }

    private void line(double x1, double y1, double x2, double y2) {
        svg.with(Drawing.line(x1, y1, x2, y2, "var(--line)"));
    }

    private void text(double x, double y, String anchor, String words) {
        svg.with(Drawing.text(x, y, anchor, words));
    }

    private void band(Curve curve) {
        List<String> points = new ArrayList<>();
        for (int i = 0; i < x.length; i++) {
            points.add(Drawing.at(across(x[i])) + "," + Drawing.at(up(curve.greatest(i))));
        }
        for (int i = x.length - 1; i >= 0; i--) {
            points.add(Drawing.at(across(x[i])) + "," + Drawing.at(up(curve.least(i))));
        }
        svg.with(tag("polygon")
                .attr("points", String.join(" ", points))
                .attr("fill", curve.colour)
                .attr("fill-opacity", "0.15"));
    }

    private void line(Curve curve) {
        List<String> points = IntStream.range(0, x.length)
                .mapToObj(i -> Drawing.at(across(x[i])) + "," + Drawing.at(up(curve.mean(i))))
                .toList();
        svg.with(tag("polyline")
                .attr("points", String.join(" ", points))
                .attr("fill", "none")
                .attr("stroke", curve.colour)
                .attr("stroke-width", 2)
                .attr("stroke-dasharray", curve.dashes));
    }

    private void dots(Curve curve) {
        for (double[] run : curve.runs) {
            for (int i = 0; i < x.length; i++) {
                svg.with(tag("circle")
                        .attr("cx", Drawing.at(across(x[i])))
                        .attr("cy", Drawing.at(up(run[i])))
                        .attr("r", 3)
                        .attr("fill", curve.colour));
            }
        }
    }

    private void names() {
        double from = LEFT;
        for (Curve curve : curves) {
            svg.with(Drawing.line(from, BOTTOM + 32, from + 24, BOTTOM + 32, curve.colour)
                    .attr("stroke-width", 2)
                    .attr("stroke-dasharray", curve.dashes));
            text(from + 30, BOTTOM + 36, "start", curve.name);
            from += 46 + 6.2 * curve.name.length();
        }
    }

    /** About five round numbers between the two. */
    static List<Double> ticks(double low, double high) {
        double rough = (high - low) / 5;
        double unit = Math.pow(10, Math.floor(Math.log10(rough)));
        double step =
                rough / unit > 7 ? 10 * unit : rough / unit > 3.5 ? 5 * unit : rough / unit > 1.5 ? 2 * unit : unit;
        List<Double> ticks = new ArrayList<>();
        for (long i = (long) Math.ceil(low / step); i * step <= high * (1 + 1e-12); i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    private static String number(double value) {
        return new BigDecimal(value)
                .round(new MathContext(3))
                .stripTrailingZeros()
                .toPlainString();
    }
}
