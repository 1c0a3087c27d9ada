package org.dropoutspec.condition;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/**
 * The calls that may be asked at all. Normally that is every call. Where every new signature is expensive, since it is
 * compiled, they are few and chosen once: the ones that the checks build on, and those of a covering design.
 */
public final class Repertoire {
    /** How many signatures an implementation is asked at most if it declares few shapes. */
    public static final int MOST = 40;

    /** The reason given for any call that is not asked. */
    public static final String NOT_ASKED =
            "few_shapes is declared: at most " + MOST + " combinations of type, shape, mode and fields are asked";

    /** At least this many of them belong to the covering design. */
    private static final int OF_DESIGN = 12;

    /** A call that needs another shape counts as small below this size. Any small shape then stands for any other. */
    private static final int SMALL = 100;

    private static final int LARGEST_FOR_SMALL = 1 << 12;
    /** No call is put into a shape more than this many times as large, if there is another shape. */
    private static final long MOST_TIMES = 64;

    private static final long SEED = 7;

    private final CoveringDesign design;
    private final Set<Signature> signatures;

    private Repertoire(CoveringDesign design, Collection<Signature> signatures) {
        this.design = design;
        this.signatures = new LinkedHashSet<>(signatures);
    }

    /** The same arguments give the same signatures. For all else see {@link CoveringDesign#of}. */
    public static Repertoire of(Scope scope, int strength, int largest, long seed) {
        if (!scope.can(Capability.FEW_SHAPES)) {
            return new Repertoire(CoveringDesign.of(scope, strength, largest, seed), List.of());
        }
        List<Signature> foundation = Foundation.of(scope);
        int ofDesign = Math.max(OF_DESIGN, MOST - foundation.size());
        CoveringDesign design = CoveringDesign.of(scope.withSignatures(ofDesign), strength, largest, seed);
        List<Signature> all = Stream.concat(design.signatures().stream(), foundation.stream())
                .distinct()
                .limit(MOST)
                .toList();
        return new Repertoire(
                new CoveringDesign(design.scope(), design.own(), design.noise(), design.large(), design.first(), all),
                all);
    }

    /** Where signatures are few, one call of each; the values in these calls do not matter. */
    public Stream<Call> examples() {
        return signatures.stream().map(signature -> {
            Tensor one = Tensor.full(signature.dtype(), Shape.of(1), 1);
            Call call = Call.training(0.5, one).withTraining(signature.training());
            call = signature.gradient() ? call.withGradOutput(one) : call;
            return shaped(
                    signature.masked() ? call.withMask(Tensor.full(DType.BOOL, Shape.of(1), 1)) : call, signature);
        });
    }

    /** The conditions under which masks are drawn. All of them may be asked. */
    public CoveringDesign design() {
        return design;
    }

    /** Whether only a limited number of signatures may be asked. */
    public boolean isLimited() {
        return !signatures.isEmpty();
    }

    public int size() {
        return signatures.size();
    }

    public boolean contains(Call call) {
        return !isLimited() || Signature.of(call).filter(signatures::contains).isPresent();
    }

    public boolean contains(Signature signature) {
        return !isLimited() || signatures.contains(signature);
    }

    /**
     * The shapes in which a plain training call of the type may be asked, the smallest first: contiguous, with a mask
     * of its own, without a gradient.
     */
    public List<Shape> plainShapes(DType dtype, boolean seeded) {
        return shapes(shape -> seeded ? Signature.training(dtype, shape).withSeed() : Signature.training(dtype, shape));
    }

    /** The shapes in which the plainest evaluation of the type may be asked, the smallest first. */
    public List<Shape> evaluatedShapes(DType dtype) {
        return shapes(shape -> Signature.training(dtype, shape).evaluation());
    }

    private List<Shape> shapes(Function<Shape, Signature> kind) {
        return signatures.stream()
                .filter(signature -> signature.equals(kind.apply(signature.shape())))
                .map(Signature::shape)
                .filter(shape -> shape.size() > 0)
                .sorted(Comparator.comparingInt(Shape::size))
                .toList();
    }

    /** The shape itself where it may be asked; else the smallest at least as large; else the largest there is. */
    public Shape plain(DType dtype, boolean seeded, Shape wanted) {
        if (!isLimited()) {
            return wanted;
        }
        List<Shape> shapes = plainShapes(dtype, seeded);
        return shapes.stream()
                .filter(wanted::equals)
                .findFirst()
                .or(() -> shapes.stream()
                        .filter(shape -> shape.size() >= wanted.size())
                        .findFirst())
                .orElseGet(() -> shapes.isEmpty() ? wanted : shapes.get(shapes.size() - 1));
    }

    /**
     * The call in a shape in which it may be asked, its values repeated or cut off; unchanged where there is no such
     * shape. A large call is not put into a smaller shape, since it is asked for its size. Type, mode and fields stay,
     * with two exceptions: an evaluation may lose its seed, and a call that may only be asked with a seed gets one.
     */
    public Call fitted(Call call) {
        if (contains(call)) {
            return call;
        }
        List<Signature> standing = signatures.stream()
                .filter(signature -> standsFor(signature, call))
                .sorted(Comparator.comparingInt(signature -> signature.shape().size()))
                .toList();
        List<Signature> alike = standing.stream()
                .filter(signature ->
                        signature.seeded() == (call.training() && call.seed().isPresent()))
                .toList();
        boolean large = call.shape().size() > LARGEST_FOR_SMALL;
        List<Signature> those = (alike.isEmpty() ? standing : alike)
                .stream()
                        .filter(signature -> !large
                                || signature.shape().size() >= call.shape().size())
                        .toList();
        return those.isEmpty() ? call : shaped(call, chosen(those, call.shape().size()));
    }

    private static boolean standsFor(Signature signature, Call call) {
        Shape shape = call.shape();
        boolean sameKind = signature.dtype() == call.input().dtype()
                && signature.training() == call.training()
                && signature.gradient() == call.gradOutput().isPresent()
                && signature.masked() == call.mask().isPresent()
                && (signature.seeded() || !call.training() || call.seed().isEmpty());
        boolean sameForm =
                (signature.layout() == Layout.CONTIGUOUS) == call.permutation().isEmpty()
                        && (signature.shape().rank() == 0) == (shape.rank() == 0)
                        && (signature.shape().size() == 0) == (shape.size() == 0);
        return sameKind
                && sameForm
                && fit(signature.noiseShape(), signature.shape()).equals(fit(call.noiseShape(), shape));
    }

    /** Empty without a noise shape; else whether it is valid for the shape. */
    private static Optional<Boolean> fit(Optional<Shape> noise, Shape shape) {
        return noise.map(mask -> mask.broadcastsTo(shape));
    }

    /**
     * Where signatures are few, conditions for requirements that draw again from a seed: the rows with a seed, and
     * every other signature with one, at rate .5. None has more than this many elements.
     */
    public List<Condition> seeded(int largest) {
        List<Condition> rows = Stream.of(design.own(), design.noise())
                .flatMap(List::stream)
                .filter(row -> row.seed() != SeedKind.STREAM)
                .toList();
        Set<Signature> known = rows.stream().map(Condition::signature).collect(Collectors.toSet());
        Stream<Condition> others = signatures.stream()
                .filter(signature -> signature.training() && signature.seeded() && !known.contains(signature))
                .filter(signature ->
                        signature.noiseShape().isEmpty() && signature.shape().size() > 0)
                .map(Repertoire::plainest);
        return Stream.concat(rows.stream(), others)
                .filter(row -> row.shape().size() <= largest)
                .toList();
    }

    private static Condition plainest(Signature signature) {
        return Condition.plain(signature.dtype(), 0.5, signature.shape())
                .with(signature.shape(), signature.layout(), MaskShape.OWN, Optional.empty())
                .withGradient(signature.gradient())
                .with(SeedKind.SMALL);
    }

    /** For a small call a small shape, the smallest for the smallest; for others the smallest at least as large. */
    private static Signature chosen(List<Signature> those, int size) {
        if (size < SMALL) {
            List<Signature> small = those.stream()
                    .filter(signature -> signature.shape().size() <= LARGEST_FOR_SMALL)
                    .toList();
            List<Signature> some = small.isEmpty() ? those.subList(0, 1) : small;
            Optional<Signature> foundation = some.stream()
                    .filter(signature -> signature.shape().equals(Foundation.SHAPE))
                    .findFirst();
            return size > 1 && size % 2 == 1 && foundation.isPresent()
                    ? foundation.get()
                    : some.get(Math.max(0, size - 1) / 2 % some.size());
        }
        List<Signature> near = those.stream()
                .filter(signature -> signature.shape().size() <= MOST_TIMES * size)
                .toList();
        List<Signature> some = near.isEmpty() ? those.subList(0, 1) : near;
        return some.stream()
                .filter(signature -> signature.shape().size() >= size)
                .findFirst()
                .orElse(some.get(some.size() - 1));
    }

    private static Call shaped(Call call, Signature signature) {
        Shape shape = signature.shape();
        Call other = Call.training(
                        call.rate(), repeated(call.input(), signature.layout().buffer(shape)))
                .withTraining(call.training());
        other = signature
                .layout()
                .permutation(shape.rank())
                .map(other::withPermutation)
                .orElse(other);
        other = signature.noiseShape().map(other::withNoiseShape).orElse(other);
        if (call.gradOutput().isPresent()) {
            other = other.withGradOutput(repeated(call.gradOutput().get(), shape));
        }
        if (call.mask().isPresent()) {
            other = other.withMask(repeated(call.mask().get(), other.maskShape()));
        }
        return signature.seeded() ? other.withSeed(call.seed().orElse(SEED)) : other;
    }

    private static Tensor repeated(Tensor tensor, Shape shape) {
        Tensor.Builder repeated = Tensor.builder(tensor.dtype(), shape);
        for (int i = 0; i < shape.size(); i++) {
            repeated.setBits(i, tensor.bits(i % tensor.size()));
        }
        return repeated.build();
    }
}
