package org.dropoutspec.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dropoutspec.implementation.BetweenCalls;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Choices.Modes;
import org.dropoutspec.implementation.Declaration;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.ResultField;
import org.dropoutspec.implementation.UnsupportedCall;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tiled;

/** Makes sure that an adapter is asked only what it declares. */
final class Declared {
    /** The capability that each field of a request needs. */
    private static final Map<String, Capability> NEEDS = Map.ofEntries(
            Map.entry("grad_output", Capability.BACKWARD),
            Map.entry("gradients", Capability.BACKWARD),
            Map.entry("seed", Capability.SEED),
            Map.entry("noise_shape", Capability.NOISE_SHAPE),
            Map.entry("mask", Capability.MASK_INPUT),
            Map.entry("recurrent_mask", Capability.MASK_INPUT),
            Map.entry("masks", Capability.MASK_INPUT),
            Map.entry("noise", Capability.NOISE_INPUT),
            Map.entry("permutation", Capability.PERMUTED_INPUT),
            Map.entry("retain", Capability.RETAIN),
            Map.entry("instance", Capability.INSTANCES),
            Map.entry("in_place", Capability.IN_PLACE),
            Map.entry("recompute", Capability.RECOMPUTE),
            Map.entry("reply", Capability.KEPT_BITS),
            Map.entry("slices", Capability.SLICES));

    private static final String INPUT_AFTER = "input_after";

    private Declared() {}

    /** @throws UnsupportedCall when the adapter does not declare something; it names the first such thing */
    static void require(OperationCall call, Description description) {
        Optional<Capability> between = BetweenCalls.needed(call);
        if (between.isPresent()) {
            boolean declared = description.declarations().values().stream().anyMatch(each -> each.can(between.get()));
            require(declared, "capability " + between.get());
            return;
        }
        require(description.operations().contains(call.operation()), "operation " + call.operation());
        Declaration declaration = description.declaration(call.operation());
        call.tensors().values().stream()
                .map(tensor -> tensor.dtype())
                .filter(dtype -> dtype != DType.BOOL)
                .forEach(dtype -> require(takes(declaration, dtype), dtype + " input"));
        call.tensors().values().stream()
                .filter(tensor -> tensor.tile().isPresent())
                .forEach(tensor ->
                        require(declaration.can(Capability.TILED_INPUT), "capability " + Capability.TILED_INPUT));
        for (Object value : call.fields().values()) {
            if (value instanceof Tiled tiled) {
                require(declaration.dtypes().contains(tiled.dtype()), tiled.dtype() + " input");
                require(declaration.can(Capability.TILED_INPUT), "capability " + Capability.TILED_INPUT);
                require(tiled.size() <= description.maxElements().orElse(0), tiled.size() + " elements");
            }
        }
        for (String field : call.fields().keySet()) {
            Optional<Capability> needed = Optional.ofNullable(NEEDS.get(field));
            needed.ifPresent(capability -> require(declaration.can(capability), "capability " + capability));
        }
        boolean evaluation = call.has("training") && !call.training();
        require(!evaluation || declaration.choices().modes() == Modes.BOTH, "an evaluation (modes is training)");
        require(
                call.seed().isEmpty()
                        || call.seed().getAsLong() < description.seeding().limit(),
                "seeds of more than " + description.seeding().bits() + " bits (seed_bits)");
    }

    /** The same call, but its answer may show the input's buffer, asked for or not, where that is declared. */
    static OperationCall allowed(OperationCall call, Description description) {
        boolean shown = call.has("input")
                && description.declaration(call.operation()).can(Capability.INPUT_AFTER)
                && call.result().stream().noneMatch(field -> field.name().equals(INPUT_AFTER));
        if (!shown) {
            return call;
        }
        List<ResultField> fields = new ArrayList<>(call.result());
        fields.add(ResultField.ignored(INPUT_AFTER));
        return call.expecting(fields, call.answered());
    }

    private static boolean takes(Declaration declaration, DType dtype) {
        return dtype.isInteger()
                ? declaration.choices().integerInput().isPresent()
                : declaration.dtypes().contains(dtype);
    }

    private static void require(boolean declared, String what) {
        if (!declared) {
            throw new UnsupportedCall("the adapter does not declare " + what);
        }
    }
}
