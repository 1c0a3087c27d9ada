package org.dropoutspec.golden.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dropoutspec.implementation.Choices;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.ResultField;
import org.dropoutspec.tensor.Shape;

/** An operation as its vectors know it: what a call carries and draws, and what it gives in exact arithmetic. */
public interface VectorOperation {
    /** The name on the wire, such as {@code spatial_dropout}. */
    String name();

    /** The fields that a call in a vector may have. */
    Set<String> fields();

    /** The masks and noise that the call would draw in training, in either mode, even if it carries them itself. */
    List<Drawn> drawn(OperationCall call);

    /** The fields that the answer carries, except the masks and noise that are drawn. */
    default List<ResultField> result(OperationCall call) {
        List<ResultField> fields = new ArrayList<>(List.of(ResultField.tensor("output")));
        if (call.has("grad_output")) {
            gradients().forEach(gradient -> fields.add(ResultField.tensor(gradient)));
        }
        return fields;
    }

    /** The gradients that an answer carries if the call has an upstream gradient. */
    default List<String> gradients() {
        return List.of("grad_input");
    }

    /**
     * The answer in exact arithmetic, by the names of {@link #result}. Each value is an {@link
     * org.dropoutspec.golden.word.Expected}, a list of those, or a list of maps of those.
     *
     * @param call a call at good rates; in training it carries all that it would draw
     */
    Map<String, Object> answer(OperationCall call, Choices choices);

    /** Whether the answer depends on the choice {@code scaling}. */
    default boolean isScaled() {
        return true;
    }

    /** The choices for which the call is made, by their names on the wire. */
    default Map<String, String> when(OperationCall call) {
        return Map.of();
    }

    /** All vectors of the operation. */
    VectorFile file();

    /**
     * A mask, or noise, that a call draws.
     *
     * @param field the name under which a call or an answer carries it
     * @param index its index in the field's list; -1 if the field is not a list
     * @param rate the probability of dropping; any double
     */
    record Drawn(String field, int index, Shape shape, double rate) {
        /** A mask that is alone in its field. */
        public static Drawn mask(String field, Shape shape, double rate) {
            return new Drawn(field, -1, shape, rate);
        }

        /** Whether this is noise and not a mask. */
        public boolean isNoise() {
            return field.equals("noise");
        }
    }
}
