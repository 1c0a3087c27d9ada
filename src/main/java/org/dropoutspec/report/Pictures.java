package org.dropoutspec.report;

import static j2html.TagCreator.attrs;
import static j2html.TagCreator.details;
import static j2html.TagCreator.each;
import static j2html.TagCreator.figcaption;
import static j2html.TagCreator.figure;
import static j2html.TagCreator.summary;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;

import com.fasterxml.jackson.databind.JsonNode;
import j2html.tags.DomContent;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.dropoutspec.oracle.Scaled;

/**
 * Drawings of a certificate's evidence, with a table behind each. They are made of SVG elements and not by a plotting
 * library: such a library measures text with AWT, which a JDK without fonts does not have.
 */
final class Pictures {
    private Pictures() {}

    /** Masks and errors of plain dropout; then for each operation its drop rate, evidence and counts by place. */
    static List<DomContent> of(JsonNode certificate) {
        List<DomContent> pictures = new ArrayList<>(MaskPictures.of(certificate));
        errors(certificate).ifPresent(pictures::add);
        Map<String, List<StoredVerdict>> byOperation = StoredVerdict.all(certificate).stream()
                .collect(Collectors.groupingBy(StoredVerdict::operation, LinkedHashMap::new, Collectors.toList()));
        byOperation.forEach((operation, entries) -> {
            List<DomContent> own = ofOperation(certificate, entries);
            if (own.isEmpty()) {
                return;
            }
            boolean open = pictures.isEmpty() || entries.stream().anyMatch(Pictures::isRejected);
            if (byOperation.size() == 1) {
                pictures.addAll(own);
            } else {
                pictures.add(details(attrs(".paper"), summary(operation), each(own, picture -> picture))
                        .condAttr(open, "open", null));
            }
        });
        return pictures;
    }

    private static boolean isRejected(StoredVerdict entry) {
        return entry.verdict().equals("fail")
                && entry.json().at("/evidence/tests").size() > 0;
    }

    private static List<DomContent> ofOperation(JsonNode certificate, List<StoredVerdict> entries) {
        List<DomContent> pictures = new ArrayList<>();
        entries.stream()
                .filter(entry -> entry.id().equals("MASK-1"))
                .forEach(entry -> rates(entry.json(), certificate).ifPresent(pictures::add));
        TrailPicture.of(entries).or(() -> evidence(entries)).ifPresent(pictures::add);
        entries.forEach(entry -> pictures.addAll(SeriesPicture.of(entry)));
        return pictures;
    }

    /** One drop rate: the rate asked for, and the interval in which the true one lies. */
    private record Rate(String words, double asked, double low, double high, long elements) {}

    private static Optional<DomContent> rates(JsonNode entry, JsonNode certificate) {
        List<Rate> rates = new ArrayList<>();
        double band = 0;
        for (JsonNode test : entry.at("/evidence/tests")) {
            band = Math.max(band, test.path("band").asDouble());
            for (Map.Entry<String, JsonNode> rate : test.path("rates").properties()) {
                JsonNode interval = rate.getValue().path("interval");
                if (interval.size() == 2
                        && interval.path(1).asDouble() - interval.path(0).asDouble() <= 4 * band) {
                    rates.add(new Rate(
                            rate.getKey(),
                            rate.getValue().path("rate").asDouble(),
                            interval.path(0).asDouble(),
                            interval.path(1).asDouble(),
                            rate.getValue().path("elements").asLong()));
                }
            }
        }
        if (rates.isEmpty() || band == 0) {
            return Optional.empty();
        }
        rates.sort(Comparator.comparing((Rate rate) -> rate.words.replaceFirst(" .*", ""))
                .thenComparingDouble(Rate::asked));
        String operation = entry.path("operation").asText();
        return Optional.of(figure(
                figcaption("Drop rate of " + operation
                        + ", less the asked one: where the true one lies, for each rate, with "
                        + "an error probability of 1e-9. The band is what the tier "
                        + certificate.path("tier").asText()
                        + " certifies."),
                Intervals.svg(
                        band,
                        rates.stream()
                                .map(rate -> new Intervals.Interval(
                                        rate.words, rate.low - rate.asked, rate.high - rate.asked))
                                .toList()),
                details(
                        summary("As a table"),
                        table(
                                thead(tr(th("asked"), th("from"), th("to"), th("elements"))),
                                tbody(each(
                                        rates,
                                        rate -> tr(
                                                td(rate.words),
                                                td(number(rate.low)),
                                                td(number(rate.high)),
                                                td(String.format(Locale.ROOT, "%,d", rate.elements)))))))));
    }

    private static Optional<DomContent> errors(JsonNode certificate) {
        List<Bars.Bar> bars = new ArrayList<>();
        for (Map.Entry<String, JsonNode> error :
                certificate.at("/exhibits/largest_error_in_ulp").properties()) {
            bars.add(new Bars.Bar(
                    error.getKey().replace(" ", ", rate "), error.getValue().asDouble(), Scaled.ULPS + 1));
        }
        if (bars.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(figure(
                figcaption("The largest error of what is kept, in units in the last place of x/(1 - rate), among "
                        + Exhibits.ROWS * Exhibits.COLUMNS + " elements of each type and rate. " + Scaled.ULPS
                        + " are allowed."),
                Bars.svg(bars, "error in ulp by type and rate"),
                details(
                        summary("As a table"),
                        table(
                                thead(tr(th("type and rate"), th("ulp"))),
                                tbody(each(bars, bar -> tr(td(bar.name()), td(number(bar.value())))))))));
    }

    private static Optional<DomContent> evidence(List<StoredVerdict> entries) {
        List<Bars.Bar> bars = new ArrayList<>();
        for (StoredVerdict entry : entries) {
            double most = Double.NEGATIVE_INFINITY;
            double limit = 0;
            for (JsonNode test : entry.json().at("/evidence/tests")) {
                if (test.path("log10_e").isNumber()
                        && test.path("rejects_at_log10_e").isNumber()) {
                    most = Math.max(most, test.path("log10_e").asDouble());
                    limit = Math.max(limit, test.path("rejects_at_log10_e").asDouble());
                }
            }
            if (limit > 0) {
                bars.add(new Bars.Bar(entry.id(), most, limit));
            }
        }
        if (bars.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(figure(
                figcaption(
                        "Evidence against each statistical requirement, as the power of ten by which a bet on a defect "
                                + "has multiplied its stake. It rejects at the line."),
                Bars.svg(bars, "evidence by requirement"),
                details(
                        summary("As a table"),
                        table(
                                thead(tr(th("requirement"), th("log10 of the e-value"), th("rejects at"))),
                                tbody(each(
                                        bars,
                                        bar -> tr(
                                                td(bar.name()), td(number(bar.value())), td(number(bar.limit())))))))));
    }

    static String number(double value) {
        return Math.abs(value) >= 1000
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%.4g", value);
    }

    /** A number with four digits, without zeros at the end. */
    static String plain(double value) {
        return new BigDecimal(value)
                .round(new MathContext(4))
                .stripTrailingZeros()
                .toPlainString();
    }
}
