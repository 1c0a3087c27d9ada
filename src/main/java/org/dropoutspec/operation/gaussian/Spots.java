package org.dropoutspec.operation.gaussian;

import java.util.ArrayList;
import java.util.List;

/** The mean of likelihood ratios for laws that differ from the normal one in a single {@link Spot}. */
final class Spots {
    /** The widest spot, in cells; spots go from one cell to a quarter of a deviation. */
    private static final int WIDEST = FineNoise.CELLS_OF_A_DEVIATION / 4;

    private static final List<Spot> ALL = all();

    private static final double[] NORMAL =
            ALL.stream().mapToDouble(Spot::normal).toArray();

    /** A spot of probability p has PARTS p + MORE instead: next to nothing, half, or 2^-12 or 2^-8 more. */
    private static final double[] PARTS = {0x1p-6, 0.5, 1, 1};

    private static final double[] MORE = {0, 0, 0x1p-12, 0x1p-8};

    private final double evidence;
    private Spot best = ALL.get(0);

    /** Takes all types together. */
    Spots(List<FineNoise> types) {
        List<long[]> sums = types.stream().map(FineNoise::sums).toList();
        double most = Double.NEGATIVE_INFINITY;
        for (int s = 0; s < NORMAL.length; s++) {
            Spot spot = ALL.get(s);
            double p = NORMAL[s];
            for (int way = 0; way < PARTS.length; way++) {
                double gained = 0;
                for (int t = 0; t < types.size(); t++) {
                    gained += gained(spot, p, PARTS[way] * p + MORE[way], sums.get(t), types.get(t));
                }
                if (gained > most) {
                    most = gained;
                    best = spot;
                }
            }
        }
        this.evidence = most - Math.log(ALL.size() * PARTS.length); // at most the mean
    }

    private static List<Spot> all() {
        List<Spot> all = new ArrayList<>();
        for (int cells = 1; cells <= WIDEST; cells *= 2) {
            for (int cell = 1; cell <= FineNoise.INNER; cell += cells) {
                all.add(new Spot(cell, cells));
            }
        }
        return all;
    }

    private static double gained(Spot spot, double p, double q, long[] sums, FineNoise type) {
        long inside = spot.counted(sums);
        double crossing = type.crossing(spot.lower()) + type.crossing(spot.upper());
        return (inside == 0 ? 0 : inside * Math.log(q / (p + crossing)))
                + (sums[sums.length - 1] - inside) * (Math.log1p(-q) - Math.log1p(crossing - p));
    }

    /** The evidence, in nats. */
    double evidence() {
        return evidence;
    }

    Spot best() {
        return best;
    }
}
