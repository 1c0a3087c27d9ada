package org.dropoutspec.operation.dropconnect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Declaration;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.oracle.Sighting;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/**
 * Compares an answer of DropConnect with exact arithmetic. The mask is the one given, or else the one reported, or else
 * the one that explains the output best.
 *
 * <p>A sum of n products x W s passes n + 4 roundings at most, whatever the order: the keep probability, its
 * reciprocal, two products, and n additions, including that of the bias or of the last product.
 */
final class ConnectOracle {
    private final OperationCall call;
    private final OperationResult result;
    private final ConnectNumbers numbers;
    private final List<Sighting> seen = new ArrayList<>();
    /** The elements of the mask in their order: of one mask, or of one for each example. */
    private final boolean[] kept;

    private ConnectOracle(OperationCall call, OperationResult result, Declaration declared) {
        this.call = call;
        this.result = result;
        this.numbers = ConnectNumbers.of(call, declared.choices());
        this.kept =
                new boolean[(numbers.eachExample() ? numbers.examples() : 1) * numbers.outputs() * numbers.inputs()];
    }

    /** The requirements that an answer breaks, each of them once. */
    static List<Sighting> look(OperationCall call, OperationResult result, Description description) {
        Declaration declared = description.declaration(DropConnect.NAME);
        ConnectOracle oracle = new ConnectOracle(call, result, declared);
        Optional<Tensor> reported = declared.can(Capability.MASK_OUTPUT) && call.training()
                ? result.optionalTensor("mask")
                : Optional.empty();
        if (oracle.hasForm(reported) && oracle.numbers.roundoff().holds(call.rate())) {
            oracle.values(call.optionalTensor("mask").or(() -> reported));
        }
        return oracle.seen;
    }

    private boolean hasForm(Optional<Tensor> reported) {
        form(forward(), "output", result.tensor("output"), Shape.of(numbers.examples(), numbers.outputs()));
        reported.ifPresent(mask -> {
            Shape shape = numbers.eachExample()
                    ? Shape.of(numbers.examples(), numbers.outputs(), numbers.inputs())
                    : Shape.of(numbers.outputs(), numbers.inputs());
            if (mask.dtype() != DType.BOOL || !mask.shape().equals(shape)) {
                see("CONN-6", "expected bool " + shape + ", got " + mask.dtype() + " " + mask.shape());
            }
        });
        if (call.has("grad_output")) {
            form("CONN-3", "grad_weight", result.tensor("grad_weight"), Shape.of(numbers.outputs(), numbers.inputs()));
            form("CONN-4", "grad_input", result.tensor("grad_input"), Shape.of(numbers.examples(), numbers.inputs()));
            form("CONN-5", "grad_bias", result.tensor("grad_bias"), Shape.of(numbers.outputs()));
        }
        return seen.isEmpty();
    }

    private void form(String requirement, String name, Tensor got, Shape shape) {
        DType dtype = numbers.roundoff().dtype();
        if (got.dtype() != dtype || !got.shape().equals(shape)) {
            see(requirement, name + " expected as " + dtype + " " + shape + ", got " + got.dtype() + " " + got.shape());
        }
    }

    private String forward() {
        return call.training() ? "CONN-1" : "CONN-7";
    }

    private void see(String requirement, String what) {
        if (!isTold(requirement)) {
            boolean evaluated = !call.training() && requirement.equals("CONN-2");
            // a bias that is wrong in evaluation shows in every evaluation
            seen.add(new Sighting(requirement, what, false, evaluated ? Optional.of("EVAL-1") : Optional.empty()));
        }
    }

    private boolean isTold(String requirement) {
        return seen.stream().anyMatch(sighting -> sighting.requirement().equals(requirement));
    }

    private void values(Optional<Tensor> mask) {
        boolean certain = true;
        if (!call.training()) {
            Arrays.fill(kept, true);
        } else if (call.rate() < 1 && mask.isPresent()) {
            for (int i = 0; i < kept.length; i++) {
                kept[i] = mask.get().bool(i) != 0;
            }
        } else if (call.rate() < 1) {
            WeightRecovery recovery = new WeightRecovery(numbers, result.tensor("output"), kept);
            if (!recovery.everywhere()) {
                return;
            }
            certain = recovery.isCertain();
        }
        output();
        if (call.has("grad_output")) {
            gradients(call.tensor("grad_output").values(), certain);
        }
    }

    /** The weight as it is used: 0 if it is dropped, scaled if it is kept. */
    private double taking(int example, int at) {
        return kept[numbers.first(example) + at] ? numbers.weight()[at] * numbers.scale() : 0;
    }

    private void output() {
        Tensor y = result.tensor("output");
        for (int b = 0; b < numbers.examples(); b++) {
            boolean dark = isDark(b);
            for (int o = 0; o < numbers.outputs(); o++) {
                double sum = numbers.bias()[o];
                double size = Math.abs(numbers.bias()[o]);
                for (int i = 0; i < numbers.inputs(); i++) {
                    double in = numbers.x()[b * numbers.inputs() + i];
                    if (in != 0) {
                        double term = in * taking(b, o * numbers.inputs() + i);
                        sum += term;
                        size += Math.abs(term);
                    }
                }
                int index = b * numbers.outputs() + o;
                double tolerance = dark ? 0 : numbers.tolerance(numbers.inputs(), size);
                if (dark || !call.training()) {
                    hold(dark ? "CONN-2" : "CONN-7", "", y, index, sum, tolerance);
                } else if (!numbers.roundoff().isNear(y.value(index), sum, tolerance) && !isTold("CONN-1")) {
                    trained(numbers.roundoff().words(y, index, sum, tolerance));
                }
            }
        }
    }

    /** If no mask explains the output, the layer is at fault, and nothing is said of the mask given or reported. */
    private void trained(String words) {
        double[] y = result.tensor("output").values();
        boolean none = WeightExplanation.of(numbers, y, kept) == WeightExplanation.NONE;
        seen.add(none ? Sighting.whateverTheMask("CONN-1", words) : new Sighting("CONN-1", words));
    }

    /** Whether an input is all zero, so that the output is the bias. */
    private boolean isDark(int example) {
        for (int i = 0; i < numbers.inputs(); i++) {
            if (numbers.x()[example * numbers.inputs() + i] != 0) {
                return false;
            }
        }
        return true;
    }

    private void hold(String requirement, String name, Tensor got, int index, double exact, double tolerance) {
        if (!numbers.roundoff().isNear(got.value(index), exact, tolerance)) {
            see(requirement, name + numbers.roundoff().words(got, index, exact, tolerance));
        }
    }

    private void gradients(double[] dy, boolean certain) {
        String evaluation = call.training() ? null : "CONN-7";
        for (int o = 0; o < numbers.outputs(); o++) {
            double sum = 0;
            double size = 0;
            for (int b = 0; b < numbers.examples(); b++) {
                sum += dy[b * numbers.outputs() + o];
                size += Math.abs(dy[b * numbers.outputs() + o]);
            }
            hold(
                    evaluation == null ? "CONN-5" : evaluation,
                    "gradient of the bias, ",
                    result.tensor("grad_bias"),
                    o,
                    sum,
                    numbers.roundoff().error(numbers.examples()) * size);
        }
        if (certain) {
            ofWeight(dy, evaluation == null ? "CONN-3" : evaluation);
            ofInput(dy, evaluation == null ? "CONN-4" : evaluation);
        }
    }

    private void ofWeight(double[] dy, String requirement) {
        for (int o = 0; o < numbers.outputs(); o++) {
            for (int i = 0; i < numbers.inputs(); i++) {
                double sum = 0;
                double size = 0;
                for (int b = 0; b < numbers.examples(); b++) {
                    if (kept[numbers.first(b) + o * numbers.inputs() + i]) {
                        double term =
                                dy[b * numbers.outputs() + o] * numbers.x()[b * numbers.inputs() + i] * numbers.scale();
                        sum += term;
                        size += Math.abs(term);
                    }
                }
                hold(
                        requirement,
                        "gradient of the weight, ",
                        result.tensor("grad_weight"),
                        o * numbers.inputs() + i,
                        sum,
                        numbers.tolerance(numbers.examples(), size));
            }
        }
    }

    private void ofInput(double[] dy, String requirement) {
        for (int b = 0; b < numbers.examples(); b++) {
            for (int i = 0; i < numbers.inputs(); i++) {
                double sum = 0;
                double size = 0;
                for (int o = 0; o < numbers.outputs(); o++) {
                    double term = dy[b * numbers.outputs() + o] * taking(b, o * numbers.inputs() + i);
                    sum += term;
                    size += Math.abs(term);
                }
                hold(
                        requirement,
                        "gradient of the input, ",
                        result.tensor("grad_input"),
                        b * numbers.inputs() + i,
                        sum,
                        numbers.tolerance(numbers.outputs(), size));
            }
        }
    }
}
