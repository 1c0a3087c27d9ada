package org.dropoutspec.condition;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;

/**
 * The signatures that checks build on where there are few. One shape is asked in every way of calling, so that the same
 * call can be made with and without its seed or its gradient, and in evaluation. Each other kind that a requirement is
 * about has one. The most important come first.
 */
final class Foundation {
    /** It has enough elements that no two masks at rate .5 are alike by chance. */
    static final Shape SHAPE = Shape.of(128);

    private static final Shape TINY = Shape.of(3);
    private static final Shape MIDDLE = Shape.of(4096);
    private static final Shape LARGE = Shape.of(131_075);
    private static final Shape WIDE = Shape.of(128, 3);
    private static final Shape SHARED = Shape.of(128, 1);
    private static final Shape BAD = Shape.of(129, 3);
    private static final Shape AXES = Shape.of(6, 5, 7);
    private static final Shape EMPTY = Shape.of(2, 0);
    private static final Shape SCALAR = Shape.of();

    private final Scope scope;

    private Foundation(Scope scope) {
        this.scope = scope;
    }

    static List<Signature> of(Scope scope) {
        return new Foundation(scope).signatures();
    }

    private List<Signature> signatures() {
        List<DType> dtypes = DType.floating(scope.dtypes());
        DType plainest = dtypes.get(0);
        List<Optional<Signature>> wanted = new ArrayList<>();
        for (DType dtype : dtypes) {
            if (dtype == plainest || !scope.can(Capability.SEED)) {
                wanted.add(plain(dtype, SHAPE));
            }
            wanted.add(seeded(plain(dtype, SHAPE)));
            wanted.add(backward(seeded(plain(dtype, SHAPE))));
            wanted.add(evaluation(dtype, SHAPE));
            wanted.add(plain(dtype, LARGE));
        }
        wanted.add(backward(evaluation(plainest, SHAPE)));
        wanted.add(shared(seeded(plain(plainest, WIDE)), SHARED));
        wanted.add(backward(shared(seeded(plain(plainest, WIDE)), SHARED)));
        wanted.add(strided(seeded(plain(plainest, AXES))));
        wanted.add(strided(backward(seeded(plain(plainest, AXES)))));
        wanted.add(masked(plain(plainest, SHAPE)));
        wanted.add(backward(masked(plain(plainest, SHAPE))));
        wanted.add(seeded(plain(plainest, MIDDLE)));
        wanted.add(backward(seeded(plain(plainest, SCALAR))));
        wanted.add(backward(seeded(plain(plainest, EMPTY))));
        wanted.add(shared(seeded(plain(plainest, WIDE)), BAD));
        wanted.add(strided(backward(evaluation(plainest, AXES))));
        wanted.add(seeded(evaluation(plainest, SHAPE)));
        wanted.add(backward(seeded(plain(plainest, LARGE))));
        wanted.add(evaluation(plainest, LARGE));
        wanted.add(backward(plain(plainest, SHAPE)));
        wanted.add(backward(seeded(plain(plainest, TINY))));
        wanted.add(seeded(plain(plainest, TINY)));
        wanted.add(seeded(plain(plainest, LARGE)));
        return wanted.stream().flatMap(Optional::stream).distinct().toList();
    }

    private static Optional<Signature> plain(DType dtype, Shape shape) {
        return Optional.of(Signature.training(dtype, shape));
    }

    private Optional<Signature> evaluation(DType dtype, Shape shape) {
        return plain(dtype, shape).filter(any -> scope.evaluation()).map(Signature::evaluation);
    }

    /** With a seed; unchanged where seeds cannot be asked, so that the requirements that need none are still asked. */
    private Optional<Signature> seeded(Optional<Signature> signature) {
        return scope.can(Capability.SEED) ? signature.map(Signature::withSeed) : signature;
    }

    private Optional<Signature> backward(Optional<Signature> signature) {
        return scope.can(Capability.BACKWARD) ? signature.map(Signature::withGradient) : signature;
    }

    private Optional<Signature> masked(Optional<Signature> signature) {
        return signature.filter(any -> scope.can(Capability.MASK_INPUT)).map(Signature::withMask);
    }

    private Optional<Signature> shared(Optional<Signature> signature, Shape mask) {
        return signature.filter(any -> scope.can(Capability.NOISE_SHAPE)).map(plain -> plain.withNoiseShape(mask));
    }

    private Optional<Signature> strided(Optional<Signature> signature) {
        return signature.filter(any -> scope.can(Capability.PERMUTED_INPUT)).map(plain -> plain.with(Layout.REVERSED));
    }
}
