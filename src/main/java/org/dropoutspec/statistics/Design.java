package org.dropoutspec.statistics;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dropoutspec.tensor.DType;

/**
 * The strata, the resolution and the conditions that a run judges, fixed before the first draw. E-values of strata are
 * combined with weights, which gives an e-value only if neither strata nor weights are chosen by what they show.
 */
public final class Design {
    private final List<Stratum> strata;
    private final double resolution;
    private final Rows rows;
    private final Map<Stratum, Integer> indices = new HashMap<>();

    /**
     * @param strata the strata that will be drawn, no two equal
     * @param resolution the largest difference of the effective from the asked rate that is no defect, in [0, 1)
     * @param rows the conditions under which calls will be made
     */
    public Design(List<Stratum> strata, double resolution, Rows rows) {
        this.strata = List.copyOf(strata);
        this.resolution = resolution;
        this.rows = rows;
        this.strata.forEach(stratum -> indices.put(stratum, indices.size()));
        if (strata.isEmpty() || indices.size() < strata.size()) {
            throw new IllegalArgumentException("strata (" + strata + ") must be at least one and all different");
        }
        if (!(resolution >= 0 && resolution < 1)) {
            throw new IllegalArgumentException("resolution (" + resolution + ") must be in [0, 1)");
        }
    }

    /** A design of float32 at these rates, without conditions. */
    public static Design of(double resolution, double... rates) {
        return new Design(
                Arrays.stream(rates)
                        .mapToObj(rate -> new Stratum(DType.FLOAT32, rate))
                        .toList(),
                resolution,
                Rows.NONE);
    }

    public List<Stratum> strata() {
        return strata;
    }

    public double resolution() {
        return resolution;
    }

    public Rows rows() {
        return rows;
    }

    int size() {
        return strata.size();
    }

    double rate(int stratum) {
        return strata.get(stratum).rate();
    }

    int indexOf(Stratum stratum) {
        Integer index = indices.get(stratum);
        if (index == null) {
            throw new IllegalArgumentException(
                    "stratum (" + stratum + ") must be one that the design declares: " + strata);
        }
        return index;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Design that
                && strata.equals(that.strata)
                && resolution == that.resolution
                && rows.equals(that.rows);
    }

    @Override
    public int hashCode() {
        return strata.hashCode();
    }

    @Override
    public String toString() {
        return strata + " to within " + resolution;
    }
}
