package org.dropoutspec.report;

import static j2html.TagCreator.attrs;
import static j2html.TagCreator.details;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.figcaption;
import static j2html.TagCreator.figure;
import static j2html.TagCreator.pre;
import static j2html.TagCreator.summary;
import static j2html.TagCreator.tag;

import com.fasterxml.jackson.databind.JsonNode;
import j2html.tags.ContainerTag;
import j2html.tags.DomContent;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** Masks as they were drawn, call after call. A reader sees at once what never changes and what comes again. */
final class MaskPictures {
    private static final int SHOWN = 6;
    private static final int CELL = 5;
    private static final int GAP = 22;
    private static final int WIDTH = Exhibits.COLUMNS * CELL;
    private static final int HEIGHT = Exhibits.ROWS * CELL;
    private static final int SIZE = Exhibits.ROWS * Exhibits.COLUMNS;

    /** The probability, at most, that a place is marked in sound masks. */
    private static final double MARKED_BY_CHANCE = 1e-9;

    private final List<byte[]> masks;

    private MaskPictures(List<byte[]> masks) {
        this.masks = masks;
    }

    /** Empty where a certificate has no masks, or too few of the right size. */
    static List<DomContent> of(JsonNode certificate) {
        List<byte[]> masks = new ArrayList<>();
        for (JsonNode mask : certificate.at("/exhibits/masks")) {
            decoded(mask.asText()).ifPresent(masks::add);
        }
        if (masks.size() < SHOWN) {
            return List.of();
        }
        MaskPictures pictures = new MaskPictures(masks);
        return List.of(pictures.calls(), pictures.places());
    }

    private static Optional<byte[]> decoded(String base64) {
        try {
            return Optional.of(Base64.getDecoder().decode(base64)).filter(mask -> mask.length == SIZE / 8);
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    private static boolean isDropped(byte[] mask, int element) {
        return (mask[element / 8] >> element % 8 & 1) == 1;
    }

    private DomContent calls() {
        List<DomContent> shown = new ArrayList<>();
        for (int call = 0; call < SHOWN; call++) {
            int earlier = sameAsEarlier(call);
            ContainerTag<?> svg = svg(WIDTH, HEIGHT + GAP, "the mask of call " + (call + 1));
            svg.with(tag("text")
                    .attr("x", 0)
                    .attr("y", GAP - 6)
                    .withText(
                            "call " + (call + 1) + (earlier < 0 ? "" : ": \u2717 the mask of call " + (earlier + 1))));
            svg.with(tag("rect")
                    .attr("x", 0)
                    .attr("y", GAP)
                    .attr("width", WIDTH)
                    .attr("height", HEIGHT)
                    .attr("fill", "var(--soft)")
                    .attr("stroke", earlier < 0 ? "var(--line)" : "var(--bad)"));
            shown.add(svg.with(
                    tag("path").attr("d", cells(masks.get(call), 0, GAP)).attr("fill", "currentColor")));
        }
        int repeated = (int) IntStream.range(0, masks.size())
                .filter(call -> sameAsEarlier(call) >= 0)
                .count();
        return figure(
                figcaption("The masks of calls one after the other, " + Exhibits.ROWS + " by " + Exhibits.COLUMNS
                        + " elements at rate .5; what is dark is dropped. "
                        + (repeated == 0
                                ? "No two of the " + masks.size() + " calls drew the same mask."
                                : repeated + " of the " + masks.size() + " calls drew a mask that was drawn before.")),
                div(attrs(".side"), each(shown, svg -> svg)),
                details(summary("As a table"), each(masks.subList(0, SHOWN), mask -> pre(text(mask)))));
    }

    private int sameAsEarlier(int call) {
        return IntStream.range(0, call)
                .filter(other -> Arrays.equals(masks.get(other), masks.get(call)))
                .findFirst()
                .orElse(-1);
    }

    /** One path for all dropped cells. Neighbours in a row form one rectangle. */
    private static String cells(byte[] mask, int x, int y) {
        StringBuilder path = new StringBuilder();
        for (int row = 0; row < Exhibits.ROWS; row++) {
            for (int column = 0; column < Exhibits.COLUMNS; column++) {
                int from = column;
                while (column < Exhibits.COLUMNS && isDropped(mask, row * Exhibits.COLUMNS + column)) {
                    column++;
                }
                if (column > from) {
                    path.append('M').append(x + from * CELL).append(' ').append(y + row * CELL);
                    path.append('h').append((column - from) * CELL).append('v').append(CELL);
                    path.append('h').append((from - column) * CELL).append('z');
                }
            }
        }
        return path.toString();
    }

    private static String text(byte[] mask) {
        StringBuilder text = new StringBuilder();
        for (int element = 0; element < SIZE; element++) {
            text.append(isDropped(mask, element) ? '#' : '.');
            text.append(element % Exhibits.COLUMNS == Exhibits.COLUMNS - 1 ? "\n" : "");
        }
        return text.toString();
    }

    private DomContent places() {
        int few = few(masks.size());
        int odd = (int)
                IntStream.range(0, SIZE).filter(element -> isOdd(element, few)).count();
        boolean framed = odd <= SIZE / 2; // where the mask never changes, every element is odd
        int scale = 2 * CELL;
        ContainerTag<?> svg =
                svg(Exhibits.COLUMNS * scale + 4, Exhibits.ROWS * scale + 4, "how often each element was dropped");
        StringBuilder table = new StringBuilder();
        for (int element = 0; element < SIZE; element++) {
            int count = count(element);
            int x = 2 + element % Exhibits.COLUMNS * scale;
            int y = 2 + element / Exhibits.COLUMNS * scale;
            boolean frame = framed && isOdd(element, few);
            ContainerTag<?> cell = tag("rect")
                    .attr("x", x)
                    .attr("y", y)
                    .attr("width", scale - (frame ? 2 : 0))
                    .attr("height", scale - (frame ? 2 : 0))
                    .attr("fill-opacity", String.format(Locale.ROOT, "%.2f", (double) count / masks.size()));
            svg.with(frame ? cell.attr("stroke", "var(--bad)").attr("stroke-width", 2) : cell);
            table.append(String.format(Locale.ROOT, "%3d", count))
                    .append(element % Exhibits.COLUMNS == Exhibits.COLUMNS - 1 ? "\n" : "");
        }
        return figure(
                figcaption("How often each element was dropped in the " + masks.size()
                        + " calls: the darker, the oftener. "
                        + (odd == 0
                                ? "None so seldom or so often that it would be no chance."
                                : "\u2717 "
                                        + (odd == SIZE
                                                ? "Every element"
                                                : framed ? odd + ", framed," : odd + " of them")
                                        + (odd == 1 || odd == SIZE ? " was" : " were")
                                        + " dropped at most " + few + " times, or kept at most " + few
                                        + " times. In a sound mask the probability of that is 1e-9 for all elements "
                                        + "together.")),
                svg.attr("fill", "currentColor"),
                details(summary("As a table"), pre(table.toString())));
    }

    /** How often an element was dropped. */
    private int count(int element) {
        return (int) masks.stream().filter(mask -> isDropped(mask, element)).count();
    }

    private boolean isOdd(int element, int few) {
        int count = count(element);
        return count <= few || count >= masks.size() - few;
    }

    /**
     * An element that was dropped, or kept, at most this many times is marked. In sound masks at rate .5 the
     * probability that any element is marked is 1e-9 at most.
     */
    private static int few(int calls) {
        BigInteger all = BigInteger.ONE.shiftLeft(calls);
        BigInteger ways = BigInteger.ONE;
        BigInteger tail = BigInteger.ZERO;
        int few = -1;
        while (few < calls / 2) {
            tail = tail.add(ways);
            if (2 * SIZE * tail.doubleValue() / all.doubleValue() > MARKED_BY_CHANCE) {
                return few;
            }
            few++;
            ways = ways.multiply(BigInteger.valueOf(calls - few)).divide(BigInteger.valueOf(few + 1));
        }
        return few;
    }

    private static ContainerTag<?> svg(int width, int height, String label) {
        return tag("svg")
                .attr("viewBox", "0 0 " + width + " " + height)
                .attr("width", width)
                .attr("role", "img")
                .attr("aria-label", label);
    }
}
