package org.dropoutspec.operation.recurrent;

import java.util.Arrays;

/** The kind of masks that explain the output of an example which the given or reported ones do not explain. */
enum Explanation {
    /** Other masks, the same at all steps. */
    HELD,
    /** Some masks at each step, but not the same ones. */
    ANOTHER_AT_EACH_STEP,
    /** At some step no masks: the cell is wrong. */
    NONE,
    /** There are too many masks to try, or it may be either of the first two. */
    UNKNOWN;

    /** Explains an example; the masks of the cell are left as they are. */
    static Explanation of(Unrolled cell, int example) {
        if (!HeldMasks.areShown(cell)) {
            return UNKNOWN;
        }
        boolean[] in = cell.in.clone();
        boolean[] back = cell.back.clone();
        Explanation explanation = tried(cell, example, in);
        System.arraycopy(in, 0, cell.in, 0, in.length);
        System.arraycopy(back, 0, cell.back, 0, back.length);
        return explanation;
    }

    private static Explanation tried(Unrolled cell, int example, boolean[] known) {
        if (HeldMasks.explain(cell, example)) {
            // in two steps the recurrent mask shows only once: if another one explains it, it may be wrong, or not held
            return cell.extents.steps() == 2 && Arrays.equals(cell.in, known) ? UNKNOWN : HELD;
        }
        for (int step = 0; step < cell.extents.steps(); step++) {
            if (!new Redrawn(cell, step, example).explains()) {
                return NONE;
            }
        }
        return ANOTHER_AT_EACH_STEP;
    }
}
