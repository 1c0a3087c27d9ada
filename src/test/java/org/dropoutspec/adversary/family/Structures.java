package org.dropoutspec.adversary.family;

import java.util.ArrayList;
import java.util.List;

/** Masks that go wrong along the axes that an operation draws them in. */
final class Structures {
    /** With masks of two axes and more. */
    private static final List<String> MATRICES =
            List.of("dropconnect", "spatial_dropout", "alpha_dropout", "rnn", "attention", "network");

    private Structures() {}

    static List<FamilyBroken> all() {
        List<FamilyBroken> all = new ArrayList<>();
        for (String operation : MATRICES) {
            all.add(FamilyBroken.of(
                    operation,
                    "keeps the diagonal",
                    Drawn.changed(drawn -> drawn.with(
                            i -> i / drawn.columns() % drawn.rows() == i % drawn.columns() || drawn.kept(i))),
                    "MASK-8",
                    "MASK-1"));
            all.add(FamilyBroken.of(
                    operation,
                    "draws a symmetric mask",
                    Drawn.changed(drawn -> drawn.with(i -> {
                        int row = i / drawn.columns() % drawn.rows();
                        int column = i % drawn.columns();
                        boolean mirrored = column > row && column < drawn.rows();
                        return drawn.kept(mirrored ? i + (column - row) * drawn.columns() + row - column : i);
                    })),
                    "MASK-2"));
            all.add(FamilyBroken.of(
                    operation,
                    "keeps the anti-diagonal",
                    Drawn.changed(drawn -> drawn.with(
                            i -> i / drawn.columns() % drawn.rows() == drawn.columns() - 1 - i % drawn.columns()
                                    || drawn.kept(i))),
                    "MASK-8",
                    "MASK-1"));
            all.add(FamilyBroken.of(
                    operation,
                    "keeps the last row",
                    Drawn.changed(drawn ->
                            drawn.with(i -> drawn.rows() > 1 && i / drawn.columns() % drawn.rows() == drawn.rows() - 1
                                    || drawn.kept(i))),
                    "MASK-8",
                    "MASK-1"));
            all.add(FamilyBroken.of(
                    operation,
                    "keeps the last column",
                    Drawn.changed(drawn -> drawn.with(
                            i -> drawn.columns() > 1 && i % drawn.columns() == drawn.columns() - 1 || drawn.kept(i))),
                    "MASK-8",
                    "MASK-1"));
            all.add(FamilyBroken.of(
                    operation,
                    "keeps the first column from two on",
                    Drawn.changed(drawn ->
                            drawn.with(i -> drawn.columns() > 1 && i % drawn.columns() == 0 || drawn.kept(i))),
                    "MASK-8",
                    "MASK-1"));
            all.add(FamilyBroken.of(
                    operation,
                    "drops half as much on the black fields",
                    Drawn.changed(drawn -> {
                        var other = drawn.another(drawn.mask().shape());
                        return drawn.with(i -> drawn.kept(i)
                                || (i / drawn.columns() + i % drawn.columns()) % 2 == 0 && other.bool(i) != 0);
                    }),
                    "MASK-8",
                    "MASK-1"));
            all.add(FamilyBroken.of(
                    operation,
                    "takes each element of a column from the row before where it is the last",
                    Drawn.changed(drawn -> drawn.with(i -> drawn.kept(
                            drawn.rows() > 1 && i / drawn.columns() % drawn.rows() == drawn.rows() - 1
                                    ? i - drawn.columns()
                                    : i))),
                    "MASK-2",
                    "NET-7"));
            all.add(FamilyBroken.of(
                    operation,
                    "rolls each row by one from the row before",
                    Drawn.changed(drawn -> drawn.with(i -> {
                        int row = i / drawn.columns() % drawn.rows();
                        int column = i % drawn.columns();
                        return drawn.kept(
                                i - row * drawn.columns() - column + Math.floorMod(column - row, drawn.columns()));
                    })),
                    "MASK-2",
                    "NET-7"));
        }
        return all;
    }
}
