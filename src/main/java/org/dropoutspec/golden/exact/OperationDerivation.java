package org.dropoutspec.golden.exact;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.dropoutspec.golden.format.BadVector;
import org.dropoutspec.golden.format.GoldenVector;
import org.dropoutspec.golden.format.OperationExpectation;
import org.dropoutspec.golden.format.VectorOperation;
import org.dropoutspec.golden.format.VectorOperations;
import org.dropoutspec.golden.format.VectorTree;
import org.dropoutspec.json.JsonNode;

/** Compares a vector's expectations with what its call of an operation gives in exact arithmetic, word for word. */
final class OperationDerivation {
    private OperationDerivation() {}

    /** @param tree the JSON tree of the vector */
    static void require(GoldenVector.OfOperation vector, JsonNode tree) {
        VectorOperation operation =
                VectorOperations.named(vector.call().operation()).orElseThrow();
        List<OperationExpectation> derived;
        try {
            derived = OperationExpectations.of(operation, vector.call());
        } catch (RuntimeException wrong) { // fields that do not fit together can break the arithmetic in any way
            throw BadVector.at(
                    tree.required("call"), "this is no call of " + operation.name() + ": " + wrong.getMessage());
        }
        requireAlike(
                tree.required("expected"),
                VectorTree.answers(new GoldenVector.OfOperation(vector.label(), vector.call(), derived)));
    }

    private static void requireAlike(JsonNode written, Object derived) {
        if (derived instanceof Map<?, ?> fields && written.isObject()) {
            for (Object name : fields.keySet()) {
                requireAlike(written.required((String) name), fields.get(name));
            }
            written.only(fields.keySet().stream().map(String.class::cast).toList());
        } else if (derived instanceof List<?> list
                && written.value() instanceof List<?> same
                && list.size() == same.size()) {
            Iterator<?> expected = list.iterator();
            written.elements().forEach(element -> requireAlike(element, expected.next()));
        } else if (!derived.equals(written.value())) {
            throw BadVector.at(written, "(" + written.shown() + ") must be what exact arithmetic gives: " + derived);
        }
    }
}
