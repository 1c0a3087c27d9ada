package org.dropoutspec.adversary;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.dropoutspec.implementation.Call;

/** Under one condition the whole output, or the whole gradient, is made without the mask: paths that were not finished. */
final class Wholes {
    private Wholes() {}

    static List<Broken> all() {
        List<Broken> all = new ArrayList<>();
        conditions().forEach((words, where) -> {
            all.add(Twist.training(
                    "puts out its input " + words,
                    Twist.RICH,
                    () -> (layer, call) -> where.test(call) ? layer.evaluate(call) : layer.train(call),
                    "MASK-1",
                    "SHAPE-6"));
            all.add(Twist.forward(
                    "puts out zeros " + words, Twist.RICH, (call, i, x, y) -> where.test(call) ? 0 : y, "MASK-1"));
            all.add(Twist.forward(
                    "scales and does not drop " + words,
                    Twist.RICH,
                    (call, i, x, y) -> where.test(call) ? x / (1 - call.rate()) : y,
                    "MASK-1"));
            all.add(Twist.forward(
                    "puts out the negative " + words,
                    Twist.RICH,
                    (call, i, x, y) -> where.test(call) ? -y : y,
                    "FWD-1",
                    "SHAPE-6"));
            all.add(Twist.forward(
                    "puts out NaN " + words,
                    Twist.RICH,
                    (call, i, x, y) -> where.test(call) ? Double.NaN : y,
                    "FWD-1",
                    "SHAPE-6"));
            all.add(Twist.backward(
                    "has a gradient of zeros " + words,
                    Twist.RICH,
                    (call, i, x, y) -> where.test(call) ? 0 : y,
                    "BWD-1"));
            all.add(Twist.backward(
                    "hands its upstream gradient on " + words,
                    Twist.RICH,
                    (call, i, x, y) -> where.test(call) ? x : y,
                    "BWD-1"));
            all.add(Twist.backward(
                    "doubles its gradient " + words,
                    Twist.RICH,
                    (call, i, x, y) -> where.test(call) ? 2 * y : y,
                    "BWD-2"));
        });
        return all;
    }

    private static Map<String, Predicate<Call>> conditions() {
        Map<String, Predicate<Call>> conditions = new LinkedHashMap<>();
        conditions.put("always", call -> true);
        conditions.put("from 4,096 elements on", call -> Layer.size(call) >= 4096);
        conditions.put("of five axes", call -> call.shape().rank() == 5);
        conditions.put("of what is strided", Layer::isStrided);
        conditions.put("where there is a gradient", call -> call.gradOutput().isPresent());
        conditions.put("at rates above .9", call -> call.rate() > 0.9);
        return conditions;
    }
}
