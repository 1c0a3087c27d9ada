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
 * An operation of the family: places where masks are drawn, and exact arithmetic given the masks. All that the suite
 * knows of it is here.
 */
public interface Operation {
    /** The name on the wire, such as {@code spatial_dropout}. */
    String name();

    /** Where it draws masks, at least one. */
    List<MaskSite> sites();

    /** The class whose properties it is held to: the chapters that apply at each of its sites, and its own. */
    Class<? extends Contract> checks();

    /**
     * The requirements of which each has to be decided, or nothing is certified. Those of its own chapter say what an answer
     * is; masks are known by that, and so every check of masks stands on them.
     */
    Set<String> core();

    /**
     * Calls of the operation, simplest first, for the requirements of its own chapter. Each shows the mask it draws, or
     * carries one.
     *
     * @param description what the implementation says of itself, this operation declared
     */
    Arbitrary<OperationCall> calls(Description description);

    /** The call, saying which fields its answer carries. */
    OperationCall awaiting(OperationCall call, Description description);

    /** The shape of what it puts out, and so of an upstream gradient. */
    default Shape output(OperationCall call) {
        Shape shape = call.tensor("input").shape();
        return call.fields().get("permutation") instanceof int[] axes ? shape.permuted(axes) : shape;
    }

    /** The same call, asked for its gradients too, with no zero in what they come from. */
    default OperationCall differentiated(OperationCall call, Description description) {
        DType dtype = call.tensor(call.has("input") ? "input" : "query").dtype();
        return awaiting(call.with("grad_output", VisibleValues.upstream(dtype, output(call))), description);
    }

    /** What the answers of an implementation that describes itself so are held to. */
    Oracle oracle(Description description);

    /** What the reference declares about it. */
    Declaration reference();

    /**
     * The reference's answer.
     *
     * @param dropout whose stream the masks continue; seeded already where the call carries a seed
     * @throws IllegalArgumentException when the call is invalid
     */
    OperationResult answer(OperationCall call, Dropout dropout);

    /** What its golden vectors are derived from; shares nothing with {@link #oracle} and {@link #answer}. */
    VectorOperation vectors();

    /** Broken implementations, for each requirement of its own at least one. */
    List<Mutant> mutants();
}
