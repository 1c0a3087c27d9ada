package org.dropoutspec.demo;

/** How sure networks are of their predictions near the examples and far from them, with dropout left on and redrawn. */
final class Uncertainty {
    private static final int DRAWS = 50;
    /** The number of draws for the map, which has no mean over directions to smooth it. */
    private static final int MAP_DRAWS = 200;

    private static final int DIRECTIONS = 32;

    private Uncertainty() {}

    /** Means over the points at one distance from the examples' centre, in all directions. */
    record Ring(double evaluatedEntropy, double monteCarloEntropy, double logOddsDeviation) {}

    static Ring ring(Training training, double distance) {
        double[][] x = new double[DIRECTIONS][];
        for (int i = 0; i < DIRECTIONS; i++) {
            double angle = 2 * Math.PI * i / DIRECTIONS;
            x[i] = new double[] {
                Moons.CENTRE[0] + distance * StrictMath.cos(angle), Moons.CENTRE[1] + distance * StrictMath.sin(angle)
            };
        }
        double[] evaluated = training.evaluated(x);
        double[][] drawn = training.monteCarlo(x, DRAWS);
        double evaluatedEntropy = 0;
        double monteCarloEntropy = 0;
        double deviation = 0;
        for (int i = 0; i < DIRECTIONS; i++) {
            evaluatedEntropy += entropy(probability(evaluated[i])) / DIRECTIONS;
            monteCarloEntropy += entropy(mean(column(drawn, i, true))) / DIRECTIONS;
            deviation += deviation(column(drawn, i, false)) / DIRECTIONS;
        }
        return new Ring(evaluatedEntropy, monteCarloEntropy, deviation);
    }

    /** The standard deviation over the draws of the probability of class 1, at each point. */
    static double[] deviations(Training training, double[][] x) {
        double[][] drawn = training.monteCarlo(x, MAP_DRAWS);
        double[] deviations = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            deviations[i] = deviation(column(drawn, i, true));
        }
        return deviations;
    }

    private static double[] column(double[][] logOdds, int i, boolean asProbabilities) {
        double[] column = new double[logOdds.length];
        for (int draw = 0; draw < column.length; draw++) {
            column[draw] = asProbabilities ? probability(logOdds[draw][i]) : logOdds[draw][i];
        }
        return column;
    }

    private static double probability(double logOdds) {
        return 1 / (1 + Math.exp(-logOdds));
    }

    /** The entropy of a probability in nats, from 0 to ln 2. */
    static double entropy(double p) {
        return p <= 0 || p >= 1 ? 0 : -p * Math.log(p) - (1 - p) * Math.log(1 - p);
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double deviation(double[] values) {
        double mean = mean(values);
        double sum = 0;
        for (double value : values) {
            sum += (value - mean) * (value - mean);
        }
        return Math.sqrt(sum / (values.length - 1));
    }
}
