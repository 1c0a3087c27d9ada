package org.dropoutspec.statistics;

import java.util.Arrays;
import java.util.List;

/**
 * What a run sets out to judge, fixed before the first draw: e-values of several rates are averaged, and an average is
 * an e-value only when its members are not chosen by what they show.
 *
 * @param rates the drop rates that will be drawn, each in (0, 1), no two equal
 * @param resolution the largest difference between the asked and the effective drop rate that is no defect, in [0, 1)
 */
public record Design(List<Double> rates, double resolution) {
    public Design {
        rates = List.copyOf(rates);
        if (rates.isEmpty() || rates.stream().distinct().count() < rates.size()) {
            throw new IllegalArgumentException("rates (" + rates + ") must be at least one and all different");
        }
        rates.forEach(Design::requireRate);
        if (!(resolution >= 0 && resolution < 1)) {
            throw new IllegalArgumentException("resolution (" + resolution + ") must be in [0, 1)");
        }
    }

    public static Design of(double resolution, double... rates) {
        return new Design(Arrays.stream(rates).boxed().toList(), resolution);
    }

    static void requireRate(double rate) {
        if (!(rate > 0 && rate < 1)) {
            throw new IllegalArgumentException("rate (" + rate + ") must be in (0, 1)");
        }
    }

    int indexOf(double rate) {
        int index = rates.indexOf(rate);
        if (index < 0) {
            throw new IllegalArgumentException("rate (" + rate + ") must be one that the design declares: " + rates);
        }
        return index;
    }
}
