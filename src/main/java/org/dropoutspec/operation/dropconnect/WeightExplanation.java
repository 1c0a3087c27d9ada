package org.dropoutspec.operation.dropconnect;

/** Whether another mask explains an output that the given or reported one does not explain. */
enum WeightExplanation {
    ANOTHER,
    /** No mask does, whatever the bias: the layer is wrong. */
    NONE,
    /** There are too many masks to try, or the bias may be wrong. */
    UNKNOWN;

    /** @param kept the mask that does not explain some element of the output */
    static WeightExplanation of(ConnectNumbers numbers, double[] y, boolean[] kept) {
        if (numbers.inputs() > WeightRecovery.FEW) {
            return isOfSomeExamples(numbers, y, kept) ? NONE : UNKNOWN;
        }
        boolean another = true;
        for (int m = 0; m < (numbers.eachExample() ? numbers.examples() : 1); m++) {
            for (int o = 0; o < numbers.outputs(); o++) {
                if (!isExplained(numbers, y, m, o, false)) {
                    another = false;
                    if (numbers.bias()[o] == 0 || !isExplained(numbers, y, m, o, true)) {
                        return NONE;
                    }
                }
            }
        }
        return another ? ANOTHER : UNKNOWN;
    }

    /** Whether the mask of a call explains one example of an output but not another, though both use every weight. */
    private static boolean isOfSomeExamples(ConnectNumbers numbers, double[] y, boolean[] kept) {
        for (int o = 0; o < numbers.outputs() && !numbers.eachExample(); o++) {
            boolean explained = false;
            boolean unexplained = false;
            for (int b = 0; b < numbers.examples(); b++) {
                double sum = numbers.bias()[o];
                double size = Math.abs(sum);
                boolean all = true;
                for (int i = 0; i < numbers.inputs(); i++) {
                    double x = numbers.x()[b * numbers.inputs() + i];
                    int at = o * numbers.inputs() + i;
                    all &= x != 0;
                    double term = kept[at] ? x * numbers.weight()[at] * numbers.scale() : 0;
                    sum += term;
                    size += Math.abs(term);
                }
                double tolerance = numbers.tolerance(numbers.inputs(), size);
                boolean fits = numbers.roundoff().isNear(y[b * numbers.outputs() + o], sum, tolerance);
                explained |= all && fits;
                unexplained |= all && !fits;
            }
            if (explained && unexplained) {
                return true;
            }
        }
        return false;
    }

    /** Whether some mask leaves of an output its bias or, with {@code anyBias}, the same number in all examples. */
    private static boolean isExplained(ConnectNumbers numbers, double[] y, int m, int o, boolean anyBias) {
        for (int mask = 0; mask < 1 << numbers.inputs(); mask++) {
            double low = anyBias ? Double.POSITIVE_INFINITY : numbers.bias()[o];
            double high = anyBias ? Double.NEGATIVE_INFINITY : numbers.bias()[o];
            double tolerance = 0;
            for (int b = numbers.eachExample() ? m : 0; b < (numbers.eachExample() ? m + 1 : numbers.examples()); b++) {
                double rest = y[b * numbers.outputs() + o];
                double size = Math.abs(numbers.bias()[o]);
                for (int i = 0; i < numbers.inputs(); i++) {
                    if ((mask >> i & 1) == 1) {
                        double term = numbers.x()[b * numbers.inputs() + i]
                                * numbers.weight()[o * numbers.inputs() + i]
                                * numbers.scale();
                        rest -= term;
                        size += Math.abs(term);
                    }
                }
                low = Math.min(low, rest);
                high = Math.max(high, rest);
                tolerance = Math.max(tolerance, numbers.tolerance(numbers.inputs(), Math.max(size, Math.abs(rest))));
            }
            if (high - low <= 2 * tolerance) {
                return true;
            }
        }
        return false;
    }
}
