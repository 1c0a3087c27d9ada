package org.dropoutspec.operation.dropconnect;

import java.util.Optional;
import java.util.Set;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Choices;
import org.dropoutspec.implementation.Choices.WeightMask;
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

/**
 * The mask of the weights, as plain dropout. The plain input becomes the weight, the input is an identity and the bias
 * 0. So output [i, o] is weight [o, i], kept and scaled or dropped. With a mask for each example there is one input, a
 * 1, so that output [b, o] is weight [o] in the mask of example b.
 */
final class Weights implements MaskSite {
    @Override
    public String name() {
        return "mask";
    }

    @Override
    public Set<Capability> capabilities() {
        return MaskSite.withBetweenCalls(
                Capability.INPUT_AFTER,
                Capability.SEED,
                Capability.MASK_OUTPUT,
                Capability.MASK_INPUT,
                Capability.PHILOX4X32_10);
    }

    /** The extents of the layer in which a mask of a given size is drawn. */
    private record Extents(int examples, int outputs, int inputs, boolean eachExample) {
        static Extents of(int size, Choices choices) {
            int row = VisibleValues.row(size);
            return choices.weightMask() == WeightMask.EXAMPLE
                    ? new Extents(row, size / row, 1, true)
                    : new Extents(row, size / row, row, false);
        }

        Shape mask() {
            return eachExample ? Shape.of(examples, outputs, inputs) : Shape.of(outputs, inputs);
        }

        Shape output() {
            return Shape.of(examples, outputs);
        }

        /** The index in the output that shows an element of the mask. */
        int shown(int element) {
            return eachExample ? element : element % inputs * outputs + element / inputs;
        }

        /** The index of the weight to which an element of the mask belongs. */
        int weight(int element) {
            return eachExample ? element % outputs : element;
        }
    }

    @Override
    public OperationCall call(Call plain, Description description) {
        Extents extents = Extents.of(
                plain.input().size(), description.declaration(DropConnect.NAME).choices());
        DType dtype = plain.input().dtype();
        Shape weight = Shape.of(extents.outputs(), extents.inputs());
        OperationCall call = OperationCall.of(DropConnect.NAME)
                .with("rate", plain.rate())
                .with("training", plain.training())
                .with(
                        "input",
                        extents.eachExample()
                                ? Tensor.full(dtype, Shape.of(extents.examples(), 1), 1)
                                : VisibleValues.diagonal(dtype, extents.inputs(), 1))
                .with("weight", VisibleValues.of(plain.input(), weight, plain.rate()))
                .with("bias", Tensor.full(dtype, Shape.of(extents.outputs()), 0))
                .withSeed(plain.seed())
                .with("mask", plain.mask().map(mask -> mask.reshaped(extents.mask())));
        return DropConnect.expecting(call, description);
    }

    @Override
    public Shape layout(Call plain, Description description) {
        Choices choices = description.declaration(DropConnect.NAME).choices();
        Extents extents = Extents.of(plain.input().size(), choices);
        return extents.eachExample() ? extents.output() : extents.mask(); // there each row has one weight
    }

    @Override
    public Result result(Call plain, OperationCall asked, OperationResult answer, Description description) {
        Choices choices = description.declaration(DropConnect.NAME).choices();
        Extents extents = Extents.of(plain.input().size(), choices);
        Tensor weight = asked.tensor("weight");
        Tensor output = answer.tensor("output");
        if (output.dtype() != weight.dtype() || !output.shape().equals(extents.output())) {
            throw new UnsupportedCall("the output has not the form in which it shows a mask");
        }
        if (!plain.training()) {
            boolean whole = ConnectOracle.look(asked, answer, description).isEmpty();
            return ShownMask.evaluated(plain, whole, choices);
        }
        boolean[] kept = new boolean[plain.input().size()];
        for (int element = 0; element < kept.length; element++) {
            double shown = Math.abs(output.value(extents.shown(element)));
            kept[element] = !(shown < Math.abs(weight.value(extents.weight(element))) / 2);
        }
        Optional<Tensor> reported = answer.optionalTensor("mask")
                // a requirement of its own tells a wrong form, which says nothing about the elements
                .map(mask -> mask.shape().equals(extents.mask())
                        ? mask
                        : Tensor.ofBooleans(plain.input().shape(), kept));
        return ShownMask.trained(plain, kept, reported, choices);
    }
}
