package org.dropoutspec.operation.recurrent;

/** Whether there are masks that explain a step by itself. */
final class Redrawn {
    private final Unrolled cell;
    private final int step;
    private final int example;

    Redrawn(Unrolled cell, int step, int example) {
        this.cell = cell;
        this.step = step;
        this.example = example;
    }

    /** Whether such masks exist; sets them, with that of the input unchanged if the recurrent one is enough. */
    boolean explains() {
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
