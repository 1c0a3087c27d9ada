package org.dropoutspec.statistics;

import java.util.List;

/** A family whose counts and evidence are those of one table of cells. */
sealed interface TableFamily extends Family
        permits PositionFamily, DispersionFamily, ContextFamily, StrataFamily, MatrixFamily {
    /** The table to which draws are added. */
    CellTable table();

    /** The table as it is read, with the counts that follow from others filled in. */
    default CellTable settled() {
        return table();
    }

    @Override
    default String name() {
        return table().family();
    }

    @Override
    default void counted(Counts counts) {
        table().counted(counts);
    }

    @Override
    default long elements() {
        return table().elements();
    }

    @Override
    default double logE() {
        return settled().logE();
    }

    @Override
    default List<Finding> findings() {
        return settled().findings();
    }

    @Override
    default List<Bound> bounds(double alpha, double share) {
        return settled().bounds(alpha, share);
    }
}
