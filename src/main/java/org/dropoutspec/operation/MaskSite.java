package org.dropoutspec.operation;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Choices.DroppedNonfinite;
import org.dropoutspec.implementation.Declaration;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.implementation.UnsupportedCall;
import org.dropoutspec.tensor.Bits;
import org.dropoutspec.tensor.Shape;

/** A place in an operation where a mask is drawn, and how it shows itself as plain dropout. */
public interface MaskSite {
    /** What is about calls and not about one mask of them: asked where all masks of a call show. */
    Set<Capability> BETWEEN_CALLS =
            Set.of(Capability.STATE, Capability.INSTANCES, Capability.RETAIN, Capability.RECOMPUTE);

    /** The name of the mask, such as {@code recurrent_mask}. */
    String name();

    /** What can be asked of the site as plain dropout, where the operation declares it. */
    Set<Capability> capabilities();

    /** These, and what is asked between calls. */
    static Set<Capability> withBetweenCalls(Capability... own) {
        Set<Capability> all = EnumSet.copyOf(BETWEEN_CALLS);
        all.addAll(Set.of(own));
        return all;
    }

    /** Whether it shows several masks as one, each of which another site shows by itself: then it is asked how they hang together. */
    default boolean isOfSeveral() {
        return false;
    }

    /**
     * How the site declares itself as plain dropout, where the operation is declared so. What becomes of a dropped NaN is
     * not judged of sums: a site that shows its mask by them shows it by {@link ShownMask}, which drops to 0.
     */
    default Declaration shown(Declaration declared) {
        return withItsCapabilities(declared).with(declared.choices().with(DroppedNonfinite.ZERO));
    }

    /** The same operation with what the site can be asked. */
    default Declaration withItsCapabilities(Declaration declared) {
        Set<Capability> shown = EnumSet.copyOf(capabilities());
        shown.add(Capability.FEW_SHAPES);
        shown.retainAll(declared.capabilities());
        return declared.withCapabilities(shown);
    }

    /**
     * The call of the operation that draws a mask of the plain call's shape here, at its rate, and shows it. Plain calls of
     * one type, shape, mode and with the same fields become such calls of the operation.
     *
     * @param description what the implementation says of itself
     */
    OperationCall call(Call plain, Description description);

    /** The same place asked in calls of one form alone, by form, where an implementation may have one and not another. */
    default List<MaskSite> forms() {
        return List.of();
    }

    /** The shape in which the operation draws the mask of a plain call, in row-major order. */
    default Shape layout(Call plain, Description description) {
        return plain.maskShape();
    }

    /**
     * The result that plain dropout would have given with the mask that the answer shows.
     *
     * @throws UnsupportedCall when the answer has not the form that it should have
     */
    Result result(Call plain, OperationCall asked, OperationResult answer, Description description);

    /**
     * The bits that plain dropout would have given, where the site shows {@link Capability#KEPT_BITS}.
     *
     * @param ofOutput those of the operation's output
     */
    default Bits bits(Call plain, Bits ofOutput) {
        throw new UnsupportedCall("the output of this operation does not show its mask in bits");
    }
}
