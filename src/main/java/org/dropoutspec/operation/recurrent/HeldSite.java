package org.dropoutspec.operation.recurrent;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Choices;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.implementation.UnsupportedCall;
import org.dropoutspec.operation.MaskSite;
import org.dropoutspec.operation.ShownMask;
import org.dropoutspec.operation.VisibleValues;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** A mask of the cell, as plain dropout. Weights on the diagonal alone let each element show by itself. */
abstract class HeldSite implements MaskSite {
    /** The largest mask with longer sequences: each step costs as much again, and shows large masks no better. */
    private static final int LARGE = 1 << 12;

    private static final int SMALL = 64;

    /** The bias at sites whose input is in the first step only; the recurrent connection then shows beside it. */
    static final double BIAS = 0.25;

    /** The recurrent weight: a state that comes back moves tanh by much, from .24 to .63 at least, at any scale. */
    static final double RECURRENT = 2;

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.of(Capability.SEED, Capability.MASK_OUTPUT, Capability.MASK_INPUT);
    }

    /** The elements of this site's mask, {@code size} of them, taken from both masks. */
    abstract boolean[] shown(boolean[] in, boolean[] back, int size);

    /** The rate of the other mask: 0 or .5. */
    static double otherRate(Call plain) {
        int mixed = kind(plain) + 31 * Double.hashCode(plain.rate());
        return ((mixed >>> 16 ^ mixed) & 1) == 1 ? 0.5 : 0;
    }

    /** A number that is the same for calls of one type and size. */
    private static int kind(Call plain) {
        return plain.input().size() + plain.input().dtype().ordinal();
    }

    /** The number of steps: {@code least}, and some more if the mask is neither large nor wide. */
    static int steps(Call plain, int least) {
        int size = plain.input().size();
        if (VisibleValues.isInLongRows(size)) {
            return least;
        }
        int more = size > LARGE ? 1 : size > SMALL ? 3 : 8;
        return least + kind(plain) % more;
    }

    /** A sequence of inputs: the first step as given, the others the same or zero. */
    static Tensor sequence(Tensor first, int steps, boolean again) {
        int size = first.size();
        Shape shape = first.shape();
        Tensor.Builder sequence = Tensor.builder(first.dtype(), Shape.of(steps, shape.extent(0), shape.extent(1)));
        for (int i = 0; i < (again ? steps * size : size); i++) {
            sequence.setBits(i, first.bits(i % size));
        }
        return sequence.build();
    }

    /** A call without masks. */
    static OperationCall call(
            Call plain, double rate, double recurrentRate, Tensor sequence, double bias, double recurrent) {
        DType dtype = sequence.dtype();
        int states = sequence.shape().extent(2);
        return OperationCall.of(RecurrentDropout.NAME)
                .with("rate", rate)
                .with("recurrent_rate", recurrentRate)
                .with("training", plain.training())
                .with("input", sequence)
                .with("weight_input", VisibleValues.diagonal(dtype, states, 1))
                .with("weight_recurrent", VisibleValues.diagonal(dtype, states, recurrent))
                .with("bias", Tensor.full(dtype, Shape.of(states), bias))
                .withSeed(plain.seed());
    }

    @Override
    public Result result(Call plain, OperationCall asked, OperationResult answer, Description description) {
        Choices choices = description.declaration(RecurrentDropout.NAME).choices();
        SequenceExtents extents = SequenceExtents.of(asked);
        Tensor output = answer.tensor("output");
        if (output.dtype() != plain.input().dtype() || !output.shape().equals(extents.output())) {
            throw new UnsupportedCall("the output has not the form in which it shows a mask");
        }
        if (!plain.training()) {
            boolean whole = RecurrentOracle.look(asked, answer, description).isEmpty();
            return ShownMask.evaluated(plain, whole, choices);
        }
        Unrolled cell = new Unrolled(asked, output, choices.scaling());
        HeldMasks.recoverShown(cell);
        int size = plain.input().size();
        if (asked.has("mask")) {
            HeldMasks.believe(cell, booleans(asked.tensor("mask")), booleans(asked.tensor("recurrent_mask")));
        } else if (answer.has("mask") && isTold(answer, extents)) {
            HeldMasks.believe(cell, booleans(answer.tensor("mask")), booleans(answer.tensor("recurrent_mask")));
        }
        boolean[] kept = shown(cell.in, cell.back, size);
        Optional<Tensor> reported = answer.optionalTensor("mask").map(mask -> {
            Tensor recurrent = answer.tensor("recurrent_mask");
            return Tensor.ofBooleans(
                    plain.input().shape(),
                    isTold(answer, extents) ? shown(booleans(mask), booleans(recurrent), size) : kept);
        });
        return ShownMask.trained(plain, kept, reported, choices);
    }

    /** Whether reported masks have the right form. If not, another requirement tells so; elements are ignored. */
    private static boolean isTold(OperationResult answer, SequenceExtents extents) {
        return answer.tensor("mask").shape().equals(extents.mask())
                && answer.tensor("recurrent_mask").shape().equals(extents.recurrentMask());
    }

    private static boolean[] booleans(Tensor mask) {
        boolean[] kept = new boolean[mask.size()];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = mask.bool(i) != 0;
        }
        return kept;
    }
}
