package org.dropoutspec.operation.gaussian;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A law other than the normal one, given by the probabilities of the cells between some of the {@link #EDGES}. */
record Departure(double[] edges, double[] probabilities) {
    static final double[] EDGES = {-4, -3.5, -3, -2.5, -2, -1.5, -0.75, -0.4, 0, 0.4, 0.75, 1.5, 2, 2.5, 3, 3.5, 4};

    /** Fewer edges for half types, in which roundings may move many elements across each edge. */
    private static final double[] FEW_EDGES = {-2, -0.75, 0.75, 2};

    /** Factors of a tail's weight: it ends there, is half as heavy, or twice as heavy. */
    private static final double[] TIMES = {0x1p-6, 0.5, 2};

    /** Values of skewness and excess kurtosis; a sum of twelve uniform numbers has a kurtosis of -.1. */
    private static final double[] STRENGTHS = {-0.3, -0.1, -0.03, 0.03, 0.1, 0.3};

    private static final double SOUND = 0x1p-6;
    private static final double NEXT = 0.4;

    /** Standard deviations other than 1; 0 is for no noise. */
    private static final double[] DEVIATIONS = {0, 0.5, 2};

    static final List<Departure> ALL = all();

    private static List<Departure> all() {
        List<Departure> all = new ArrayList<>();
        for (double strength : STRENGTHS) {
            for (double[] edges : List.of(EDGES, FEW_EDGES)) {
                all.add(tilted(3, strength / 6, edges));
                all.add(tilted(4, strength / 24, edges));
            }
        }
        for (double edge : EDGES) {
            if (edge >= 2) {
                for (double times : TIMES) {
                    all.add(tails(times, -edge));
                    all.add(tails(times, edge));
                    all.add(tails(times, -edge, edge));
                }
            }
        }
        for (double deviation : DEVIATIONS) {
            all.add(spread(deviation));
        }
        all.add(withoutWedges(128, 3.442619855899));
        all.add(withoutWedges(256, 3.654152885361009));
        return List.copyOf(all);
    }

    /** A normal law with another standard deviation, mixed with a part of {@link #SOUND} of the right one. */
    private static Departure spread(double deviation) {
        Departure normal = new Departure(EDGES, new double[EDGES.length + 1]);
        double[] q = normal.probabilities;
        for (int cell = 0; cell < q.length; cell++) {
            double lower = normal.lower(cell);
            double upper = normal.upper(cell);
            boolean next = -NEXT <= lower && upper <= NEXT; // without noise, all is in the two cells next to the mean
            double other = deviation == 0
                    ? next ? 0.5 : 0
                    : NoiseShape.below(upper / deviation) - NoiseShape.below(lower / deviation);
            q[cell] = (1 - SOUND) * other + SOUND * normal.normal(cell);
        }
        return new Departure(EDGES, summingToOne(q));
    }

    /**
     * The law of a ziggurat (Marsaglia and Tsang 2000) that takes every point of a layer, even those above the curve,
     * and that is right beyond the base.
     *
     * @param layers the number of layers, all of one area
     * @param base the end of the lowest layer, where the tail begins
     */
    private static Departure withoutWedges(int layers, double base) {
        double[] widths = widths(layers, base);
        Departure normal = new Departure(EDGES, new double[EDGES.length + 1]);
        double[] q = normal.probabilities;
        for (double width : widths) {
            double end = Math.min(base, width);
            for (int cell = 0; cell < q.length; cell++) {
                double lower = Math.max(-end, Math.min(end, normal.lower(cell)));
                double upper = Math.max(-end, Math.min(end, normal.upper(cell)));
                q[cell] += (upper - lower) / (2 * width) / layers;
            }
        }
        double beyond = (1 - base / widths[0]) / layers / 2;
        for (int cell = 0; cell < q.length; cell++) {
            double tail = NoiseShape.below(-Math.max(base, normal.lower(cell)))
                    + NoiseShape.below(Math.min(-base, normal.upper(cell)));
            double inner = NoiseShape.below(-Math.max(base, normal.upper(cell)))
                    + NoiseShape.below(Math.min(-base, normal.lower(cell)));
            q[cell] += beyond * (tail - inner) / NoiseShape.below(-base);
        }
        return new Departure(EDGES, q);
    }

    /** Widths of the layers on either side of 0, lowest first; its tail counts as if it were as high as the rest. */
    private static double[] widths(int layers, double base) {
        double area = base * bell(base) + Math.sqrt(2 * Math.PI) * NoiseShape.below(-base);
        double[] widths = new double[layers];
        widths[0] = area / bell(base);
        widths[1] = base;
        for (int layer = 2; layer < layers; layer++) {
            double below = widths[layer - 1];
            widths[layer] = Math.sqrt(-2 * Math.log(area / below + bell(below)));
        }
        return widths;
    }

    private static double bell(double z) {
        return Math.exp(-z * z / 2);
    }

    /** The normal law times the exponential of a Hermite polynomial, which changes the third or the fourth moment. */
    private static Departure tilted(int degree, double strength, double... edges) {
        Departure normal = new Departure(edges, new double[edges.length + 1]);
        double[] q = normal.probabilities;
        for (int cell = 0; cell < q.length; cell++) {
            double p = normal.normal(cell);
            // the mean of the polynomial in the cell, from its antiderivative
            double mean = (edge(degree, normal.lower(cell)) - edge(degree, normal.upper(cell))) / p;
            q[cell] = p * Math.exp(strength * mean);
        }
        return new Departure(edges, summingToOne(q));
    }

    private static double edge(int degree, double z) {
        double hermite = degree == 3 ? z * z - 1 : z * z * z - 3 * z;
        return Double.isInfinite(z) ? 0 : hermite * density(z);
    }

    /** A law whose tails beyond the edges are {@code times} as heavy as normal ones; the rest is in the other cell. */
    private static Departure tails(double times, double... edges) {
        Departure normal = new Departure(edges, new double[edges.length + 1]);
        double[] q = normal.probabilities;
        double rest = 1;
        for (int cell = 0; cell < q.length; cell++) {
            boolean tail = normal.lower(cell) >= 0 || normal.upper(cell) <= 0;
            q[cell] = tail ? times * normal.normal(cell) : 0;
            rest -= q[cell];
        }
        for (int cell = 0; cell < q.length; cell++) {
            q[cell] = q[cell] == 0 ? rest : q[cell];
        }
        return new Departure(edges, q);
    }

    private static double[] summingToOne(double[] q) {
        double sum = Arrays.stream(q).sum();
        return Arrays.stream(q).map(each -> each / sum).toArray();
    }

    int cells() {
        return probabilities.length;
    }

    double probability(int cell) {
        return probabilities[cell];
    }

    /** The cell of this law that contains a cell between all of the edges. */
    int cell(int ofAll) {
        int cell = 0;
        while (cell < edges.length && ofAll > 0 && EDGES[ofAll - 1] >= edges[cell]) {
            cell++;
        }
        return cell;
    }

    double lower(int cell) {
        return cell == 0 ? Double.NEGATIVE_INFINITY : edges[cell - 1];
    }

    double upper(int cell) {
        return cell == edges.length ? Double.POSITIVE_INFINITY : edges[cell];
    }

    /** The probability of a cell under the normal law. */
    double normal(int cell) {
        double lower = lower(cell);
        double upper = upper(cell);
        if (lower >= 0) {
            return NoiseShape.below(-lower) - NoiseShape.below(-upper);
        }
        return upper <= 0
                ? NoiseShape.below(upper) - NoiseShape.below(lower)
                : 1 - NoiseShape.below(lower) - NoiseShape.below(-upper);
    }

    static double density(double z) {
        return Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
    }

    /** The place of a cell, in words. */
    String words(int cell) {
        double lower = lower(cell);
        double upper = upper(cell);
        String deviations = " standard deviations ";
        if (Double.isInfinite(upper)) {
            return "more than " + lower + deviations + "above the mean";
        }
        return Double.isInfinite(lower)
                ? "more than " + -upper + deviations + "below the mean"
                : "between " + lower + " and " + upper + deviations + "from the mean";
    }
}
