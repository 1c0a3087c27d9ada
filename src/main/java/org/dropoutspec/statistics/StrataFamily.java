package org.dropoutspec.statistics;

import java.util.List;

/** Elements by what was known of each of them before the draw. */
final class StrataFamily implements TableFamily {
    private final CellTable table;
    private final List<String> features;

    StrataFamily(Design design, List<String> features) {
        this(
                new CellTable(
                        design,
                        "stratum",
                        Cell.group(Cell.Kind.RATE, features.size(), i -> new Place.Feature(features.get(i)))),
                features);
    }

    private StrataFamily(CellTable table, List<String> features) {
        this.table = table;
        this.features = List.copyOf(features);
    }

    @Override
    public CellTable table() {
        return table;
    }

    @Override
    public void observe(Draw draw) {
        if (draw.features().isEmpty()) {
            return;
        }
        if (draw.features().size() != features.size()) {
            throw new IllegalArgumentException("features (" + draw.features().size()
                    + ") must be as many as the family names: " + features.size());
        }
        long[] row = table.observe(draw);
        for (int c = 0; c < features.size(); c++) {
            PackedMask feature = draw.features().get(c);
            CellTable.add(row, c, feature.count(), Overlap.count(feature, draw.mask(), 0));
        }
    }

    @Override
    public List<Series> series(double rate) {
        Series.Builder series = new Series.Builder("where", rate);
        for (int feature = 0; feature < features.size(); feature++) {
            series.add(features.get(feature), table.countAt(rate, feature));
        }
        return series.build().stream().toList();
    }

    @Override
    public StrataFamily continued() {
        return new StrataFamily(table.empty(), features);
    }

    @Override
    public StrataFamily plus(Family later) {
        return new StrataFamily(table.plus(((StrataFamily) later).table), features);
    }
}
