package org.dropoutspec.operation.gaussian;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.math3.special.Gamma;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;

/**
 * Evidence that noise of rate 1/2 has holes, repeats values, or keeps to a grid, from how often it lies in cells of
 * 2^-9 standard deviations. Half of the capital is on a single {@link Spot}, with a likelihood ratio for each spot. The
 * other half is on any law that gives these cells other probabilities: a mixture of Dirichlet distributions around the
 * normal one, each of which bets on the next element by the elements before it.
 *
 * <p>As in {@link NoiseShape}, each ratio is divided by the most that a cell may have, so that under the null the
 * expectation is at most 1, whenever one looks.
 */
final class FineNoise {
    static final int CELLS_OF_A_DEVIATION = 1 << 9;
    static final int END = 4;
    /** The number of cells between the two ends; there is one more beyond either end. */
    static final int INNER = 2 * END * CELLS_OF_A_DEVIATION;

    /** The weights of the normal law in the mixture, in elements. */
    private static final double[] WEIGHTS = {0x1p10, 0x1p14, 0x1p18};

    private static final double[] NORMAL = normal();

    private final DType dtype;
    private final NoiseShape shape;
    private final long[] counts = new long[INNER + 2];

    /** @param shape tells how much may cross an edge */
    FineNoise(DType dtype, NoiseShape shape) {
        this.dtype = dtype;
        this.shape = shape;
    }

    private static double[] normal() {
        double[] normal = new double[INNER + 2];
        for (int cell = 0; cell < normal.length; cell++) {
            normal[cell] = cell == 0 || cell > INNER ? NoiseShape.below(-END) : between(lower(cell), lower(cell + 1));
        }
        return normal;
    }

    /** The probability of an interval on one side of the mean under the normal law. */
    static double between(double lower, double upper) {
        return lower >= 0
                ? NoiseShape.below(-lower) - NoiseShape.below(-upper)
                : NoiseShape.below(upper) - NoiseShape.below(lower);
    }

    /** The lower edge of an inner cell, in standard deviations from the mean. */
    static double lower(int cell) {
        return (double) (cell - 1) / CELLS_OF_A_DEVIATION - END;
    }

    /** Counts the elements of an output, as {@link NoiseShape#add} does. */
    void add(Tensor input, Tensor output) {
        for (int i = 0; i < input.size(); i++) {
            double z = output.value(i) / input.value(i) - 1;
            double cell = Math.floor((z + END) * CELLS_OF_A_DEVIATION) + 1;
            counts[cell >= 1 ? (int) Math.min(cell, INNER + 1) : cell < 1 ? 0 : INNER + 1]++;
        }
    }

    /** The probability of what may be on the wrong side of an edge. */
    double crossing(double z) {
        return shape.crossing(z);
    }

    /** The evidence of all types together, in nats; at most the mean of the two halves. */
    static double evidence(List<FineNoise> types) {
        return Math.max(ofAnyLaw(types), new Spots(types).evidence()) - Math.log(2);
    }

    /** How the noise of all types together deviates from normal, in words, if the evidence is enough. */
    static Optional<String> refuted(List<FineNoise> types) {
        Spots spots = new Spots(types);
        double law = ofAnyLaw(types);
        return Math.max(law, spots.evidence()) - Math.log(2) < NoiseShape.ENOUGH
                ? Optional.empty()
                : Optional.of(words(types, law > spots.evidence() ? furthest(types) : spots.best()));
    }

    private static double ofAnyLaw(List<FineNoise> types) {
        return types.stream().mapToDouble(FineNoise::ofAnyLaw).sum();
    }

    /** The sums of the counts below each inner cell, including the cell beyond the lower end. */
    long[] sums() {
        long[] sums = new long[counts.length + 1];
        for (int cell = 0; cell < counts.length; cell++) {
            sums[cell + 1] = sums[cell] + counts[cell];
        }
        return sums;
    }

    /** The evidence for any other law, in nats; 0 for a type whose roundings are as wide as the cells. */
    private double ofAnyLaw() {
        if (dtype.roundoff() > DType.FLOAT32.roundoff()) {
            return 0;
        }
        double elements = 0;
        double most = 0;
        double[] ratios = new double[WEIGHTS.length];
        for (int cell = 0; cell < counts.length; cell++) {
            elements += counts[cell];
            double crossing = (cell == 0 ? 0 : crossing(lower(cell))) + (cell > INNER ? 0 : crossing(lower(cell + 1)));
            most += counts[cell] * Math.log(NORMAL[cell] + crossing);
            for (int w = 0; w < WEIGHTS.length; w++) {
                double weight = WEIGHTS[w] * NORMAL[cell];
                ratios[w] += counts[cell] == 0 ? 0 : Gamma.logGamma(weight + counts[cell]) - Gamma.logGamma(weight);
            }
        }
        double mean = Double.NEGATIVE_INFINITY;
        for (int w = 0; w < WEIGHTS.length; w++) {
            ratios[w] += Gamma.logGamma(WEIGHTS[w]) - Gamma.logGamma(WEIGHTS[w] + elements) - most;
            mean = Math.max(mean, ratios[w] - Math.log(WEIGHTS.length)); // at most the mean
        }
        return mean;
    }

    /** The cell with the largest excess or shortage of elements. */
    private static Spot furthest(List<FineNoise> types) {
        long elements = elements(types);
        int furthest = 1;
        double most = -1;
        for (int cell = 1; cell <= INNER; cell++) {
            double expected = elements * NORMAL[cell];
            double off = Math.abs(counted(types, cell) - expected) / Math.sqrt(expected);
            if (off > most) {
                most = off;
                furthest = cell;
            }
        }
        return new Spot(furthest, 1);
    }

    private static long elements(List<FineNoise> types) {
        return types.stream().mapToLong(type -> type.sums()[INNER + 2]).sum();
    }

    private static long counted(List<FineNoise> types, int cell) {
        return types.stream().mapToLong(type -> type.counts[cell]).sum();
    }

    private static String words(List<FineNoise> types, Spot spot) {
        long counted =
                types.stream().mapToLong(type -> spot.counted(type.sums())).sum();
        return String.format(
                Locale.ROOT,
                "%,d of %,d elements of noise lie between %s and %s standard deviations from the mean, %,.0f expected",
                counted,
                elements(types),
                spot.lower(),
                spot.upper(),
                elements(types) * spot.normal());
    }
}
