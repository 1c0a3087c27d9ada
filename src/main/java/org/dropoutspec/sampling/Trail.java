package org.dropoutspec.sampling;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dropoutspec.statistics.Family;
import org.dropoutspec.statistics.Series;
import org.dropoutspec.statistics.Stratum;

/** How the evidence of a test grew, and its counts by place: for pictures alone, not for a verdict. */
final class Trail {
    /** The most looks that are kept. When there are more, every other one is removed. */
    private static final int MOST = 32;

    private final List<List<Object>> looks = new ArrayList<>();

    /** Adds the evidence in the family as it stands. */
    void add(Family family, double logE) {
        Object evidence = Double.isFinite(logE) ? (Object) Figures.log10(logE) : "e-value 0";
        List<Object> look = List.of(family.elements(), evidence);
        if (!looks.isEmpty() && looks.get(looks.size() - 1).get(0).equals(look.get(0))) {
            looks.remove(looks.size() - 1);
        }
        looks.add(look);
        for (int i = 1; looks.size() > MOST && i < looks.size() - 1; i++) {
            looks.remove(i);
        }
    }

    /** The looks, and the counts by place at the rate of a stratum: the finding's, or the plainest. */
    Map<String, Object> evidence(Family family, Stratum shown) {
        Map<String, Object> evidence = new LinkedHashMap<>();
        evidence.put("looks", List.copyOf(looks));
        List<Map<String, Object>> series = new ArrayList<>();
        for (Series counted : family.series(shown.rate())) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("along", counted.along());
            one.put("rate", counted.rate());
            one.put("counts", counted.counts());
            series.add(one);
        }
        if (!series.isEmpty()) {
            evidence.put("series", series);
        }
        return evidence;
    }
}
