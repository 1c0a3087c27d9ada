package org.dropoutspec.report;

import static j2html.TagCreator.attrs;
import static j2html.TagCreator.details;
import static j2html.TagCreator.each;
import static j2html.TagCreator.figcaption;
import static j2html.TagCreator.summary;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;

import com.fasterxml.jackson.databind.JsonNode;
import j2html.TagCreator;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.dropoutspec.statistics.Interval;
import org.dropoutspec.statistics.PairCount;
import org.dropoutspec.statistics.RateCount;

/** A test's counts along an axis, such as the distance of two elements, with an interval for each true value. */
final class SeriesPicture {
    /** The probability that one of the intervals does not hold the true value. */
    private static final double WRONG = 1e-9;

    /** There is no room for more places than these. */
    private static final int MOST = 512;

    private static final Map<String, String> WORDS = Map.of(
            "elements apart", "correlation of two elements of a call, by how far they are apart",
            "calls before",
                    "correlation with the element at the same place of an earlier call, by how many calls before",
            "seeds before", "correlation of the masks of two seeds, by how far the seeds are apart",
            "seeds 2^k apart", "correlation of the masks of seeds that are 2^k apart, by k",
            "index", "drop rate by index in the call",
            "index modulo 64", "drop rate by index modulo 64",
            "sixteenth of the call", "drop rate by sixteenth of the call",
            "where", "drop rate by what is known of the input");

    private final String along;
    private final double rate;
    private final List<Place> places = new ArrayList<>();

    /** An interval for the true value less the expected one, at one place, with the number of elements behind it. */
    private record Place(String words, long elements, double seen, double low, double high) {
        boolean isOff() {
            return low > 0 || high < 0;
        }
    }

    private SeriesPicture(JsonNode series) {
        this.along = series.path("along").asText();
        this.rate = series.path("rate").asDouble();
        if (rate > 0 && rate < 1 && series.path("counts").size() <= MOST) {
            series.path("counts").properties().forEach(entry -> add(entry.getKey(), entry.getValue()));
        }
    }

    /** Whether a requirement has anything to draw. */
    static boolean isDrawn(StoredVerdict entry) {
        return !of(entry).isEmpty();
    }

    /** The anchor of a requirement's first picture. */
    static String anchor(StoredVerdict entry) {
        return "picture-" + entry.anchor();
    }

    /** One picture for each axis, without repetitions. */
    static List<DomContent> of(StoredVerdict entry) {
        List<DomContent> pictures = new ArrayList<>();
        for (JsonNode test : entry.json().at("/evidence/tests")) {
            for (JsonNode series : test.path("series")) {
                SeriesPicture picture = new SeriesPicture(series);
                boolean again = entry.id().equals("SEED-8")
                        && test.path("family").asText().equals("position");
                if (!picture.places.isEmpty() && WORDS.containsKey(picture.along) && !again) {
                    pictures.add(picture.figure(entry, pictures.isEmpty()));
                }
            }
        }
        return pictures;
    }

    /** Adds one place. Counts that contradict each other are not drawn. */
    private void add(String words, JsonNode counts) {
        boolean pairs = counts.size() == 4;
        long elements = counts.path(0).asLong(-1);
        long dropped = counts.path(1).asLong(-1);
        long after = pairs ? counts.path(2).asLong(-1) : 0;
        long both = pairs ? counts.path(3).asLong(-1) : 0;
        boolean adds = dropped >= 0 && both >= 0 && both <= after && both <= dropped && dropped <= elements;
        if (!adds || elements - after < dropped - both || elements == 0 || !pairs && counts.size() != 2) {
            return;
        }
        if (!pairs) {
            RateCount count = new RateCount(elements, dropped);
            Interval interval = count.interval(rate, WRONG);
            places.add(new Place(words, elements, count.rate() - rate, interval.low() - rate, interval.high() - rate));
            return;
        }
        PairCount count = new PairCount(new RateCount(after, both), new RateCount(elements - after, dropped - both));
        if (after > 0 && after < elements) {
            Interval afterDrop = count.after().interval(rate, WRONG / 2);
            Interval afterKeep = count.otherwise().interval(rate, WRONG / 2);
            places.add(new Place(
                    words,
                    elements,
                    count.after().rate() - count.otherwise().rate(),
                    afterDrop.low() - afterKeep.high(),
                    afterDrop.high() - afterKeep.low()));
        }
    }

    private DomContent figure(StoredVerdict entry, boolean first) {
        long off = places.stream().filter(Place::isOff).count();
        String caption = entry.name() + ", " + WORDS.get(along) + " (at rate " + Pictures.plain(rate)
                + ", all types). A line is where the true value lies"
                + (along.contains("apart") || along.contains("before") ? "" : ", less the asked rate")
                + ", with an error probability of 1e-9, and a dot what was seen. "
                + (off == 0
                        ? "0 is in all of them."
                        : "\u2717 0 is not in " + off + " of " + places.size() + " of them.");
        return TagCreator.figure(
                figcaption(first ? attrs("#" + anchor(entry)) : attrs(".more"), caption),
                along.equals("where")
                        ? Intervals.svg(
                                0,
                                places.stream()
                                        .map(place -> new Intervals.Interval(
                                                place.words.replace("the input is ", ""), place.low, place.high))
                                        .toList())
                        : Whiskers.svg(
                                along,
                                places.stream()
                                        .map(place ->
                                                new Whiskers.Whisker(place.words, place.seen, place.low, place.high))
                                        .toList()),
                details(
                        summary("As a table"),
                        table(
                                thead(tr(th(along), th("elements"), th("seen"), th("from"), th("to"))),
                                tbody(each(
                                        places,
                                        place -> tr(
                                                td(place.words),
                                                td(String.format(Locale.ROOT, "%,d", place.elements)),
                                                td(Pictures.number(place.seen)),
                                                td(Pictures.number(place.low)),
                                                td(Pictures.number(place.high)
                                                        + (place.isOff() ? " \u2717" : ""))))))));
    }
}
