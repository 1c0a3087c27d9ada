package org.dropoutspec.operation.recurrent;

import java.util.Arrays;

/** Which masks explain what came out of an example, where those that are given or reported do not. */
enum Explanation {
    /** Others, the same at all steps. */
    HELD,
    /** At each step some, but not the same. */
    ANOTHER_AT_EACH_STEP,
    /** At some step none: it is the cell that is wrong. */
    NONE,
    /** There are too many to try, or it may be either of these. */
    UNKNOWN;

    /** Leaves the masks of the cell as they are. */
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
            // in two steps the recurrent mask shows once: another one there may be a wrong one, or one that is not held
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
