package org.dropoutspec.condition;

import java.util.Comparator;
import java.util.List;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;

/**
 * The call that a row wants just before itself.
 *
 * @param rate outside [0, 1] where the call is to be rejected
 */
public record Predecessor(Signature signature, double rate) {
    private static final double BAD_RATE = 1.5;
    /** From so many elements on, a call just before a row is no larger than the row. */
    private static final int LARGE = 1 << 20;

    /** For an implementation that may be asked whatever its scope allows. */
    public static Predecessor of(Condition row, Scope scope) {
        return new Predecessor(wanted(row, otherType(row.dtype(), scope)), row);
    }

    /** For one that may be asked these signatures only: the fitting one that is most like what is wanted. */
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

    /** Whether a call of this signature can be what comes before a row of its own. */
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

    /** The next one in the order of types. */
    private static DType otherType(DType dtype, Scope scope) {
        List<DType> types = List.copyOf(scope.dtypes());
        return types.get((types.indexOf(dtype) + 1) % types.size());
    }
}
