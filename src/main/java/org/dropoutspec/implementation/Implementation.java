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
    /** The description of this implementation: what it is, supports and chooses; the same at every call. */
    Description description();

    /**
     * Answers one call of dropout.
     *
     * @return the output and, where asked for and declared, the gradient and the mask
     * @throws RejectedCall when the implementation rejects the call as invalid, as it must reject a bad drop rate
     * @throws UnsupportedCall when this call cannot be expressed in the implementation
     */
    Result dropout(Call call);

    /**
     * Answers one training call of dropout by bits alone. The call has no gradient and no zeros in its input, and is
     * made only if {@link Capability#KEPT_BITS} is declared. The mask is drawn as for the answer in full.
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
     * @return the fields that the call expects in its answer
     * @throws RejectedCall when the implementation rejects the call as invalid
     * @throws UnsupportedCall when this call cannot be expressed in the implementation
     */
    default OperationResult answer(OperationCall call) {
        throw new UnsupportedCall("the implementation does not answer " + call.operation());
    }

    /** The shape in which a training call's mask is drawn: its own, unless another operation stands behind the call. */
    default Shape layout(Call call) {
        return call.maskShape();
    }

    /**
     * Starts anew, like a process that was just started. Its next draws do not continue the earlier ones.
     *
     * @return false if that is not possible, and nothing happened
     */
    default boolean restart() {
        return false;
    }

    /**
     * Starts a second instance at this moment, such as a process that a launcher starts beside this one. It answers
     * calls of its operations. The caller closes it if it can be closed.
     *
     * @return empty if that is not possible, and nothing happened
     */
    default Optional<Implementation> another() {
        return Optional.empty();
    }

    /** The memory in bytes that its process and all child processes hold now; empty if unknown. */
    default OptionalLong residentBytes() {
        return OptionalLong.empty();
    }

    /** Further instances, such as other processes of the same adapter, that may be asked at the same time. */
    default List<Implementation> beside() {
        return List.of();
    }
}
