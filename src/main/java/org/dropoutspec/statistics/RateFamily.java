package org.dropoutspec.statistics;

import java.util.ArrayList;
import java.util.List;

/** Elements and drops at each rate. */
public final class RateFamily implements Family {
    private final CellTable table;

    private final ShareBets shares;

    private final OneSidedCalls oneSided;

    RateFamily(Design design) {
        this(new CellTable(design, "rate", List.of()), new ShareBets(), new OneSidedCalls());
    }

    private RateFamily(CellTable table, ShareBets shares, OneSidedCalls oneSided) {
        this.table = table;
        this.shares = shares;
        this.oneSided = oneSided;
    }

    /** The counts at one stratum of the design. */
    public RateCount count(Stratum stratum) {
        return table.total(table.design().indexOf(stratum));
    }

    @Override
    public String name() {
        return table.family();
    }

    @Override
    public void observe(Draw draw) {
        table.observe(draw);
        shares.observe(draw.mask(), draw.stratum().rate(), table.design().resolution());
        oneSided.observe(draw.mask(), draw.stratum().rate(), table.design().resolution());
    }

    @Override
    public RateFamily continued() {
        return new RateFamily(table.empty(), new ShareBets(), new OneSidedCalls());
    }

    @Override
    public RateFamily plus(Family later) {
        RateFamily that = (RateFamily) later;
        return new RateFamily(table.plus(that.table), shares.plus(that.shares), oneSided.plus(that.oneSided));
    }

    @Override
    public void counted(Counts counts) {
        table.counted(counts);
        shares.counted(counts);
        oneSided.counted(counts);
    }

    /** ln of the e-value of whole calls, each counted once, which holds even if elements of a call share their fate. */
    public double logEOfCalls() {
        return shares.logE();
    }

    /** Whether some calls of many elements were kept and some dropped as a whole, as by one draw for each call. */
    public boolean hasCallsOfBothWays() {
        return oneSided.goBothWays();
    }

    /** How many calls of many elements all went against the rate, as one draw for each explains no further. */
    public long callsOfOneWay() {
        return oneSided.againstTheRate();
    }

    @Override
    public long elements() {
        return table.elements();
    }

    /**
     * ln of the e-value against the resolution alone: half on each stratum for itself, half on all together, as in a
     * table of cells.
     */
    @Override
    public double logE() {
        Design design = table.design();
        double[] rates = new double[design.size()];
        RateCount[] counts = new RateCount[design.size()];
        for (int s = 0; s < rates.length; s++) {
            rates[s] = design.rate(s);
            counts[s] = table.total(s);
        }
        return logE(rates, counts, design.resolution());
    }

    /** The number of strata of the design, including those without elements. */
    public int strata() {
        return table.design().size();
    }

    /** ln of the e-value of counts, each at a rate of its own; counts without elements are strata too. */
    public static double logE(double[] rates, RateCount[] counts, double resolution) {
        double[] apart = new double[rates.length];
        double[] alike = new double[Tilt.BETS];
        for (int s = 0; s < rates.length; s++) {
            apart[s] = counts[s].logE(rates[s], resolution);
            new Tilt(Math.max(0, rates[s] - resolution), Math.min(1, rates[s] + resolution))
                    .add(counts[s].elements(), counts[s].dropped(), alike);
        }
        double each = Disjoint.together(apart);
        return apart.length == 1 ? each : LogSpace.add(each, Tilt.logE(alike)) - Math.log(2);
    }

    @Override
    public List<Finding> findings() {
        return all().stream().filter(finding -> finding.elements() > 0).toList();
    }

    private List<Finding> all() {
        List<Finding> findings = new ArrayList<>();
        Design design = table.design();
        for (int s = 0; s < design.size(); s++) {
            RateCount count = table.total(s);
            findings.add(new Finding(
                    name(),
                    new Place.All(),
                    Finding.Given.NOTHING,
                    design.strata().get(s),
                    count.elements(),
                    count.dropped(),
                    design.rate(s),
                    count.logE(design.rate(s), design.resolution())));
        }
        return findings;
    }

    @Override
    public List<Bound> bounds(double alpha, double share) {
        Design design = table.design();
        List<Bound> bounds = new ArrayList<>();
        for (int s = 0; s < design.size(); s++) {
            RateCount count = table.total(s);
            if (count.elements() > 0) {
                Interval interval = count.interval(design.rate(s), alpha / design.size());
                bounds.add(new Bound(
                        name(), new Place.All(), design.strata().get(s), count.elements(), interval, design.rate(s)));
            }
        }
        return bounds;
    }
}
