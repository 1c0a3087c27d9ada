package org.dropoutspec.report;

import static j2html.TagCreator.tag;

import j2html.tags.ContainerTag;
import java.util.Locale;

/** Pieces of a picture in SVG, in pixels from its upper left corner. */
public final class Drawing {
    public static final int WIDTH = 720;

    private Drawing() {}

    /**
     * An empty picture.
     *
     * @param label the text for a reader who cannot see the picture
     */
    public static ContainerTag<?> svg(int height, String label) {
        return tag("svg")
                .attr("viewBox", "0 0 " + WIDTH + " " + height)
                .attr("width", WIDTH)
                .attr("role", "img")
                .attr("aria-label", label);
    }

    /** An empty picture that keeps its width and is scrolled where the page is narrower. */
    static ContainerTag<?> broad(int height, String label) {
        return svg(height, label).withClass("broad");
    }

    public static ContainerTag<?> line(double x1, double y1, double x2, double y2, String colour) {
        return tag("line")
                .attr("x1", at(x1))
                .attr("y1", at(y1))
                .attr("x2", at(x2))
                .attr("y2", at(y2))
                .attr("stroke", colour);
    }

    /** @param anchor the part of the words that is at x: {@code start}, {@code middle} or {@code end} */
    public static ContainerTag<?> text(double x, double y, String anchor, String words) {
        return tag("text")
                .attr("x", at(x))
                .attr("y", at(y))
                .attr("text-anchor", anchor)
                .withText(words);
    }

    static ContainerTag<?> rectangle(double x, double y, double width, double height, String fill) {
        return tag("rect")
                .attr("x", at(x))
                .attr("y", at(y))
                .attr("width", at(width))
                .attr("height", at(height))
                .attr("fill", fill);
    }

    /** A coordinate as SVG writes it, with one digit after the point. */
    public static String at(double coordinate) {
        return String.format(Locale.ROOT, "%.1f", coordinate);
    }
}
