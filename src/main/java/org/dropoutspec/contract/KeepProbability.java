package org.dropoutspec.contract;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.implementation.RejectedCall;
import org.dropoutspec.implementation.UnsupportedCall;
import org.opentest4j.TestAbortedException;

/**
 * Whether an answer would be right if the drop rates of its call were keep probabilities, which some libraries take in
 * their place, and masks are drawn with them too: then the rate is what is wrong. This only decides which requirement
 * tells what was seen.
 */
final class KeepProbability {
    private static final String FIELD = "rate";
    private static final double RATE = 0.9;

    private KeepProbability() {}

    /** @param result the answer to the call, which is wrong */
    static boolean explains(OperationCall call, OperationResult result) {
        return call.training()
                && CheckRun.current().site().judge(exchanged(call), result).isEmpty()
                && isDrawnWith();
    }

    private static boolean isDrawnWith() {
        CheckRun run = CheckRun.current();
        Call plain = run.session()
                .shapes()
                .fitted(Call.training(
                        RATE, Fill.COUNTING.fill(CheckRun.calls().floating().get(0), OtherRate.ASKED, 0)));
        try {
            OperationCall asked = run.standingBehind(plain);
            Call other = plain.withRate(1 - plain.rate());
            Observation seen = Observation.of(other, run.site().shown(other, exchanged(asked), run.ask(asked)));
            return OtherRate.isLikelier(seen, other.rate(), plain.rate());
        } catch (RejectedCall | UnsupportedCall | TestAbortedException nothingSeen) {
            // what was seen before stands
            return false;
        }
    }

    private static OperationCall exchanged(OperationCall call) {
        OperationCall exchanged = call;
        for (Map.Entry<String, Object> field : call.fields().entrySet()) {
            exchanged = exchanged.with(field.getKey(), exchanged(field.getKey(), field.getValue()));
        }
        return exchanged;
    }

    /** The value of a field with every rate in it, such as those of layers, taken from 1. */
    private static Object exchanged(String name, Object value) {
        if (value instanceof Double rate && name.endsWith(FIELD)) {
            return rate >= 0 && rate <= 1 ? 1 - rate : rate;
        }
        if (value instanceof Map<?, ?> fields) {
            Map<String, Object> all = new LinkedHashMap<>();
            fields.forEach((key, each) -> all.put((String) key, exchanged((String) key, each)));
            return all;
        }
        return value instanceof List<?> list
                ? list.stream().map(each -> exchanged(name, each)).toList()
                : value;
    }
}
