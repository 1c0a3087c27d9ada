package org.dropoutspec.golden.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dropoutspec.implementation.Choices;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.ResultField;
import org.dropoutspec.tensor.Shape;

/** An operation of the family as its vectors know it: what a call carries and draws, and what it gives in exact arithmetic. */
public interface VectorOperation {
    /** The name on the wire, such as {@code spatial_dropout}. */
    String name();

    /** The fields that a call in a vector may have. */
    Set<String> fields();

    /** Where a training call draws, whatever its mode and whether or not it carries what is drawn. */
    List<Drawn> drawn(OperationCall call);

    /** What the answer carries, beside what is drawn. */
    default List<ResultField> result(OperationCall call) {
        List<ResultField> fields = new ArrayList<>(List.of(ResultField.tensor("output")));
        if (call.has("grad_output")) {
            gradients().forEach(gradient -> fields.add(ResultField.tensor(gradient)));
        }
        return fields;
    }

    /** The gradients that an answer carries where there is an upstream one. */
    default List<String> gradients() {
        return List.of("grad_input");
    }

    /**
     * The answer in exact arithmetic: by the names of {@link #result}, each an {@link org.dropoutspec.golden.word.Expected}, a
     * list of such, or a list of maps of such.
     *
     * @param call at good rates; one of training carries all that it would draw
     */
    Map<String, Object> answer(OperationCall call, Choices choices);

    /** Whether what it gives depends on the choice {@code scaling}. */
    default boolean isScaled() {
        return true;
    }

    /** Choices that the call itself is for, by their names on the wire. */
    default Map<String, String> when(OperationCall call) {
        return Map.of();
    }

    /** All vectors of the operation. */
    VectorFile file();

    /**
     * A mask, or noise, that a call draws.
     *
     * @param field the name under which a call or an answer carries it
     * @param index its place in a list of such; -1 where the field is no list
     * @param rate the probability of dropping; any double
     */
    record Drawn(String field, int index, Shape shape, double rate) {
        /** A mask alone in its field. */
        public static Drawn mask(String field, Shape shape, double rate) {
            return new Drawn(field, -1, shape, rate);
        }

        /** Whether it is noise, and no mask. */
        public boolean isNoise() {
            return field.equals("noise");
        }
    }
}
