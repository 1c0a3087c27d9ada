package org.dropoutspec.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * A simulation of how many elements it takes to find a biased rate: the mean number until the e-value of the rate is
 * 1e11, in the direction of the bias that takes longer, beside the mean of table 1 of the statistical design.
 */
public final class SampleTable {
    private static final double THRESHOLD = Math.log(1e11);

    /**
     * One row.
     *
     * @param rate the rate that was asked for
     * @param bias the distance of the effective rate from it
     * @param mean the mean number of elements until detection
     * @param error the standard error of the mean
     * @param bound the mean that the design gives
     */
    public record Row(double rate, double bias, double mean, double error, double bound) {
        public double ratio() {
            return mean / bound;
        }
    }

    private SampleTable() {}

    /** The rows for biases of 1e-2 and 1e-3 at rates .1, .5 and .9, over {@code runs} runs in each direction. */
    public static List<Row> rows(long seed, int runs) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] bounds = {
            {0.1, 1e-2, 5.42e4},
            {0.5, 1e-2, 1.47e5},
            {0.9, 1e-2, 5.42e4},
            {0.1, 1e-3, 5.37e6},
            {0.5, 1e-3, 1.47e7},
            {0.9, 1e-3, 5.37e6}
        };
        List<Row> rows = new ArrayList<>();
        for (double[] bound : bounds) {
            Row up = row(random, runs, bound[0], bound[1], bound[2], 1);
            Row down = row(random, runs, bound[0], bound[1], bound[2], -1);
            rows.add(up.mean() > down.mean() ? up : down);
        }
        return rows;
    }

    private static Row row(SplittableRandom random, int runs, double rate, double bias, double bound, int sign) {
        double sum = 0;
        double squares = 0;
        RateMixture mixture = RateMixture.of(rate, 0);
        for (int i = 0; i < runs; i++) {
            double elements = elements(random, mixture, rate + sign * bias, bound / 200);
            sum += elements;
            squares += elements * elements;
        }
        double mean = sum / runs;
        return new Row(rate, bias, mean, Math.sqrt((squares / runs - mean * mean) / runs), bound);
    }

    /** Takes steps of a block each; a normal number with the moments of the binomial gives the drops of a block. */
    private static double elements(SplittableRandom random, RateMixture mixture, double rate, double step) {
        // this simulates an implementation and judges none; a block has at least some 25 expected drops
        long block = Math.round(step);
        long elements = 0;
        long dropped = 0;
        while (mixture.logE(elements, dropped) < THRESHOLD) {
            elements += block;
            double drops = block * rate + random.nextGaussian() * Math.sqrt(block * rate * (1 - rate));
            dropped += Math.min(block, Math.max(0, Math.round(drops)));
        }
        return elements;
    }

    /** The table, a line a row. */
    public static List<String> lines(long seed, int runs) {
        List<String> lines = new ArrayList<>();
        lines.add("rate   bias   mean elements to detect (standard error)   of the bound   in proportion");
        for (Row row : rows(seed, runs)) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%.1f    %.0e  %.3e (%.0e)                          %.3e      %.2f",
                    row.rate(),
                    row.bias(),
                    row.mean(),
                    row.error(),
                    row.bound(),
                    row.ratio()));
        }
        return lines;
    }

    public static void main(String[] arguments) {
        long seed = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1;
        lines(seed, 400).forEach(System.out::println);
    }
}
