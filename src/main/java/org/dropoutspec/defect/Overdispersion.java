package org.dropoutspec.defect;

/** How the numbers of drops in calls differ from binomial numbers. */
enum Overdispersion {
    /** The number is the rate times the size, rounded up or down at random. */
    FIXED("a number fixed in advance"),
    /** The rate moves by up to half of it, or of its complement, either way. */
    JITTER("at a rate of its own");

    private final String words;

    Overdispersion(String words) {
        this.words = words;
    }

    /** How far the rate moves at full strength. */
    static double reach(double rate) {
        return Math.min(rate, 1 - rate) / 2;
    }

    @Override
    public String toString() {
        return words;
    }
}
