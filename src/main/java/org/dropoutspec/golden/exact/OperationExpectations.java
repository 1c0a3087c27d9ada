package org.dropoutspec.golden.exact;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.dropoutspec.golden.format.Expectation;
import org.dropoutspec.golden.format.OperationExpectation;
import org.dropoutspec.golden.format.VectorOperation;
import org.dropoutspec.implementation.Choices;
import org.dropoutspec.implementation.Choices.RateOne;
import org.dropoutspec.implementation.Choices.Scaling;
import org.dropoutspec.implementation.OperationCall;

/** The expectations of a call of an operation, one for each combination of the choices that matter to it. */
public final class OperationExpectations {
    private OperationExpectations() {}

    /** @throws IllegalArgumentException when the call is not one that a vector can make */
    public static List<OperationExpectation> of(VectorOperation operation, OperationCall call) {
        List<Double> rates =
                operation.drawn(call).stream().map(VectorOperation.Drawn::rate).toList();
        if (rates.stream().anyMatch(rate -> !(rate >= 0 && rate <= 1))) {
            return List.of(OperationExpectation.rejection(Map.of()));
        }
        requireDrawn(operation, call);
        boolean atOne = call.training() && rates.contains(1.0);
        Map<String, String> when = new TreeMap<>(operation.when(call));
        if (atOne) {
            when.put("rate_one", Expectation.wire(RateOne.ZEROS));
        }
        List<OperationExpectation> all = new ArrayList<>();
        if (operation.isScaled()) {
            for (Scaling scaling : Scaling.values()) {
                when.put("scaling", Expectation.wire(scaling));
                all.add(new OperationExpectation(
                        when, false, operation.answer(call, Choices.defaults().with(scaling))));
            }
        } else {
            all.add(new OperationExpectation(when, false, operation.answer(call, Choices.defaults())));
        }
        if (atOne) {
            all.add(OperationExpectation.rejection(Map.of("rate_one", Expectation.wire(RateOne.REJECT))));
        }
        return all;
    }

    /** Requires that a training call carries the masks or noise it would draw, and that an evaluation carries none. */
    private static void requireDrawn(VectorOperation operation, OperationCall call) {
        for (VectorOperation.Drawn drawn : operation.drawn(call)) {
            if (call.has(drawn.field()) != call.training()) {
                throw new IllegalArgumentException("field (" + drawn.field() + ") must be "
                        + (call.training() ? "there in a training call" : "absent in an evaluation"));
            }
        }
    }
}
