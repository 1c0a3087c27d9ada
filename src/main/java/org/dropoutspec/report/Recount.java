package org.dropoutspec.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.dropoutspec.statistics.Interval;
import org.dropoutspec.statistics.RateCount;
import org.dropoutspec.statistics.RateFamily;
import org.jspecify.annotations.Nullable;

/** Computes the figures of a certificate's evidence again, from the counts that it states. */
final class Recount {
    /** The error of a figure in log10 with three digits after the point. The sum of two figures has twice that. */
    static final double ROUNDING = 0.0005;

    /** Logarithms, and so intervals, differ between platforms in the last digit, by far less than this. */
    private static final double PLATFORM = 1e-9;

    private final JsonNode evidence;
    private final double resolution;
    private final List<String> contradictions;
    private int figures;

    /**
     * @param resolution of drop rates, as declared
     * @param contradictions the list to which figures are added that do not follow from the counts
     */
    Recount(JsonNode evidence, double resolution, List<String> contradictions) {
        this.evidence = evidence;
        this.resolution = resolution;
        this.contradictions = contradictions;
    }

    /** How many figures were computed again. */
    int figures() {
        return figures;
    }

    void examine() {
        if (evidence.path("tests").isArray()) {
            evidence.path("tests").forEach(this::test);
            strongest();
        }
        for (JsonNode row : evidence.path("rates")) {
            double rate = rate(row.path("rate").asText());
            count("rate " + row.path("rate").asText(), row, rate, resolution(row));
            level(row, rate, row.path("interval_level").asDouble());
        }
        for (JsonNode pair : evidence.path("pairs")) {
            pair(pair);
        }
    }

    private void test(JsonNode test) {
        JsonNode rates = test.path("rates");
        if (!rates.isObject()) {
            return;
        }
        int strata = test.path("strata").asInt();
        long elements = 0;
        List<Double> asked = new ArrayList<>();
        List<RateCount> counts = new ArrayList<>();
        for (var row : rates.properties()) {
            JsonNode rate = row.getValue();
            elements += rate.path("elements").asLong();
            RateCount count = count(row.getKey(), rate, rate.path("rate").asDouble(), resolution(test));
            if (count != null) {
                asked.add(rate.path("rate").asDouble());
                counts.add(count);
                // an earlier version gave two rows the same name, and did not tell the level
                level(
                        rate,
                        rate.path("rate").asDouble(),
                        test.path("interval_level").asDouble() / rates.size());
            }
        }
        if (strata < asked.size() || counts.size() < rates.size()) {
            return;
        }
        if (elements != test.path("elements").asLong()) {
            contradictions.add("the elements by rate come to " + elements + ", and it says " + test.path("elements"));
        }
        double[] all = new double[strata];
        RateCount[] each = new RateCount[strata];
        for (int i = 0; i < strata; i++) {
            all[i] = i < asked.size() ? asked.get(i) : 0.5;
            each[i] = i < asked.size() ? counts.get(i) : RateCount.NONE;
        }
        same(
                "log10 e of the " + test.path("family").asText(),
                test.path("log10_e"),
                RateFamily.logE(all, each, resolution(test)));
    }

    /** The resolution of rates. A site may show rates less finely than declared, and then states its own. */
    private double resolution(JsonNode counted) {
        return counted.path("resolution").asDouble(resolution);
    }

    /** The evidence of one row, from its counts; null where the counts are impossible. */
    private @Nullable RateCount count(String name, JsonNode row, double rate, double within) {
        long elements = row.path("elements").asLong(-1);
        long dropped = row.path("dropped").asLong(-1);
        if (dropped < 0 || dropped > elements || !(rate > 0 && rate < 1)) {
            contradictions.add(name + ": " + dropped + " of " + elements + " elements were dropped at rate " + rate);
            return null;
        }
        RateCount count = new RateCount(elements, dropped);
        same("log10 e at " + name, row.path("log10_e"), count.logE(rate, within));
        return count;
    }

    /** The interval of a row, from its counts and its level. */
    private void level(JsonNode row, double rate, double alpha) {
        if (!(alpha > 0 && alpha < 1)
                || row.path("dropped").asLong(-1) < 0
                || row.path("dropped").asLong() > row.path("elements").asLong()) {
            return;
        }
        Interval interval =
                new RateCount(row.path("elements").asLong(), row.path("dropped").asLong()).interval(rate, alpha);
        figures++;
        if (Math.abs(row.path("interval").path(0).asDouble() - interval.low()) > PLATFORM
                || Math.abs(row.path("interval").path(1).asDouble() - interval.high()) > PLATFORM) {
            contradictions.add("says interval " + row.path("interval") + ", and its counts give [" + interval.low()
                    + "," + interval.high() + "]");
        }
    }

    private void pair(JsonNode pair) {
        long seeds = pair.path("seeds").asLong(-1);
        long different = pair.path("different").asLong(-1);
        double least = pair.path("least").asDouble();
        if (different < 0 || different > seeds || !(least > 0 && least < 1)) {
            contradictions.add("masks differ under " + different + " of " + seeds + " seeds");
            return;
        }
        same("log10 e of pairs", pair.path("log10_e"), new RateCount(seeds, different).logEAtLeast(least));
    }

    private void strongest() {
        double most = Double.NEGATIVE_INFINITY;
        for (JsonNode test : evidence.path("tests")) {
            if (test.path("log10_e").isNumber()) {
                most = Math.max(most, test.path("log10_e").asDouble());
            }
        }
        double told = evidence.path("log10_e").asDouble();
        if (most > Double.NEGATIVE_INFINITY && told != most) {
            contradictions.add("says log10 e " + told + ", and the largest of its tests is " + most);
        }
    }

    private void same(String what, JsonNode told, double logE) {
        if (Double.isNaN(logE)) {
            return; // a certificate of an earlier version, which does not tell the resolution
        }
        figures++;
        double computed = logE / Math.log(10);
        boolean same =
                told.isNumber() ? Math.abs(told.asDouble() - computed) <= 2 * ROUNDING : !Double.isFinite(computed);
        if (!same) {
            contradictions.add(
                    String.format(Locale.ROOT, "%s: says %s, and its counts give %.3f", what, told.asText(), computed));
        }
    }

    /** A rate as certificates write it: {@code 2^-9}, {@code 1 - 2^-9}, or a number. */
    private static double rate(String words) {
        if (words.startsWith("1 - ")) {
            return 1 - rate(words.substring(4));
        }
        try {
            return words.startsWith("2^")
                    ? Math.scalb(1.0, Integer.parseInt(words.substring(2)))
                    : Double.parseDouble(words);
        } catch (NumberFormatException none) {
            return Double.NaN;
        }
    }
}
