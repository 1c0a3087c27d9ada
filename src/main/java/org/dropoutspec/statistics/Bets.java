package org.dropoutspec.statistics;

/**
 * The bets on each stratum of a design, made when they are first needed. A bet is either against every probability
 * inside the resolution, which may change from element to element ({@code wide}), or against the asked rate alone.
 */
final class Bets {
    private final Design design;
    private final PairMixture[][] pairs;
    private final Tilt[][] tilts;
    private final RateMixture[][] rates;

    Bets(Design design) {
        this.design = design;
        this.pairs = new PairMixture[design.size()][2 * Known.CLASSES];
        this.tilts = new Tilt[design.size()][2];
        this.rates = new RateMixture[design.size()][2];
    }

    /** @param known the class ({@link Known}) of the rate at which the other element was drawn */
    PairMixture pair(int stratum, int known, boolean wide) {
        int index = 2 * known + (wide ? 1 : 0);
        if (pairs[stratum][index] == null) {
            double rate = design.rate(stratum);
            pairs[stratum][index] = PairMixture.of(rate, Known.rate(known, rate), wide ? design.resolution() : 0);
        }
        return pairs[stratum][index];
    }

    Tilt tilt(int stratum, boolean wide) {
        int index = wide ? 1 : 0;
        if (tilts[stratum][index] == null) {
            double rate = design.rate(stratum);
            double resolution = wide ? design.resolution() : 0;
            tilts[stratum][index] = new Tilt(Math.max(0, rate - resolution), Math.min(1, rate + resolution));
        }
        return tilts[stratum][index];
    }

    RateMixture rate(int stratum, boolean wide) {
        int index = wide ? 1 : 0;
        if (rates[stratum][index] == null) {
            rates[stratum][index] = RateMixture.of(design.rate(stratum), wide ? design.resolution() : 0);
        }
        return rates[stratum][index];
    }
}
