package org.dropoutspec.statistics;

import java.util.ArrayList;
import java.util.List;

/** Elements and drops of each rate. */
public final class RateFamily implements Family {
    private final CellTable table;

    RateFamily(Design design) {
        this(new CellTable(design, "rate", List.of()));
    }

    private RateFamily(CellTable table) {
        this.table = table;
    }

    /** The counts at one rate of the design. */
    public RateCount count(double rate) {
        return table.total(rate);
    }

    @Override
    public String name() {
        return table.family();
    }

    @Override
    public void observe(Draw draw) {
        table.observe(draw);
    }

    @Override
    public RateFamily continued() {
        return new RateFamily(table.empty());
    }

    @Override
    public RateFamily plus(Family later) {
        return new RateFamily(table.plus(((RateFamily) later).table));
    }

    @Override
    public long elements() {
        return table.elements();
    }

    @Override
    public double logE() {
        double sum = Double.NEGATIVE_INFINITY;
        for (Finding finding : all()) {
            sum = LogSpace.add(sum, finding.logE());
        }
        return sum - Math.log(table.design().rates().size());
    }

    @Override
    public List<Finding> findings() {
        return all().stream().filter(finding -> finding.elements() > 0).toList();
    }

    private List<Finding> all() {
        List<Finding> findings = new ArrayList<>();
        for (double rate : table.design().rates()) {
            RateCount count = count(rate);
            findings.add(new Finding(
                    name(),
                    "all elements",
                    rate,
                    count.elements(),
                    count.dropped(),
                    rate,
                    count.logE(rate, table.design().resolution())));
        }
        return findings;
    }

    @Override
    public List<Bound> bounds(double alpha, double share) {
        double part = alpha / table.design().rates().size();
        return table.design().rates().stream()
                .filter(rate -> count(rate).elements() > 0)
                .map(rate -> new Bound(
                        name(),
                        "all elements",
                        rate,
                        count(rate).elements(),
                        count(rate).interval(rate, part),
                        rate))
                .toList();
    }
}
