package org.dropoutspec.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dropoutspec.condition.Condition;
import org.dropoutspec.condition.Layout;
import org.dropoutspec.condition.MaskShape;
import org.dropoutspec.condition.Scope;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;

/** Conditions of some thousand elements: a line, a strided input and a shared mask, with gradients if there are any. */
final class Middling {
    private static final int COLUMNS = 67;
    private static final int PLANES = 3;

    private final Scope scope;
    private final List<Condition> rows = new ArrayList<>();

    private Middling(Scope scope) {
        this.scope = scope;
    }

    /**
     * A line in each type, and one condition each of the two other kinds, where they can be asked.
     *
     * @param least the fewest elements that a row may have
     */
    static List<Condition> of(int least, List<DType> dtypes, Scope scope) {
        Middling middling = new Middling(scope);
        dtypes.forEach(dtype -> middling.add(Condition.plain(dtype, 0.75, Shape.of(least + PLANES))));
        Shape block = Shape.of(least / (PLANES * COLUMNS) + 1, PLANES, COLUMNS);
        Condition strided = Condition.plain(dtypes.get(0), 0.25, block);
        if (scope.can(Capability.PERMUTED_INPUT)) {
            middling.add(strided.with(block, Layout.CHANNELS_LAST, MaskShape.OWN, Optional.empty()));
        }
        if (scope.can(Capability.NOISE_SHAPE)) {
            Shape shared = Shape.of(block.extent(0), 1, COLUMNS);
            Condition plain = Condition.plain(dtypes.get(dtypes.size() - 1), 0.5, block);
            middling.add(plain.with(block, Layout.CONTIGUOUS, MaskShape.MIDDLE_SHARED, Optional.of(shared)));
        }
        return middling.rows;
    }

    private void add(Condition row) {
        rows.add(scope.can(Capability.BACKWARD) ? row.withGradient(true) : row);
    }
}
