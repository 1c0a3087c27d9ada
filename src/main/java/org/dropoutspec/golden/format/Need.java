package org.dropoutspec.golden.format;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Choices.Modes;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.Seeding.Stream;
import org.dropoutspec.tensor.DType;

/** What an implementation must have for a vector to be for it, in the order in which a vector lists these needs. */
public enum Need {
    FLOAT16,
    BFLOAT16,
    FLOAT32,
    FLOAT64,
    /** It has a mode in which nothing is dropped. */
    EVALUATION,
    BACKWARD,
    SEED,
    /** A call without a seed continues where the call before it stopped. */
    STREAM,
    MASK_OUTPUT,
    MASK_INPUT,
    NOISE_SHAPE,
    PERMUTED_INPUT,
    PHILOX4X32_10,
    /** It draws other masks where a vector says that they must be different. */
    DIFFERENT_MASKS,
    /** The words of its generator can be seen. */
    GENERATOR;

    public static List<Need> of(GoldenVector vector) {
        Set<Need> needs = EnumSet.noneOf(Need.class);
        if (vector instanceof GoldenVector.OfDropout dropout) {
            dropout.calls().forEach(call -> addFieldsOf(call, needs));
            switch (dropout.label().requirement()) {
                case Requirements.GENERATOR -> needs.addAll(List.of(SEED, PHILOX4X32_10));
                case Requirements.MASK_AGREES, Requirements.MASK_SHAPE -> needs.add(MASK_OUTPUT);
                case Requirements.MASK_APPLIED -> needs.add(MASK_INPUT);
                default -> {}
            }
            if (!dropout.isSingle()) {
                addStream(dropout, needs);
            }
            if (dropout.expectations().stream()
                    .anyMatch(expectation -> !expectation.different().isEmpty())) {
                needs.add(DIFFERENT_MASKS);
            }
        } else if (vector instanceof GoldenVector.OfOperation operation) {
            addFieldsOf(operation.call(), needs);
        } else {
            needs.add(GENERATOR);
        }
        return new ArrayList<>(needs);
    }

    private static void addFieldsOf(Call call, Set<Need> needs) {
        needs.add(valueOf(call.input().dtype().name()));
        if (!call.training()) {
            needs.add(EVALUATION);
        }
        call.gradOutput().ifPresent(gradient -> needs.add(BACKWARD));
        call.noiseShape().ifPresent(shape -> needs.add(NOISE_SHAPE));
        call.permutation().ifPresent(axes -> needs.add(PERMUTED_INPUT));
    }

    private static void addFieldsOf(OperationCall call, Set<Need> needs) {
        call.tensors().values().stream()
                .filter(tensor -> tensor.dtype().isFloating())
                .forEach(tensor -> needs.add(valueOf(tensor.dtype().name())));
        if (!call.training()) {
            needs.add(EVALUATION);
        }
        if (call.has("grad_output") || call.flag("gradients")) {
            needs.add(BACKWARD);
        }
        if (call.has("noise_shape")) {
            needs.add(NOISE_SHAPE);
        }
        if (call.has("permutation")) {
            needs.add(PERMUTED_INPUT);
        }
    }

    /** The needs of several calls, which are made exactly as written; a single one may do without its mask or seed. */
    private static void addStream(GoldenVector.OfDropout vector, Set<Need> needs) {
        for (int i = 0; i < vector.calls().size(); i++) {
            Call call = vector.calls().get(i);
            call.mask().ifPresent(mask -> needs.add(MASK_INPUT));
            call.seed().ifPresent(seed -> needs.add(SEED));
            int index = i;
            boolean known = vector.expectations().stream()
                    .anyMatch(expectation ->
                            expectation.answers().get(index).mask().isPresent());
            if (known && call.mask().isEmpty() && call.seed().isEmpty()) {
                needs.add(STREAM);
            }
        }
    }

    /** Why an implementation with this description lacks this; empty if it has it. */
    public Optional<String> missingIn(Description description) {
        boolean has = switch (this) {
            case FLOAT16, BFLOAT16, FLOAT32, FLOAT64 -> description.dtypes().contains(DType.valueOf(name()));
            case EVALUATION -> description.choices().modes() == Modes.BOTH;
            case STREAM -> description.seeding().stream() == Stream.CONTINUES;
            case GENERATOR -> true; // nothing declares whether its words can be seen
            case DIFFERENT_MASKS -> true; // so that readers which do not look at them skip the vector
            default -> description.can(Capability.valueOf(name()));
        };
        return has ? Optional.empty() : Optional.of(absence());
    }

    private String absence() {
        return switch (this) {
            case FLOAT16, BFLOAT16, FLOAT32, FLOAT64 -> "dtype " + this + " is not declared";
            case EVALUATION -> "modes is declared as training: there is no evaluation";
            case STREAM -> "stream is declared as none";
            default -> "capability " + this + " is not declared";
        };
    }

    /** The name in the vectors. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
