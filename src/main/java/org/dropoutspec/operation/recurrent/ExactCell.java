package org.dropoutspec.operation.recurrent;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dropoutspec.golden.exact.Approximate;
import org.dropoutspec.golden.exact.ElementArithmetic;
import org.dropoutspec.golden.exact.Transcendental;
import org.dropoutspec.golden.word.Expected;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/**
 * Elman's cell under given masks, to 120 digits. The error that an implementation may have is carried from step to
 * step, with the roundings of the chapter RNN.
 */
final class ExactCell {
    /** The roundings of tanh and of the result. */
    private static final int OF_TANH = 10;

    private static final BigDecimal TWO = BigDecimal.valueOf(2);

    private final OperationCall call;
    private final ElementArithmetic arithmetic;
    private final int steps;
    private final int examples;
    private final int inputs;
    private final int states;
    private final Approximate inputScale;
    private final Approximate stateScale;
    /** By step, example and state. */
    private final Approximate[][][] state;

    ExactCell(OperationCall call, boolean inverted) {
        this.call = call;
        Shape x = call.tensor("input").shape();
        this.arithmetic = new ElementArithmetic(call.tensor("input").dtype());
        this.steps = x.extent(0);
        this.examples = x.extent(1);
        this.inputs = x.extent(2);
        this.states = call.tensor("bias").size();
        this.inputScale = ElementArithmetic.factor(call.rate(), call.training(), inverted);
        this.stateScale = ElementArithmetic.factor(call.number("recurrent_rate"), call.training(), inverted);
        this.state = new Approximate[steps][examples][states];
        for (int t = 0; t < steps; t++) {
            for (int b = 0; b < examples; b++) {
                for (int j = 0; j < states; j++) {
                    state[t][b][j] = tanh(argument(t, b, j));
                }
            }
        }
    }

    private Approximate argument(int t, int b, int j) {
        List<List<Approximate>> terms = new ArrayList<>();
        for (int i = 0; i < inputs; i++) {
            if (isKept("mask", b * inputs + i)) {
                terms.add(List.of(weight("weight_input", j, i, inputs), x(t, b, i), inputScale));
            }
        }
        for (int h = 0; t > 0 && h < states; h++) {
            if (isKept("recurrent_mask", b * states + h)) {
                terms.add(List.of(weight("weight_recurrent", j, h, states), state[t - 1][b][h], stateScale));
            }
        }
        terms.add(List.of(arithmetic.of(call.tensor("bias"), j)));
        return arithmetic.sum(inputs + states + 6, terms);
    }

    /** The tanh of an argument, which is off by no more than the argument, and by its own roundings. */
    private Approximate tanh(Approximate z) {
        if (z.isZero()) {
            return Approximate.ZERO;
        }
        BigDecimal value = Transcendental.tanh(z.value());
        BigDecimal rounded = value.abs().add(z.error()).multiply(arithmetic.roundings(OF_TANH));
        return new Approximate(value, z.error().add(rounded).add(arithmetic.tiny()));
    }

    private boolean isKept(String mask, int index) {
        return !call.training() || call.tensor(mask).bool(index) != 0;
    }

    private Approximate weight(String name, int row, int column, int columns) {
        return arithmetic.of(call.tensor(name), row * columns + column);
    }

    private Approximate x(int t, int b, int i) {
        return arithmetic.of(call.tensor("input"), (t * examples + b) * inputs + i);
    }

    Expected output() {
        List<Approximate> all = new ArrayList<>();
        for (Approximate[][] step : state) {
            for (Approximate[] example : step) {
                all.addAll(List.of(example));
            }
        }
        return arithmetic.expected(Shape.of(steps, examples, states), all);
    }

    /** Backpropagation through time. */
    Map<String, Object> gradients(Tensor dy) {
        Approximate[][][] dz = new Approximate[steps][examples][states];
        for (int t = steps - 1; t >= 0; t--) {
            for (int b = 0; b < examples; b++) {
                for (int h = 0; h < states; h++) {
                    Approximate dh = upstream(dy, dz, t, b, h);
                    dz[t][b][h] = arithmetic.sum(6, List.of(List.of(dh, slope(state[t][b][h]))));
                }
            }
        }
        Map<String, Object> gradients = new LinkedHashMap<>();
        gradients.put("grad_input", arithmetic.expected(call.tensor("input").shape(), ofInput(dz)));
        gradients.put("grad_weight_input", ofWeight(dz, "weight_input", inputs));
        gradients.put("grad_weight_recurrent", ofWeight(dz, "weight_recurrent", states));
        List<Approximate> ofBias = new ArrayList<>();
        for (int j = 0; j < states; j++) {
            List<List<Approximate>> terms = new ArrayList<>();
            for (int t = 0; t < steps; t++) {
                for (int b = 0; b < examples; b++) {
                    terms.add(List.of(dz[t][b][j]));
                }
            }
            ofBias.add(arithmetic.sum(steps * examples, terms));
        }
        gradients.put("grad_bias", arithmetic.expected(Shape.of(states), ofBias));
        return gradients;
    }

    private Approximate upstream(Tensor dy, Approximate[][][] dz, int t, int b, int h) {
        List<List<Approximate>> terms = new ArrayList<>();
        terms.add(List.of(arithmetic.of(dy, (t * examples + b) * states + h)));
        for (int j = 0; t + 1 < steps && isKept("recurrent_mask", b * states + h) && j < states; j++) {
            terms.add(List.of(dz[t + 1][b][j], weight("weight_recurrent", j, h, states), stateScale));
        }
        return arithmetic.sum(states + 5, terms);
    }

    /** 1 - h^2. */
    private Approximate slope(Approximate h) {
        BigDecimal value = BigDecimal.ONE.subtract(h.value().multiply(h.value()));
        BigDecimal carried = h.error().multiply(h.value().abs().multiply(TWO).add(h.error()));
        return new Approximate(value, carried.add(arithmetic.roundings(4)));
    }

    private List<Approximate> ofInput(Approximate[][][] dz) {
        List<Approximate> all = new ArrayList<>();
        for (int t = 0; t < steps; t++) {
            for (int b = 0; b < examples; b++) {
                for (int i = 0; i < inputs; i++) {
                    List<List<Approximate>> terms = new ArrayList<>();
                    for (int j = 0; isKept("mask", b * inputs + i) && j < states; j++) {
                        terms.add(List.of(dz[t][b][j], weight("weight_input", j, i, inputs), inputScale));
                    }
                    all.add(arithmetic.sum(states + 5, terms));
                }
            }
        }
        return all;
    }

    /** @param columns the number of inputs or states that the weight multiplies */
    private Expected ofWeight(Approximate[][][] dz, String name, int columns) {
        boolean recurrent = name.equals("weight_recurrent");
        List<Approximate> all = new ArrayList<>();
        for (int j = 0; j < states; j++) {
            for (int c = 0; c < columns; c++) {
                List<List<Approximate>> terms = new ArrayList<>();
                for (int t = recurrent ? 1 : 0; t < steps; t++) {
                    for (int b = 0; b < examples; b++) {
                        if (isKept(recurrent ? "recurrent_mask" : "mask", b * columns + c)) {
                            terms.add(
                                    recurrent
                                            ? List.of(dz[t][b][j], state[t - 1][b][c], stateScale)
                                            : List.of(dz[t][b][j], x(t, b, c), inputScale));
                        }
                    }
                }
                all.add(arithmetic.sum(steps * examples + 5, terms));
            }
        }
        return arithmetic.expected(call.tensor(name).shape(), all);
    }
}
