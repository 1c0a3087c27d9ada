package org.dropoutspec.statistics;

/**
 * The rate at which the other element of a pair was drawn, as a class, which is all that a bet needs. The choice of
 * classes is free: any bet made before the draw is fair, and classes only decide how soon a dependence is found.
 */
final class Known {
    /** The number of classes: the element's own rate, and seven with odds a factor 3 apart: .036, .1, .25, .5, ... */
    static final int CLASSES = 8;

    private static final double STEP = Math.log(3);
    private static final int REACH = (CLASSES - 2) / 2;

    private Known() {}

    /** The class of an element drawn at the rate {@code other}, for a bet on an element drawn at {@code rate}. */
    static int classOf(double rate, double other) {
        if (key(rate) == key(other)) {
            return 0;
        }
        long steps = Math.round(logOdds(other) / STEP);
        return (int) Math.max(-REACH, Math.min(REACH, steps)) + REACH + 1;
    }

    /** The classes by stratum of the element judged and by stratum of the other. */
    static int[][] classes(Design design) {
        int[][] classes = new int[design.size()][design.size()];
        for (int own = 0; own < classes.length; own++) {
            for (int other = 0; other < classes.length; other++) {
                classes[own][other] = classOf(design.rate(own), design.rate(other));
            }
        }
        return classes;
    }

    /** The rate that stands for a class. */
    static double rate(int known, double own) {
        return known == 0 ? own : 1 / (1 + Math.exp(-STEP * (known - REACH - 1)));
    }

    /** A key that is the same for rates which are one number rounded to different element types. */
    static int key(double rate) {
        return (int) Math.round(32 * logOdds(rate));
    }

    private static double logOdds(double rate) {
        return Math.log(rate) - Math.log1p(-rate);
    }
}
