package org.dropoutspec.operation.recurrent;

import java.util.Arrays;

/** Whether a step that the masks do not explain is explained by others: then they were not held. */
final class Redrawn {
    private final Unrolled cell;
    private final int step;
    private final int example;

    Redrawn(Unrolled cell, int step, int example) {
        this.cell = cell;
        this.step = step;
        this.example = example;
    }

    /** The recurrent mask first shows in the second step, so that one that is wrong there was not held or is wrong. */
    boolean explains() {
        if (step == 0 || !HeldMasks.areShown(cell)) {
            return false;
        }
        boolean[] in = cell.in.clone();
        boolean[] back = cell.back.clone();
        boolean explained = step == 1 ? explainsAlone(in) : explainsTogether();
        System.arraycopy(in, 0, cell.in, 0, in.length);
        System.arraycopy(back, 0, cell.back, 0, back.length);
        return explained;
    }

    private boolean explainsAlone(boolean[] held) {
        boolean another = explainsTogether();
        int inputs = cell.extents.inputs();
        int from = example * inputs;
        return another && !Arrays.equals(cell.in, from, from + inputs, held, from, from + inputs);
    }

    /** Leaves the masks as they explain the step; those of the input as they were, where the other one is enough. */
    private boolean explainsTogether() {
        return cell.isDiagonal() ? each() : tried();
    }

    private boolean each() {
        for (int k = 0; k < cell.extents.states(); k++) {
            int element = example * cell.extents.states() + k;
            if (!fits(element, k)) {
                cell.back[element] ^= true;
                if (!fits(element, k)) {
                    cell.in[element] ^= true;
                    if (!fits(element, k)) {
                        cell.back[element] ^= true;
                        if (!fits(element, k)) {
                            return false;
                        }
                    }
                }
            }
        }
        return true;
    }

    private boolean fits(int element, int state) {
        return cell.misfit(step, element / cell.extents.states(), state) <= 1;
    }

    private boolean tried() {
        int inputs = cell.extents.inputs();
        int states = cell.extents.states();
        int held = 0;
        for (int i = 0; i < inputs; i++) {
            held |= cell.in[example * inputs + i] ? 1 << i : 0;
        }
        for (int change = 0; change < 1 << inputs; change++) {
            HeldMasks.set(cell.in, example * inputs, inputs, held ^ change);
            for (int bits = 0; bits < 1 << states; bits++) {
                HeldMasks.set(cell.back, example * states, states, bits);
                if (HeldMasks.misfit(cell, step, example) <= 1) {
                    return true;
                }
            }
        }
        return false;
    }
}
