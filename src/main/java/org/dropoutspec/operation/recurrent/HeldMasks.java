package org.dropoutspec.operation.recurrent;

import java.util.Arrays;

/**
 * Recovers the masks of a sequence from its output: that of the input from the first step, where no state comes back,
 * and the recurrent one from the second.
 */
final class HeldMasks {
    /** The end of tanh: beyond it, half types do not tell an argument from one that is twice as large. */
    private static final double END = 0.9;

    private final Unrolled cell;
    private final SequenceExtents extents;
    private boolean certain = true;

    private HeldMasks(Unrolled cell) {
        this.cell = cell;
        this.extents = cell.extents;
    }

    /** Whether the output of such a call shows its masks. */
    static boolean areShown(Unrolled cell) {
        SequenceExtents extents = cell.extents;
        return cell.isDiagonal() || extents.inputs() <= RecurrentOracle.FEW && extents.states() <= RecurrentOracle.FEW;
    }

    /**
     * Sets the masks of the cell to those that explain its output best, and tells whether no others do. In a wide cell,
     * which is diagonal, each element is judged by itself: its terms are those of a mask site, and far from 0.
     */
    static boolean recover(Unrolled cell) {
        HeldMasks masks = new HeldMasks(cell);
        for (int example = 0; example < cell.extents.examples(); example++) {
            if (cell.extents.inputs() > RecurrentOracle.FEW || cell.extents.states() > RecurrentOracle.FEW) {
                masks.each(example);
            } else {
                masks.tried(example);
            }
        }
        return masks.certain;
    }

    /** Sets the masks of a cell that a mask site asked for. It is diagonal, so each element is judged by itself. */
    static void recoverShown(Unrolled cell) {
        HeldMasks masks = new HeldMasks(cell);
        for (int example = 0; example < cell.extents.examples(); example++) {
            masks.each(example);
        }
    }

    /**
     * Takes the masks that were given or reported for those applied, unless the output tells otherwise. It does not
     * where no masks explain all of it, since then the cell is wrong, nor where tanh is at its ends whatever the mask.
     */
    static void believe(Unrolled cell, boolean[] in, boolean[] back) {
        if (Arrays.equals(cell.in, in) && Arrays.equals(cell.back, back)) {
            return;
        }
        boolean explained = true;
        for (int element = 0; element < cell.in.length && explained; element++) {
            explained = isExplained(cell, element);
        }
        for (int element = 0; element < cell.in.length; element++) {
            if (!explained || isAtItsEnd(cell, element)) {
                cell.in[element] = in[element];
                cell.back[element] = back[element];
            }
        }
    }

    /** Whether the masks of the cell explain all steps of an element of a diagonal cell. */
    private static boolean isExplained(Unrolled cell, int element) {
        int states = cell.extents.states();
        for (int step = 0; step < cell.extents.steps(); step++) {
            if (cell.misfit(step, element / states, element % states) > 1) {
                return false;
            }
        }
        return true;
    }

    /** Whether tanh is at its ends whatever the mask. Without a bias, only kept elements can take it there. */
    private static boolean isAtItsEnd(Unrolled cell, int element) {
        int states = cell.extents.states();
        boolean end = false;
        for (int step = 0; step < cell.extents.steps(); step++) {
            end |= Math.abs(cell.h[cell.index(step, element / states, element % states)]) > END;
        }
        return end && cell.bias[element % states] != 0;
    }

    private void each(int example) {
        int states = extents.states();
        for (int k = 0; k < states; k++) {
            int element = example * states + k;
            int diagonal = k * states + k;
            double term = cell.w[diagonal] * cell.x[element];
            if (term != 0) {
                cell.in[element] = isKept(cell.h[element], cell.bias[k], term, cell.scale);
            }
            double before = cell.u[diagonal] * (extents.steps() > 1 ? cell.h[element] : 0);
            double rest = extents.steps() > 1 ? cell.bias[k] + cell.w[diagonal] * cell.taken(1, example, k) : 0;
            if (before != 0) {
                cell.back[element] = isKept(cell.h[cell.index(1, example, k)], rest, before, cell.recurrentScale);
            }
            certain &= cell.shows(cell.bias[k], term) && cell.shows(rest, before);
        }
    }

    /** Whether a term is kept. If it is lost beside the rest, that is open, and the nearer one explains the output. */
    private boolean isKept(double got, double rest, double term, double scale) {
        return cell.shows(rest, term) ? cell.showsKept(got, rest, term) : cell.isNearer(got, rest + scale * term, rest);
    }

    /** Whether masks that are held explain all steps of an example; if so, the masks of the cell are set to them. */
    static boolean explain(Unrolled cell, int example) {
        return new HeldMasks(cell).explain(example);
    }

    private boolean explain(int example) {
        return cell.isDiagonal() ? stateByState(example) : together(example);
    }

    private void tried(int example) {
        if (!explain(example)) {
            certain = false;
            alone(cell.in, example * extents.inputs(), extents.inputs(), example, 0);
            if (extents.steps() > 1) {
                alone(cell.back, example * extents.states(), extents.states(), example, 1);
            }
        }
    }

    /** Whether there are masks that explain all steps; the best of them are set. */
    private boolean together(int example) {
        int inputs = extents.inputs();
        int states = extents.steps() > 1 ? extents.states() : 0;
        int best = 0;
        int fitting = 0;
        double least = 1;
        for (int bits = 0; bits < 1 << inputs + states; bits++) {
            set(cell.in, example * inputs, inputs, bits);
            set(cell.back, example * states, states, bits >> inputs);
            double worst = 0;
            for (int step = 0; step < extents.steps() && worst <= 1; step++) {
                worst = Math.max(worst, misfit(cell, step, example));
            }
            fitting += worst <= 1 ? 1 : 0;
            if (worst <= least) {
                least = worst;
                best = bits;
            }
        }
        certain &= fitting == 1;
        set(cell.in, example * inputs, inputs, best);
        set(cell.back, example * states, states, best >> inputs);
        return fitting > 0;
    }

    /** The same for a diagonal cell, in which each state has its own element of either mask, and 4 ways to fit. */
    private boolean stateByState(int example) {
        boolean all = true;
        int backs = extents.steps() > 1 ? 1 : 0;
        for (int k = 0; k < extents.states(); k++) {
            int element = example * extents.states() + k;
            int best = 0;
            int fitting = 0;
            double least = 1;
            for (int bits = 0; bits < 2 << backs; bits++) {
                set(cell.in, element, 1, bits);
                set(cell.back, element, backs, bits >> 1);
                double worst = 0;
                for (int step = 0; step < extents.steps() && worst <= 1; step++) {
                    worst = Math.max(worst, cell.misfit(step, example, k));
                }
                fitting += worst <= 1 ? 1 : 0;
                if (worst <= least) {
                    least = worst;
                    best = bits;
                }
            }
            certain &= fitting == 1;
            all &= fitting > 0;
            set(cell.in, element, 1, best);
            set(cell.back, element, backs, best >> 1);
        }
        return all;
    }

    /** Sets the mask that explains one step best. */
    private void alone(boolean[] mask, int from, int length, int example, int step) {
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int bits = 0; bits < 1 << length; bits++) {
            set(mask, from, length, bits);
            double misfit = misfit(cell, step, example);
            if (misfit < least) {
                least = misfit;
                best = bits;
            }
        }
        set(mask, from, length, best);
    }

    static void set(boolean[] mask, int from, int length, int bits) {
        for (int i = 0; i < length; i++) {
            mask[from + i] = (bits >> i & 1) == 1;
        }
    }

    /** The worst misfit of the states of an example at a step. */
    static double misfit(Unrolled cell, int step, int example) {
        double worst = 0;
        for (int k = 0; k < cell.extents.states(); k++) {
            worst = Math.max(worst, cell.misfit(step, example, k));
        }
        return worst;
    }
}
