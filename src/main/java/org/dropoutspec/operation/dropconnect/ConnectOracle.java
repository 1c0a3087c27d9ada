package org.dropoutspec.operation.dropconnect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Choices.Scaling;
import org.dropoutspec.implementation.Choices.WeightMask;
import org.dropoutspec.implementation.Declaration;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.oracle.Roundoff;
import org.dropoutspec.oracle.Sighting;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/**
 * Holds an answer of DropConnect to exact arithmetic. The mask is the one given, else the one reported, else the one that
 * explains the output best.
 *
 * <p>A sum of n products x W s passes n + 4 roundings at most, whatever the order: the keep probability, its reciprocal,
 * two products, and n additions, that of the bias or of the last product included.
 */
final class ConnectOracle {
    /** So many weights of an output are recovered by trying every mask; of more each has to show by itself. */
    static final int FEW = 4;

    private final OperationCall call;
    private final OperationResult result;
    private final Roundoff roundoff;
    private final double scale;
    private final boolean eachExample;
    private final int examples;
    private final int inputs;
    private final int outputs;
    private final double[] x;
    private final double[] weight;
    private final double[] bias;
    private final List<Sighting> seen = new ArrayList<>();
    /** In the order of the mask; of one mask or of one for each example. */
    private boolean[] kept;

    private ConnectOracle(OperationCall call, OperationResult result, Declaration declared) {
        this.call = call;
        this.result = result;
        Tensor input = call.tensor("input");
        Shape shape = call.tensor("weight").shape();
        this.roundoff = new Roundoff(input.dtype());
        this.scale = scale(call, declared.choices().scaling());
        this.eachExample = declared.choices().weightMask() == WeightMask.EXAMPLE;
        this.examples = input.shape().extent(0);
        this.outputs = shape.extent(0);
        this.inputs = shape.extent(1);
        this.x = input.values();
        this.weight = call.tensor("weight").values();
        this.bias = call.tensor("bias").values();
    }

    private static double scale(OperationCall call, Scaling scaling) {
        if (call.training()) {
            return scaling == Scaling.CLASSIC || call.rate() == 1 ? 1 : 1 / (1 - call.rate());
        }
        return scaling == Scaling.CLASSIC ? 1 - call.rate() : 1;
    }

    /** What the answer breaks, each requirement once. */
    static List<Sighting> look(OperationCall call, OperationResult result, Description description) {
        Declaration declared = description.declaration(DropConnect.NAME);
        ConnectOracle oracle = new ConnectOracle(call, result, declared);
        Optional<Tensor> reported = declared.can(Capability.MASK_OUTPUT) && call.training()
                ? result.optionalTensor("mask")
                : Optional.empty();
        if (oracle.hasForm(reported) && oracle.roundoff.holds(call.rate())) {
            oracle.values(call.optionalTensor("mask").or(() -> reported));
        }
        return oracle.seen;
    }

    private boolean hasForm(Optional<Tensor> reported) {
        form(forward(), "output", result.tensor("output"), Shape.of(examples, outputs));
        reported.ifPresent(mask -> {
            Shape shape = eachExample ? Shape.of(examples, outputs, inputs) : Shape.of(outputs, inputs);
            if (mask.dtype() != DType.BOOL || !mask.shape().equals(shape)) {
                see("CONN-6", "expected bool " + shape + ", got " + mask.dtype() + " " + mask.shape());
            }
        });
        if (call.has("grad_output")) {
            form("CONN-3", "grad_weight", result.tensor("grad_weight"), Shape.of(outputs, inputs));
            form("CONN-4", "grad_input", result.tensor("grad_input"), Shape.of(examples, inputs));
            form("CONN-5", "grad_bias", result.tensor("grad_bias"), Shape.of(outputs));
        }
        return seen.isEmpty();
    }

    private void form(String requirement, String name, Tensor got, Shape shape) {
        DType dtype = roundoff.dtype();
        if (got.dtype() != dtype || !got.shape().equals(shape)) {
            see(requirement, name + " expected as " + dtype + " " + shape + ", got " + got.dtype() + " " + got.shape());
        }
    }

    private String forward() {
        return call.training() ? "CONN-1" : "CONN-7";
    }

    private void see(String requirement, String what) {
        if (seen.stream().noneMatch(sighting -> sighting.requirement().equals(requirement))) {
            seen.add(new Sighting(requirement, what));
        }
    }

    private void values(Optional<Tensor> mask) {
        kept = new boolean[(eachExample ? examples : 1) * outputs * inputs];
        boolean certain = true;
        if (!call.training()) {
            Arrays.fill(kept, true);
        } else if (call.rate() < 1 && mask.isPresent()) {
            for (int i = 0; i < kept.length; i++) {
                kept[i] = mask.get().bool(i) != 0;
            }
        } else if (call.rate() < 1) {
            Recovery recovery = new Recovery();
            if (!recovery.everywhere()) {
                return;
            }
            certain = recovery.certain;
        }
        output();
        if (call.has("grad_output")) {
            gradients(call.tensor("grad_output").values(), certain);
        }
    }

    private int first(int example) {
        return eachExample ? example * outputs * inputs : 0;
    }

    /** The weight as it takes part: dropped or kept and scaled. */
    private double taking(int example, int at) {
        return kept[first(example) + at] ? weight[at] * scale : 0;
    }

    private void output() {
        Tensor y = result.tensor("output");
        for (int b = 0; b < examples; b++) {
            boolean dark = isDark(b);
            for (int o = 0; o < outputs; o++) {
                double sum = bias[o];
                double size = Math.abs(bias[o]);
                for (int i = 0; i < inputs; i++) {
                    double in = x[b * inputs + i];
                    if (in != 0) {
                        double term = in * taking(b, o * inputs + i);
                        sum += term;
                        size += Math.abs(term);
                    }
                }
                hold(dark ? "CONN-2" : forward(), "", y, b * outputs + o, sum, dark ? 0 : tolerance(inputs, size));
            }
        }
    }

    /** Whether an input is all zero: then the output is the bias. */
    private boolean isDark(int example) {
        for (int i = 0; i < inputs; i++) {
            if (x[example * inputs + i] != 0) {
                return false;
            }
        }
        return true;
    }

    /** @param size of the terms together, in magnitude */
    private double tolerance(int terms, double size) {
        return roundoff.gamma(terms + 4) * size + (terms + 1) * roundoff.smallest() * Math.max(1, scale);
    }

    private void hold(String requirement, String name, Tensor got, int index, double exact, double tolerance) {
        if (!roundoff.isNear(got.value(index), exact, tolerance)) {
            see(requirement, name + roundoff.words(got, index, exact, tolerance));
        }
    }

    private void gradients(double[] dy, boolean certain) {
        String evaluation = call.training() ? null : "CONN-7";
        for (int o = 0; o < outputs; o++) {
            double sum = 0;
            double size = 0;
            for (int b = 0; b < examples; b++) {
                sum += dy[b * outputs + o];
                size += Math.abs(dy[b * outputs + o]);
            }
            hold(
                    evaluation == null ? "CONN-5" : evaluation,
                    "gradient of the bias, ",
                    result.tensor("grad_bias"),
                    o,
                    sum,
                    roundoff.gamma(examples) * size);
        }
        if (certain) {
            ofWeight(dy, evaluation == null ? "CONN-3" : evaluation);
            ofInput(dy, evaluation == null ? "CONN-4" : evaluation);
        }
    }

    private void ofWeight(double[] dy, String requirement) {
        for (int o = 0; o < outputs; o++) {
            for (int i = 0; i < inputs; i++) {
                double sum = 0;
                double size = 0;
                for (int b = 0; b < examples; b++) {
                    if (kept[first(b) + o * inputs + i]) {
                        double term = dy[b * outputs + o] * x[b * inputs + i] * scale;
                        sum += term;
                        size += Math.abs(term);
                    }
                }
                hold(
                        requirement,
                        "gradient of the weight, ",
                        result.tensor("grad_weight"),
                        o * inputs + i,
                        sum,
                        tolerance(examples, size));
            }
        }
    }

    private void ofInput(double[] dy, String requirement) {
        for (int b = 0; b < examples; b++) {
            for (int i = 0; i < inputs; i++) {
                double sum = 0;
                double size = 0;
                for (int o = 0; o < outputs; o++) {
                    double term = dy[b * outputs + o] * taking(b, o * inputs + i);
                    sum += term;
                    size += Math.abs(term);
                }
                hold(
                        requirement,
                        "gradient of the input, ",
                        result.tensor("grad_input"),
                        b * inputs + i,
                        sum,
                        tolerance(outputs, size));
            }
        }
    }

    /** Finds the mask in the output. */
    private final class Recovery {
        private final double[] y = result.tensor("output").values();
        private boolean certain = true;

        /** Whether it was found; {@link #certain} says whether another one would explain the output too. */
        boolean everywhere() {
            int[] showing = eachExample ? new int[0] : showing();
            if (inputs > FEW && showing.length == 0) {
                return false;
            }
            for (int m = 0; m < (eachExample ? examples : 1); m++) {
                for (int o = 0; o < outputs; o++) {
                    if (showing.length > 0) {
                        single(o, showing);
                    } else {
                        tried(m, o);
                    }
                }
            }
            return true;
        }

        /** For each weight of an output an example whose input is zero elsewhere; empty where one has none. */
        private int[] showing() {
            int[] showing = new int[inputs];
            Arrays.fill(showing, -1);
            for (int b = 0; b < examples; b++) {
                int only = -1;
                int others = 0;
                for (int i = 0; i < inputs; i++) {
                    if (x[b * inputs + i] != 0) {
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
            for (int i = 0; i < inputs; i++) {
                int b = showing[i];
                double rest = y[b * outputs + o] - bias[o];
                double term = x[b * inputs + i] * weight[o * inputs + i] * scale;
                kept[o * inputs + i] = !(Math.abs(rest - term) >= Math.abs(rest));
            }
        }

        private void tried(int m, int o) {
            int best = 0;
            double least = Double.POSITIVE_INFINITY;
            int fitting = 0;
            for (int mask = 0; mask < 1 << inputs; mask++) {
                double misfit = misfit(m, o, mask);
                fitting += misfit <= 1 ? 1 : 0;
                if (misfit < least) {
                    least = misfit;
                    best = mask;
                }
            }
            certain &= fitting <= 1;
            for (int i = 0; i < inputs; i++) {
                kept[first(m) + o * inputs + i] = (best >> i & 1) == 1;
            }
        }

        /** How many tolerances the output is off, were this the mask. */
        private double misfit(int m, int o, int mask) {
            double worst = 0;
            for (int b = eachExample ? m : 0; b < (eachExample ? m + 1 : examples); b++) {
                double sum = bias[o];
                double size = Math.abs(bias[o]);
                for (int i = 0; i < inputs; i++) {
                    if ((mask >> i & 1) == 1) {
                        double term = x[b * inputs + i] * weight[o * inputs + i] * scale;
                        sum += term;
                        size += Math.abs(term);
                    }
                }
                double off = Math.abs(y[b * outputs + o] - sum) / tolerance(inputs, size);
                worst = off >= 0 && off <= worst ? worst : Double.isNaN(off) ? Double.POSITIVE_INFINITY : off;
            }
            return worst;
        }
    }
}
