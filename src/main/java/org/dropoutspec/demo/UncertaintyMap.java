package org.dropoutspec.demo;

import static j2html.TagCreator.tag;

import j2html.tags.ContainerTag;
import java.util.Locale;
import org.dropoutspec.report.Drawing;

/** A part of the plane, shaded by the uncertainty of Monte-Carlo dropout, with the examples drawn on top. */
final class UncertaintyMap {
    private static final int CELL = 12;
    private static final int COLUMNS = 60;
    private static final int ROWS = 40;
    /** The width of a cell in the plane. */
    private static final double UNIT = 0.2;
    /** The standard deviation that is drawn in full colour, the largest that a probability can have. */
    private static final double MOST = 0.5;

    private UncertaintyMap() {}

    static ContainerTag<?> svg(Training training) {
        double[][] x = new double[ROWS * COLUMNS][];
        for (int i = 0; i < x.length; i++) {
            int row = i / COLUMNS;
            x[i] = new double[] {
                Moons.CENTRE[0] + (i % COLUMNS + 0.5 - COLUMNS / 2.0) * UNIT,
                Moons.CENTRE[1] - (row + 0.5 - ROWS / 2.0) * UNIT
            };
        }
        double[] deviations = Uncertainty.deviations(training, x);
        ContainerTag<?> svg = tag("svg")
                .attr("viewBox", "0 0 " + COLUMNS * CELL + " " + ROWS * CELL)
                .attr("width", COLUMNS * CELL)
                .attr("role", "img")
                .attr("aria-label", "uncertainty of Monte-Carlo dropout around the examples")
                .attr("shape-rendering", "crispEdges");
        for (int i = 0; i < x.length; i++) {
            svg.with(tag("rect")
                    .attr("x", i % COLUMNS * CELL)
                    .attr("y", i / COLUMNS * CELL)
                    .attr("width", CELL)
                    .attr("height", CELL)
                    .attr("fill", "var(--bad)")
                    .attr("fill-opacity", String.format(Locale.ROOT, "%.2f", deviations[i] / MOST)));
        }
        Moons examples = training.examples();
        for (int i = 0; i < examples.x().length; i++) {
            double across = COLUMNS / 2.0 + (examples.x()[i][0] - Moons.CENTRE[0]) / UNIT;
            double up = ROWS / 2.0 - (examples.x()[i][1] - Moons.CENTRE[1]) / UNIT;
            svg.with(tag("circle")
                    .attr("cx", Drawing.at(across * CELL))
                    .attr("cy", Drawing.at(up * CELL))
                    .attr("r", 3.5)
                    .attr("shape-rendering", "auto")
                    .attr("fill", examples.target()[i] == 0 ? "var(--good)" : "none")
                    .attr("stroke", "var(--good)")
                    .attr("stroke-width", 2));
        }
        return svg;
    }
}
