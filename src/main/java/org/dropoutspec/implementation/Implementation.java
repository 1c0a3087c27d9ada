package org.dropoutspec.implementation;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.dropoutspec.tensor.Bits;
import org.dropoutspec.tensor.Shape;

/**
 * An implementation under test, whatever its language: it says what it is and answers calls.
 *
 * <p>To hold a dropout written in Java to the specification, implement these two methods. An implementation in another
 * language answers over the wire protocol instead.
 */
public interface Implementation {
    /** What this implementation is, can be asked, and declares of itself; the same at every call. */
    Description description();

    /**
     * Answers one call of dropout.
     *
     * @return the output and, where asked for and declared, the gradient and the mask
     * @throws RejectedCall when the implementation rejects the call as invalid: what a bad drop rate must get
     * @throws UnsupportedCall when this call cannot be expressed in the implementation
     */
    Result dropout(Call call);

    /**
     * Answers one training call of dropout, without a gradient and on an input without zeros, by bits alone; asked where
     * {@link Capability#KEPT_BITS} is declared. The mask is drawn as for the answer in full.
     *
     * @return a bit for each element of the output, set where it is not zero
     * @throws RejectedCall when the implementation rejects the call as invalid
     * @throws UnsupportedCall when this call cannot be expressed in the implementation
     */
    default Bits kept(Call call) {
        return Bits.ofNonzero(dropout(call).output());
    }

    /**
     * Answers one call of another operation that is declared.
     *
     * @return the fields that the call says its answer carries
     * @throws RejectedCall when the implementation rejects the call as invalid
     * @throws UnsupportedCall when this call cannot be expressed in the implementation
     */
    default OperationResult answer(OperationCall call) {
        throw new UnsupportedCall("the implementation does not answer " + call.operation());
    }

    /** The shape in which the mask of a training call is drawn: its own, but where another operation stands behind the call. */
    default Shape layout(Call call) {
        return call.maskShape();
    }

    /**
     * Begins anew, as a process that was just started does; what it draws next does not continue what it drew before.
     *
     * @return false where that cannot be done, and nothing happened
     */
    default boolean restart() {
        return false;
    }

    /**
     * Begins another of the same at this moment, such as a process that a launcher starts beside this one. It answers
     * calls of its operations; whoever asked for it closes it, where it can be closed.
     *
     * @return empty where that cannot be done, and nothing happened
     */
    default Optional<Implementation> another() {
        return Optional.empty();
    }

    /** The memory that its process holds now, with all that this started, in bytes; empty where nobody knows. */
    default OptionalLong residentBytes() {
        return OptionalLong.empty();
    }

    /** Others of the same, such as further processes of it, that may be asked at the same time as this one. */
    default List<Implementation> beside() {
        return List.of();
    }
}
