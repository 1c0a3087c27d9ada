package org.dropoutspec.operation.dropconnect;

import java.util.Arrays;
import org.dropoutspec.tensor.Tensor;

/** Recovers the mask of an answer of DropConnect from its output. */
final class WeightRecovery {
    /** The most weights of an output that are recovered by trying every mask; of more, each has to show by itself. */
    static final int FEW = 4;

    private final ConnectNumbers numbers;
    private final double[] y;
    private final boolean[] kept;
    private boolean certain = true;

    /** @param kept the mask, which is written */
    WeightRecovery(ConnectNumbers numbers, Tensor output, boolean[] kept) {
        this.numbers = numbers;
        this.y = output.values();
        this.kept = kept;
    }

    /** Whether no other mask would explain the output too. */
    boolean isCertain() {
        return certain;
    }

    /** Whether the mask was found; {@link #isCertain} says whether another mask would explain the output too. */
    boolean everywhere() {
        int[] showing = numbers.eachExample() ? new int[0] : showing();
        if (numbers.inputs() > FEW && showing.length == 0) {
            return false;
        }
        for (int m = 0; m < (numbers.eachExample() ? numbers.examples() : 1); m++) {
            for (int o = 0; o < numbers.outputs(); o++) {
                if (showing.length > 0) {
                    single(o, showing);
                } else {
                    tried(m, o);
                }
            }
        }
        return true;
    }

    /** For each weight of an output, an example whose input is zero elsewhere; empty if a weight has none. */
    private int[] showing() {
        int[] showing = new int[numbers.inputs()];
        Arrays.fill(showing, -1);
        for (int b = 0; b < numbers.examples(); b++) {
            int only = -1;
            int others = 0;
            for (int i = 0; i < numbers.inputs(); i++) {
                if (numbers.x()[b * numbers.inputs() + i] != 0) {
                    only = i;
                    others++;
                }
            }
            if (others == 1) {
                showing[only] = b;
            }
        }
        for (int b : showing) {
            if (b < 0) {
                return new int[0];
            }
        }
        return showing;
    }

    private void single(int o, int[] showing) {
        for (int i = 0; i < numbers.inputs(); i++) {
            int b = showing[i];
            double bias = numbers.bias()[o];
            double rest = y[b * numbers.outputs() + o] - bias;
            double term = numbers.x()[b * numbers.inputs() + i]
                    * numbers.weight()[o * numbers.inputs() + i]
                    * numbers.scale();
            kept[o * numbers.inputs() + i] = !(Math.abs(rest - term) >= Math.abs(rest));
            // a small term may not show beside a large bias
            double tolerance = numbers.tolerance(numbers.inputs(), Math.abs(bias) + Math.abs(term));
            certain &= !(Math.abs(rest) <= tolerance && Math.abs(rest - term) <= tolerance);
        }
    }

    private void tried(int m, int o) {
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        int fitting = 0;
        for (int mask = 0; mask < 1 << numbers.inputs(); mask++) {
            double misfit = misfit(m, o, mask);
            fitting += misfit <= 1 ? 1 : 0;
            if (misfit < least) {
                least = misfit;
                best = mask;
            }
        }
        certain &= fitting <= 1;
        for (int i = 0; i < numbers.inputs(); i++) {
            kept[numbers.first(m) + o * numbers.inputs() + i] = (best >> i & 1) == 1;
        }
    }

    /** How many tolerances the output would be off if this were the mask. */
    private double misfit(int m, int o, int mask) {
        double worst = 0;
        for (int b = numbers.eachExample() ? m : 0; b < (numbers.eachExample() ? m + 1 : numbers.examples()); b++) {
            double sum = numbers.bias()[o];
            double size = Math.abs(numbers.bias()[o]);
            for (int i = 0; i < numbers.inputs(); i++) {
                if ((mask >> i & 1) == 1) {
                    double term = numbers.x()[b * numbers.inputs() + i]
                            * numbers.weight()[o * numbers.inputs() + i]
                            * numbers.scale();
                    sum += term;
                    size += Math.abs(term);
                }
            }
            double off = Math.abs(y[b * numbers.outputs() + o] - sum) / numbers.tolerance(numbers.inputs(), size);
            worst = off >= 0 && off <= worst ? worst : Double.isNaN(off) ? Double.POSITIVE_INFINITY : off;
        }
        return worst;
    }
}
