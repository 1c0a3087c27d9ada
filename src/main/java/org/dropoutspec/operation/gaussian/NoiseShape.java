package org.dropoutspec.operation.gaussian;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.math3.special.Erf;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;

/**
 * Evidence that noise of rate 1/2, whose standard deviation is 1, is not normal, from how often it lies in the cells
 * between some edges. It is the mean of likelihood ratios of another law to the normal one, one for each {@link
 * Departure}, so that under the null its expectation is at most 1, whenever one looks.
 *
 * <p>Elements that are rounded may cross an edge. So a cell may have its normal probability and all that can cross its
 * edges, and each ratio is divided by this maximum. However the elements cross, the expectation of a factor is then at
 * most the sum of the probabilities under the other law, which is 1.
 */
final class NoiseShape {
    /** The evidence that is enough, in nats: 2^64 to one. */
    static final double ENOUGH = 64 * Math.log(2);

    private final DType dtype;
    private final double resolution;
    private final long[] counts = new long[Departure.EDGES.length + 1];
    private final List<double[]> gains = new ArrayList<>();

    /** @param resolution the largest difference of the effective rate from the asked one */
    NoiseShape(DType dtype, double resolution) {
        this.dtype = dtype;
        this.resolution = resolution;
        Departure.ALL.forEach(departure -> gains.add(gains(departure)));
    }

    /**
     * Counts the elements of an output.
     *
     * @param input signed powers of two, so that the output divided by the input is the noise
     */
    void add(Tensor input, Tensor output) {
        for (int i = 0; i < input.size(); i++) {
            double z = output.value(i) / input.value(i) - 1;
            int at = Arrays.binarySearch(Departure.EDGES, z);
            counts[at < 0 ? -1 - at : at]++;
        }
    }

    long elements() {
        return Arrays.stream(counts).sum();
    }

    /** The evidence, in nats. */
    double evidence() {
        return evidence(List.of(this));
    }

    /** How the noise deviates from normal, in words, if the evidence is enough. */
    Optional<String> refuted() {
        return refuted(List.of(this));
    }

    /**
     * The evidence of all together, in nats. For each departure it is the product of what each gives, since no element
     * belongs to two.
     */
    static double evidence(List<NoiseShape> shapes) {
        double[] all = gained(shapes);
        double largest = Arrays.stream(all).max().orElseThrow();
        double mean = Arrays.stream(all)
                .map(each -> Math.exp(each - largest))
                .average()
                .orElseThrow();
        return largest + Math.log(mean);
    }

    /** How the noise of all together deviates from normal, in words, if the evidence is enough. */
    static Optional<String> refuted(List<NoiseShape> shapes) {
        return evidence(shapes) >= ENOUGH ? Optional.of(words(shapes)) : Optional.empty();
    }

    private static double[] gained(List<NoiseShape> shapes) {
        return IntStream.range(0, Departure.ALL.size())
                .mapToDouble(departure -> shapes.stream()
                        .mapToDouble(shape -> shape.gained(shape.gains.get(departure)))
                        .sum())
                .toArray();
    }

    private double gained(double[] gain) {
        double sum = 0;
        for (int c = 0; c < counts.length; c++) {
            sum += counts[c] == 0 ? 0 : counts[c] * gain[c];
        }
        return sum;
    }

    /** Tells, for the departure that fits best, the cell with the count furthest from expected, in deviations. */
    private static String words(List<NoiseShape> shapes) {
        double[] gained = gained(shapes);
        int best = 0;
        for (int d = 1; d < gained.length; d++) {
            best = gained[d] > gained[best] ? d : best;
        }
        Departure departure = Departure.ALL.get(best);
        long elements = shapes.stream().mapToLong(NoiseShape::elements).sum();
        int worst = 0;
        double most = -1;
        for (int cell = 0; cell < departure.cells(); cell++) {
            double p = departure.normal(cell);
            double off = Math.abs(counted(shapes, departure, cell) - elements * p) / Math.sqrt(elements * p);
            if (off > most) {
                most = off;
                worst = cell;
            }
        }
        return String.format(
                Locale.ROOT,
                "%,d of %,d elements of noise lie %s, %,.0f expected",
                counted(shapes, departure, worst),
                elements,
                departure.words(worst),
                elements * departure.normal(worst));
    }

    private static long counted(List<NoiseShape> shapes, Departure departure, int cell) {
        return shapes.stream()
                .mapToLong(shape -> shape.counted(departure, cell))
                .sum();
    }

    private long counted(Departure departure, int cell) {
        long sum = 0;
        for (int c = 0; c < counts.length; c++) {
            sum += departure.cell(c) == cell ? counts[c] : 0;
        }
        return sum;
    }

    /** For each cell between all edges, the logarithm of its factor. */
    private double[] gains(Departure departure) {
        double[] gains = new double[counts.length];
        for (int c = 0; c < gains.length; c++) {
            int cell = departure.cell(c);
            gains[c] = Math.log(departure.probability(cell) / most(departure, cell));
        }
        return gains;
    }

    /** The largest probability of a cell for normal noise. */
    private double most(Departure departure, int cell) {
        double crossing = crossing(departure.lower(cell)) + crossing(departure.upper(cell));
        return Math.min(1, departure.normal(cell) + crossing);
    }

    /**
     * The probability of what may be on the wrong side of an edge: by the roundings that {@link NoiseSite} counts, a
     * standard deviation off by twice the resolution and, in half types, uniform numbers as coarse as the type.
     */
    double crossing(double z) {
        if (Double.isInfinite(z)) {
            return 0;
        }
        double u = dtype.roundoff();
        double coarse = u > DType.FLOAT32.roundoff() ? 2 * u : 0;
        double moved = (7 * Math.abs(z) + 2 * Math.abs(1 + z)) * u + 2 * Math.abs(z) * resolution;
        return Departure.density(z) * moved + coarse;
    }

    /** The probability of a standard normal number below z, for z at most 0. */
    static double below(double z) {
        return Erf.erfc(-z / Math.sqrt(2)) / 2;
    }
}
