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

/** A place in an operation where a mask is drawn, with the translation that makes it look like plain dropout. */
public interface MaskSite {
    /** Capabilities of calls, not of one mask in them; they are asked for where all masks of a call show. */
    Set<Capability> BETWEEN_CALLS =
            Set.of(Capability.STATE, Capability.INSTANCES, Capability.RETAIN, Capability.RECOMPUTE);

    /** The name of the mask, such as {@code recurrent_mask}. */
    String name();

    /** The capabilities that can be asked of the site as plain dropout, if the operation declares them. */
    Set<Capability> capabilities();

    /** These capabilities together with those between calls. */
    static Set<Capability> withBetweenCalls(Capability... own) {
        Set<Capability> all = EnumSet.copyOf(BETWEEN_CALLS);
        all.addAll(Set.of(own));
        return all;
    }

    /** Whether it shows several masks as one, which other sites show alone, to judge how they depend on each other. */
    default boolean isOfSeveral() {
        return false;
    }

    /**
     * The declaration of the site as plain dropout, if the operation is declared so. What becomes of a dropped NaN
     * cannot be judged from sums: a site with sums gives its results by {@link ShownMask}, which drops to 0.
     */
    default Declaration shown(Declaration declared) {
        return withItsCapabilities(declared).with(declared.choices().with(DroppedNonfinite.ZERO));
    }

    /** The declaration of the operation, limited to the capabilities of the site. */
    default Declaration withItsCapabilities(Declaration declared) {
        Set<Capability> shown = EnumSet.copyOf(capabilities());
        shown.add(Capability.FEW_SHAPES);
        shown.retainAll(declared.capabilities());
        return declared.withCapabilities(shown);
    }

    /**
     * The call of the operation that draws a mask of the plain call's shape here, at its rate, and shows it. Plain
     * calls that agree in type, shape, mode and fields become calls of the operation that agree in these.
     *
     * @param description the description of the whole implementation
     */
    OperationCall call(Call plain, Description description);

    /** The same place, one site for each form of calls, for implementations that support only some of the forms. */
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
     * @throws UnsupportedCall if the answer does not have the form that it should have
     */
    Result result(Call plain, OperationCall asked, OperationResult answer, Description description);

    /**
     * The bits that plain dropout would have given, where the site shows {@link Capability#KEPT_BITS}.
     *
     * @param ofOutput the bits of the operation's output
     */
    default Bits bits(Call plain, Bits ofOutput) {
        throw new UnsupportedCall("the output of this operation does not show its mask in bits");
    }
}
