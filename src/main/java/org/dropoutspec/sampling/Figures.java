package org.dropoutspec.sampling;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.dropoutspec.statistics.Family;
import org.dropoutspec.statistics.Finding;
import org.dropoutspec.statistics.PairCount;
import org.dropoutspec.statistics.RateCount;
import org.dropoutspec.statistics.RateFamily;

/** Numbers as a person reads them, and the figures of a certificate. */
final class Figures {
    private Figures() {}

    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** {@code 1 element}, {@code 1,024 elements}. */
    static String items(long count, String item) {
        return count(count) + " " + item + (count == 1 ? "" : "s");
    }

    /** Four digits, or a power of two near an edge: {@code 0.1}, {@code 2^-12}, {@code 1 - 2^-12}. */
    static String rate(double rate) {
        if (rate < 0x1p-8 && Math.scalb(1.0, Math.getExponent(rate)) == rate) {
            return "2^" + Math.getExponent(rate);
        }
        return rate > 1 - 0x1p-8 ? "1 - " + rate(1 - rate) : digits(rate, 4, RoundingMode.HALF_EVEN);
    }

    /** Seven digits, enough to tell a rate from the number that a type holds for it: {@code 0.1}, {@code 0.8984375}. */
    static String exactly(double rate) {
        return digits(rate, 7, RoundingMode.HALF_EVEN);
    }

    /** Three digits, rounded up: what is claimed is no narrower than what was certified. */
    static String bound(double bound) {
        return digits(bound, 3, RoundingMode.UP);
    }

    /** An expected number: three digits below 100, four below 1,000, a whole number from there on. */
    static String expected(double number) {
        return number < 1000 ? digits(number, number < 100 ? 3 : 4, RoundingMode.HALF_EVEN) : count(Math.round(number));
    }

    private static String digits(double number, int digits, RoundingMode mode) {
        return number == 0
                ? "0"
                : new BigDecimal(number)
                        .round(new MathContext(digits, mode))
                        .stripTrailingZeros()
                        .toPlainString();
    }

    static double log10(double natural) {
        return Math.round(natural / Math.log(10) * 1000) / 1000.0;
    }

    /** {@code a, b and c}. */
    static String list(List<String> items) {
        int last = items.size() - 1;
        return last < 1
                ? String.join("", items)
                : String.join(", ", items.subList(0, last)) + " and " + items.get(last);
    }

    /** What the elements of a family could have shown, by the kind of claim. */
    static Map<String, Object> detectable(
            CertifiedQuantity claim, Family family, double resolution, double threshold, double alpha) {
        Map<String, Object> figures = new LinkedHashMap<>();
        if (family instanceof RateFamily rates) {
            figures.put("strata", rates.strata());
            figures.put("resolution", resolution);
            figures.put("interval_level", alpha);
            Map<String, Object> byRate = new LinkedHashMap<>();
            int count = family.findings().size();
            for (Finding at : family.findings()) {
                RateCount drops = rates.count(at.stratum());
                var interval = drops.interval(at.stratum().rate(), alpha / count);
                Map<String, Object> row = new LinkedHashMap<>();
                row.put("rate", at.stratum().rate());
                row.put("elements", drops.elements());
                row.put("dropped", drops.dropped());
                row.put("log10_e", log10(at.logE()));
                row.put("interval", List.of(interval.low(), interval.high()));
                row.put("certified_bound", interval.distanceFrom(at.stratum().rate()));
                row.put(
                        "detectable",
                        finite(drops.detectable(at.stratum().rate(), resolution, threshold + Math.log(count))));
                String name = at.stratum().dtype() + " " + rate(at.stratum().rate());
                byRate.put(
                        byRate.containsKey(name)
                                ? at.stratum().dtype() + " " + at.stratum().rate()
                                : name,
                        row);
            }
            figures.put("rates", byRate);
        } else if (claim == CertifiedQuantity.CORRELATION && family.elements() > 0) {
            // about a third of the elements are at rate .5; one bet among a few hundred has its share of the capital
            long half = family.elements() / 6;
            RateCount count = new RateCount(half, half / 2);
            double found = new PairCount(count, count).detectable(0.5, resolution, threshold + Math.log(300));
            figures.put("detectable_correlation", finite(found));
        }
        return figures;
    }

    private static Object finite(double number) {
        return Double.isFinite(number) ? (Object) number : "nothing";
    }
}
