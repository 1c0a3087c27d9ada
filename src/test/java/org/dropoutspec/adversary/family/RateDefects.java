package org.dropoutspec.adversary.family;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.operation.BrokenOperation.Defect;

/** Operations that take another rate than the one asked: for the scale alone, or for mask and scale alike. */
final class RateDefects {
    /** The requirement on what is kept, by operation. */
    private static final Map<String, String> OF_VALUES = Map.of(
            "spatial_dropout", "FWD-1",
            "stochastic_depth", "FWD-1",
            "alpha_dropout", "ALPHA-1",
            "dropconnect", "CONN-1",
            "rnn", "RNN-1",
            "attention", "ATTN-1",
            "network", "NET-1");

    /** A rate so small that its scale rounds to 1, since no mask is applied at 0. */
    private static final double TINY = 1e-12;

    private RateDefects() {}

    /** An operation whose scale of what is kept is that of another rate. */
    private static FamilyBroken scale(String operation, String name, DoubleUnaryOperator rate) {
        Defect defect = (call, dropout, sound) -> {
            if (!isDropping(call)) {
                return sound.answer(call, dropout);
            }
            OperationCall given = Drawn.given(call) ? call : given(call, sound.answer(call, dropout));
            return sound.answer(
                    rates(given, p -> p == 0 || p == 1 ? p : Math.max(TINY, rate.applyAsDouble(p))), dropout);
        };
        return FamilyBroken.of(operation, name, defect, OF_VALUES.get(operation));
    }

    private static OperationCall given(OperationCall call, OperationResult drawn) {
        OperationCall given = call;
        for (String name : List.of("mask", "recurrent_mask")) {
            given = drawn.has(name) ? given.with(name, drawn.tensor(name)) : given;
        }
        return drawn.has("masks") ? given.with("masks", drawn.tensors("masks")) : given;
    }

    private static Defect rate(DoubleUnaryOperator rate) {
        return (call, dropout, sound) ->
                sound.answer(isDropping(call) && !Drawn.given(call) ? rates(call, rate) : call, dropout);
    }

    /** Whether it trains, at rates that are probabilities. */
    private static boolean isDropping(OperationCall call) {
        boolean[] probabilities = {true};
        rates(call, p -> {
            probabilities[0] &= p >= 0 && p <= 1;
            return p;
        });
        return call.training() && probabilities[0];
    }

    private static OperationCall rates(OperationCall call, DoubleUnaryOperator rate) {
        if (!call.has("layers")) {
            OperationCall changed = call.with("rate", rate.applyAsDouble(call.rate()));
            return call.has("recurrent_rate")
                    ? changed.with("recurrent_rate", rate.applyAsDouble(call.number("recurrent_rate")))
                    : changed;
        }
        List<Object> layers = new ArrayList<>();
        for (Object layer : (List<?>) call.required("layers")) {
            Object drop = ((Map<?, ?>) layer).get("dropout");
            double asked = drop == null ? 0 : (Double) ((Map<?, ?>) drop).get("rate");
            layers.add(drop == null ? layer : Map.of("dropout", Map.of("rate", rate.applyAsDouble(asked))));
        }
        return call.with("layers", layers);
    }

    /** That of the first dropout layer for all. */
    private static OperationCall firstRate(OperationCall call) {
        List<Double> first = new ArrayList<>();
        return rates(call, p -> {
            first.add(p);
            return first.get(0);
        });
    }

    static List<FamilyBroken> all() {
        List<FamilyBroken> all = new ArrayList<>();
        for (String operation : OF_VALUES.keySet().stream().sorted().toList()) {
            String own = OF_VALUES.get(operation);
            all.add(scale(operation, "scales by 1 / rate", p -> 1 - p));
            all.add(scale(operation, "scales twice", p -> 1 - (1 - p) * (1 - p)));
            all.add(scale(operation, "scales nothing", p -> 0));
            all.add(scale(operation, "scales by 2 whatever the rate", p -> 0.5));
            all.add(scale(operation, "scales as at half the rate", p -> p / 2));
            all.add(FamilyBroken.of(operation, "keeps with the rate", rate(p -> 1 - p), "MASK-1"));
            all.add(FamilyBroken.of(operation, "takes the square of the rate", rate(p -> p * p), "MASK-1", own));
            all.add(FamilyBroken.of(
                    operation,
                    "takes no rate above .9 but 1",
                    rate(p -> p < 1 ? Math.min(0.9, p) : 1),
                    "MASK-1",
                    "MASK-13",
                    own));
            all.add(FamilyBroken.of(
                    operation, "drops nothing at rates below .1", rate(p -> p < 0.1 ? 0 : p), "MASK-1", own));
        }
        all.add(FamilyBroken.of("gaussian_dropout", "keeps with the rate", rate(p -> 1 - p), "MASK-1"));
        all.add(FamilyBroken.of("gaussian_dropout", "takes no rate above .9", rate(p -> Math.min(0.9, p)), "MASK-13"));
        all.add(FamilyBroken.of(
                "network",
                "takes the first layer's rate for all",
                (call, dropout, sound) ->
                        sound.answer(isDropping(call) && !Drawn.given(call) ? firstRate(call) : call, dropout),
                "MASK-1",
                "NET-1"));
        return all;
    }
}
