package org.dropoutspec.statistics;

import java.util.List;

/** Elements of which something was known before the draw. */
final class StrataFamily implements TableFamily {
    private final CellTable table;
    private final int features;

    StrataFamily(Design design, List<String> features) {
        this(
                new CellTable(
                        design,
                        "stratum",
                        Cell.group(Cell.Kind.RATE, features.size(), i -> new Place.Feature(features.get(i)))),
                features.size());
    }

    private StrataFamily(CellTable table, int features) {
        this.table = table;
        this.features = features;
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
        if (draw.features().size() != features) {
            throw new IllegalArgumentException(
                    "features (" + draw.features().size() + ") must be as many as the family names: " + features);
        }
        long[] row = table.observe(draw);
        for (int c = 0; c < features; c++) {
            PackedMask feature = draw.features().get(c);
            CellTable.add(row, c, feature.count(), Overlap.count(feature, draw.mask(), 0));
        }
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
