package org.dropoutspec.operation.recurrent;

import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.tensor.Shape;

/** The extents of a call: T (steps), B (examples), I (inputs) and H (states). */
record SequenceExtents(int steps, int examples, int inputs, int states) {
    static SequenceExtents of(OperationCall call) {
        Shape input = call.tensor("input").shape();
        return new SequenceExtents(
                input.extent(0),
                input.extent(1),
                input.extent(2),
                call.tensor("bias").size());
    }

    Shape output() {
        return Shape.of(steps, examples, states);
    }

    Shape mask() {
        return Shape.of(examples, inputs);
    }

    Shape recurrentMask() {
        return Shape.of(examples, states);
    }
}
