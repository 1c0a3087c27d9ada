package org.dropoutspec.contract;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;

/**
 * Whether an answer would be right if the drop rates of its call were keep probabilities, which some libraries take in
 * their place: then the rate is what is wrong. This only decides which requirement tells what was seen.
 */
final class KeepProbability {
    private static final String RATE = "rate";

    private KeepProbability() {}

    static boolean explains(SiteView site, OperationCall call, OperationResult result) {
        OperationCall exchanged = call;
        for (Map.Entry<String, Object> field : call.fields().entrySet()) {
            exchanged = exchanged.with(field.getKey(), exchanged(field.getKey(), field.getValue()));
        }
        return call.training() && site.judge(exchanged, result).isEmpty();
    }

    /** The value of a field with every rate in it, such as those of layers, taken from 1. */
    private static Object exchanged(String name, Object value) {
        if (value instanceof Double rate && name.endsWith(RATE)) {
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
