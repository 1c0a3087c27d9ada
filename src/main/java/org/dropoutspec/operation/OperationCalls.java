package org.dropoutspec.operation;

import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Choices.Modes;
import org.dropoutspec.implementation.Declaration;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/**
 * Calls of an operation within what an implementation declares. A call shrinks by its extents; its contents follow from
 * a number that does not shrink.
 */
public final class OperationCalls {
    /** Rates that every type holds exactly, so that rounding a rate to a type changes nothing. */
    private static final List<Double> RATES =
            List.of(0.5, 0.25, 0.75, 0.125, 0.0625, 0.875, 0.3125, 0.0, 0.40625, 0x1p-10);

    private static final int EVALUATIONS = 8;

    private static final int TIMES_LARGER = 30;

    private final String operation;
    private final Description description;
    private final Declaration declaration;
    private final SplittableRandom random;

    private OperationCalls(String operation, Description description, long variety) {
        this.operation = operation;
        this.description = description;
        this.declaration = description.declaration(operation);
        this.random = new SplittableRandom(variety);
    }

    /** Makes a call with these extents. */
    @FunctionalInterface
    public interface Maker {
        OperationCall make(OperationCalls calls, List<Integer> extents);
    }

    /**
     * Calls made from extents of 1 to {@code most}.
     *
     * @param axes how many extents a call is made from
     */
    public static Arbitrary<OperationCall> of(
            String operation, Description description, int axes, int most, Maker maker) {
        Arbitrary<List<Integer>> extents =
                Arbitraries.integers().between(1, most).list().ofSize(axes);
        return extents.flatMap(chosen -> Arbitraries.longs()
                .dontShrink()
                .map(variety -> maker.make(new OperationCalls(operation, description, variety), chosen)));
    }

    /** A call with a rate, a mode and, if seeds can be set, often a seed. */
    public OperationCall begun() {
        boolean evaluated = declaration.choices().modes() == Modes.BOTH && random.nextInt(EVALUATIONS) == 0;
        OperationCall call = OperationCall.of(operation).with("rate", rate()).with("training", !evaluated);
        return can(Capability.SEED) && random.nextInt(4) > 0 ? call.with("seed", seed()) : call;
    }

    public boolean can(Capability capability) {
        return declaration.can(capability);
    }

    /** True or false, each as likely. */
    public boolean coin() {
        return random.nextBoolean();
    }

    /** A number from 0 up to, not including, {@code bound}. */
    public int number(int bound) {
        return random.nextInt(bound);
    }

    public double rate() {
        return RATES.get(random.nextInt(RATES.size()));
    }

    private long seed() {
        return random.nextLong(Math.min(1000, description.seeding().limit()));
    }

    /** One of the floating types that are declared. */
    public DType dtype() {
        List<DType> floating =
                declaration.dtypes().stream().filter(DType::isFloating).toList();
        return floating.get(random.nextInt(floating.size()));
    }

    /**
     * The shape of an input, with as many axes as there are extents or fewer. If the first extent is the largest
     * possible, this axis is now and then made much longer, since large tensors are often computed by other code.
     *
     * @param most the largest extent
     */
    public Shape shape(List<Integer> extents, int most) {
        int[] shape = extents.stream()
                .limit(number(extents.size() + 1))
                .mapToInt(Integer::intValue)
                .toArray();
        if (shape.length > 0 && shape[0] == most && coin()) {
            shape[0] *= TIMES_LARGER;
        }
        return Shape.of(shape);
    }

    /** Numbers of both signs with magnitudes from 2^-2 to 2^2. */
    public Tensor moderate(DType dtype, Shape shape) {
        return filled(dtype, shape, 2);
    }

    /** Numbers of both signs with magnitudes from 2^-scale to 2^scale. */
    public Tensor filled(DType dtype, Shape shape, int scale) {
        Tensor.Builder tensor = Tensor.builder(dtype, shape);
        for (int i = 0; i < shape.size(); i++) {
            double magnitude = Math.scalb(1 + random.nextDouble(), random.nextInt(2 * scale) - scale);
            tensor.setBits(i, dtype.round(random.nextBoolean() ? magnitude : -magnitude));
        }
        return tensor.build();
    }

    /** A mask, true for about half of its elements. */
    public Tensor mask(Shape shape) {
        boolean[] kept = new boolean[shape.size()];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = random.nextBoolean();
        }
        return Tensor.ofBooleans(shape, kept);
    }
}
