package org.dropoutspec.operation;

import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import org.dropoutspec.contract.Contract;
import org.dropoutspec.golden.format.VectorOperation;
import org.dropoutspec.implementation.Declaration;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.mutant.Mutant;
import org.dropoutspec.reference.Dropout;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;

/**
 * An operation of the family: places where masks are drawn, and exact arithmetic given the masks. It holds all that the
 * suite knows of the operation.
 */
public interface Operation {
    /** The name on the wire, such as {@code spatial_dropout}. */
    String name();

    /** The places where it draws masks, at least one. */
    List<MaskSite> sites();

    /** The class with the properties that it is held to: the chapters that apply at its sites, and its own. */
    Class<? extends Contract> checks();

    /**
     * The requirements that must all be decided, or nothing is certified. Those of the operation's own chapter say what
     * an answer is. Masks are read from answers, so every check of masks stands on these requirements.
     */
    Set<String> core();

    /**
     * Calls of the operation, simplest first, for the requirements of its own chapter. Each shows the mask that it
     * draws, or carries one.
     *
     * @param description the description of the implementation, which declares this operation
     */
    Arbitrary<OperationCall> calls(Description description);

    /** The call with the fields that its answer is to carry. */
    OperationCall awaiting(OperationCall call, Description description);

    /** The shape of its output, and so of an upstream gradient. */
    default Shape output(OperationCall call) {
        Shape shape = call.tensor("input").shape();
        return call.fields().get("permutation") instanceof int[] axes ? shape.permuted(axes) : shape;
    }

    /** The same call, asked for gradients too, with no zero in the upstream gradient. */
    default OperationCall differentiated(OperationCall call, Description description) {
        DType dtype = call.tensor(call.has("input") ? "input" : "query").dtype();
        return awaiting(call.with("grad_output", VisibleValues.upstream(dtype, output(call))), description);
    }

    /** The oracle that judges the answers of an implementation with this description. */
    Oracle oracle(Description description);

    /** The declaration of the reference for this operation. */
    Declaration reference();

    /**
     * The reference's answer.
     *
     * @param dropout the source of masks, whose stream goes on; seeded already if the call carries a seed
     * @throws IllegalArgumentException if the call is invalid
     */
    OperationResult answer(OperationCall call, Dropout dropout);

    /** The derivation of its golden vectors, which shares nothing with {@link #oracle} and {@link #answer}. */
    VectorOperation vectors();

    /** Broken implementations: at least one for each requirement of its own chapter. */
    List<Mutant> mutants();
}
