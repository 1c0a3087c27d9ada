package org.dropoutspec.statistics;

import java.util.Arrays;

/**
 * The probabilities of the numbers of drops among independent draws, but for a common factor. Numbers less probable
 * than a given part of the most probable one are left out.
 *
 * <p>They are computed from the ratios of neighbours, outwards from the most probable number, without a factorial. So
 * the relative error is that of a few roundings a step.
 */
final class BinomialWeights {
    private final double[] weights;
    private final int first;
    private final double all;

    BinomialWeights(int size, double rate, double least) {
        int mode = (int) Math.min(size, (size + 1.0) * rate);
        double odds = rate / (1 - rate);
        // the weight at z standard deviations is about exp(-z^2/2)
        double deviation = Math.sqrt(size * rate * (1 - rate));
        int reach = 64 + (int) (1.5 * Math.sqrt(-2 * Math.log(least)) * deviation);
        double[] below = new double[reach];
        int down = 0;
        for (double w = 1; down < mode && down < reach && w > least; down++) {
            w *= (mode - down) / ((size - mode + down + 1.0) * odds);
            below[down] = w;
        }
        double[] above = new double[reach];
        int up = 0;
        for (double w = 1; mode + up < size && up < reach && w > least; up++) {
            w *= (size - mode - up) * odds / (mode + up + 1.0);
            above[up] = w;
        }
        first = mode - down;
        weights = new double[down + 1 + up];
        weights[down] = 1;
        for (int i = 0; i < down; i++) {
            weights[down - 1 - i] = below[i];
        }
        System.arraycopy(above, 0, weights, down + 1, up);
        all = Arrays.stream(weights).sum();
    }

    /**
     * The expectation of a bell g under independent draws.
     *
     * @param log ln E(g), rounded up
     * @param growth what a bet on g gains a count if it is right: the expectation of ln(g/E(g)) in proportion to g
     */
    record Expectation(double log, double growth) {}

    /** The probability of at least {@code count} drops. */
    double atLeast(int count) {
        double sum = 0;
        for (int i = Math.max(0, count - first); i < weights.length; i++) {
            sum += weights[i];
        }
        return sum / all;
    }

    Expectation expectation(Bell bell) {
        int last = first + weights.length - 1;
        double reach = Bell.REACH * bell.width();
        int from = Math.max(first, (int) Math.ceil(bell.centre() - reach));
        int to = Math.min(last, (int) Math.floor(bell.centre() + reach));
        int middle = Math.max(from, Math.min(to, (int) Math.ceil(bell.centre())));
        Sums sums = new Sums();
        sums.add(bell, middle, to, 1);
        sums.add(bell, middle - 1, from, -1);
        // off the bell all counts are worth the same
        double floor = bell.log(Integer.MAX_VALUE);
        double off = Math.max(0, all - sums.weight) * Math.exp(floor);
        double mean = Math.log((sums.paid + off) / all);
        // counts that were left out are worth no more than their neighbours here, and a mean over all counts is at most
        // the larger of the means over two parts
        double others = Math.max(bell.log(first - 1), bell.log(last + 1));
        double steps = weights.length;
        double log = Math.max(mean, others) + steps * (steps + 8) * 0x1p-50;
        return new Expectation(log, (sums.logs + off * floor) / (sums.paid + off) - log);
    }

    private final class Sums {
        private double weight;
        private double paid;
        private double logs;

        /** Adds counts outwards from one. Ratios of neighbours give the bell too; they fall by a fixed factor. */
        void add(Bell bell, int from, int to, int sign) {
            double squares = bell.width() * bell.width();
            double distance = sign * (from - bell.centre());
            double value = Math.exp(-0.5 * distance * distance / squares);
            double ratio = Math.exp(-(distance + 0.5) / squares);
            double factor = Math.exp(-1 / squares);
            for (int count = from; sign * (to - count) >= 0; count += sign) {
                double w = weights[count - first];
                weight += w;
                paid += w * value;
                logs -= w * value * 0.5 * distance * distance / squares;
                value *= ratio;
                ratio *= factor;
                distance++;
            }
        }
    }
}
