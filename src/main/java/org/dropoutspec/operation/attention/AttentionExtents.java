package org.dropoutspec.operation.attention;

import java.util.Optional;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/**
 * The extents of a call of attention.
 *
 * @param examples B
 * @param queries L
 * @param keys S
 * @param width E, of a query and of a key
 * @param valueWidth V
 */
record AttentionExtents(int examples, int queries, int keys, int width, int valueWidth) {

    static AttentionExtents of(OperationCall call) {
        Shape query = call.tensor("query").shape();
        Shape value = call.tensor("value").shape();
        return new AttentionExtents(
                query.extent(0), query.extent(1), value.extent(1), query.extent(2), value.extent(2));
    }

    Shape query() {
        return Shape.of(examples, queries, width);
    }

    Shape key() {
        return Shape.of(examples, keys, width);
    }

    Shape value() {
        return Shape.of(examples, keys, valueWidth);
    }

    Shape mask() {
        return Shape.of(examples, queries, keys);
    }

    Shape output() {
        return Shape.of(examples, queries, valueWidth);
    }

    /** The shape of a tensor of the answer. */
    Shape named(String field) {
        return switch (field) {
            case "output" -> output();
            case "grad_query" -> query();
            case "grad_key" -> key();
            case "grad_value" -> value();
            default -> throw new IllegalArgumentException("field (" + field + ") must be one of an answer");
        };
    }

    /**
     * The elements [b, s, s] of the value, if each is the only one in its column that is not 0: then each shows the
     * probability of its key by itself. Empty if the first S columns are not like that.
     */
    Optional<double[]> showing(Tensor value) {
        if (valueWidth < keys) {
            return Optional.empty();
        }
        double[] shown = new double[examples * keys];
        for (int row = 0; row < shown.length; row++) {
            for (int column = 0; column < keys; column++) {
                double element = value.value(row * valueWidth + column);
                if (column == row % keys) {
                    shown[row] = element;
                }
                if (column == row % keys == (element == 0)) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(shown);
    }
}
