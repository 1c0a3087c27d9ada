package org.dropoutspec.report;

import static j2html.TagCreator.tag;

import j2html.tags.ContainerTag;

/** A small picture for a README: outcome, scope and tier. */
public final class Badge {
    private static final int LETTER = 7;
    private static final int HEIGHT = 20;

    private Badge() {}

    /** The badge as an SVG file. */
    public static String svg(StoredCertificate certificate) {
        String left = "dropout";
        boolean narrowed = certificate.json().at("/scope/narrowed").asBoolean();
        String right =
                certificate.outcome() + (narrowed && certificate.outcome().equals("conformant") ? " in scope" : "")
                        + ", " + certificate.json().path("tier").asText();
        int first = LETTER * left.length() + 12;
        int second = LETTER * right.length() + 12;
        String colour = switch (certificate.outcome()) {
            case "conformant" -> "#00658f";
            case "nonconformant" -> "#b3400a";
            default -> "#6b6b6b";
        };
        ContainerTag<?> svg = tag("svg")
                .attr("xmlns", "http://www.w3.org/2000/svg")
                .attr("width", first + second)
                .attr("height", HEIGHT)
                .attr("role", "img")
                .attr("aria-label", left + ": " + right)
                .with(
                        box(0, first, "#444"),
                        box(first, second, colour),
                        text(first / 2, left),
                        text(first + second / 2, right));
        return svg.render() + "\n";
    }

    private static ContainerTag<?> box(int x, int width, String colour) {
        return tag("rect")
                .attr("x", x)
                .attr("width", width)
                .attr("height", HEIGHT)
                .attr("fill", colour);
    }

    private static ContainerTag<?> text(int x, String words) {
        return tag("text")
                .attr("x", x)
                .attr("y", 14)
                .attr("fill", "#fff")
                .attr("text-anchor", "middle")
                .attr("font-family", "Verdana,DejaVu Sans,sans-serif")
                .attr("font-size", 11)
                .withText(words);
    }
}
