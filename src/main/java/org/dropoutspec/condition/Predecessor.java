package org.dropoutspec.condition;

import java.util.Comparator;
import java.util.List;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;

/**
 * The call that a row wants just before it.
 *
 * @param rate outside [0, 1] where the call must be rejected
 */
public record Predecessor(Signature signature, double rate) {
    private static final double BAD_RATE = 1.5;
    /** From this many elements on, the call before a row is no larger than the row. */
    private static final int LARGE = 1 << 20;

    /** The predecessor for an implementation that may be asked everything in its scope. */
    public static Predecessor of(Condition row, Scope scope) {
        return new Predecessor(wanted(row, otherType(row.dtype(), scope)), row);
    }

    /** The same where only these signatures may be asked: of those that fit, the one most like the wanted one. */
    static Predecessor of(Condition row, Scope scope, List<Signature> signatures) {
        Signature wanted = wanted(row, otherType(row.dtype(), scope));
        return signatures.stream()
                .filter(signature -> fits(row.before(), row.signature(), signature))
                .max(Comparator.comparingInt(signature -> signature.likeness(wanted)))
                .map(signature -> new Predecessor(signature, row))
                .orElseThrow(() -> new IllegalStateException("no signature can come before " + row));
    }

    private Predecessor(Signature signature, Condition row) {
        this(
                signature,
                switch (row.before()) {
                    case SAME_SHAPE -> row.rate() == 0.5 ? 0.25 : 0.5;
                    case REJECTED -> BAD_RATE;
                    default -> RateKind.held(signature.dtype(), row.rate());
                });
    }

    private static Signature wanted(Condition row, DType otherType) {
        Signature same = row.signature();
        return switch (row.before()) {
            case SAME_SHAPE_AND_RATE, SAME_SHAPE, REJECTED -> same;
            case SAME_RATE ->
                Signature.training(row.dtype(), Shape.of(otherSize(row.shape().size())));
            case OTHER_TYPE -> same.withDtype(otherType);
            case EVALUATION -> same.evaluation();
            case SEEDED -> same.withSeed();
            case EMPTY -> Signature.training(row.dtype(), Shape.of(0));
            case INJECTED_MASK -> same.withMask();
            case GRADIENT -> same.withGradient();
        };
    }

    /** Whether a call of this signature can come before a row of that signature, as the level {@code before} says. */
    static boolean fits(Before before, Signature row, Signature signature) {
        boolean drawn =
                signature.training() && !signature.masked() && signature.shape().size() > 0;
        return switch (before) {
            case SAME_SHAPE_AND_RATE, SAME_SHAPE, REJECTED -> signature.equals(row);
            case SAME_RATE -> drawn && !signature.shape().equals(row.shape());
            case OTHER_TYPE -> drawn && signature.dtype() != row.dtype();
            case EVALUATION -> !signature.training();
            case SEEDED -> drawn && signature.seeded();
            case EMPTY -> signature.shape().size() == 0;
            case INJECTED_MASK -> signature.masked();
            case GRADIENT -> drawn && signature.gradient();
        };
    }

    private static int otherSize(int size) {
        return size < LARGE ? size + 1 : size - 1;
    }

    /** The next type after this one, in the order of types. */
    private static DType otherType(DType dtype, Scope scope) {
        List<DType> types = List.copyOf(scope.dtypes());
        return types.get((types.indexOf(dtype) + 1) % types.size());
    }
}
