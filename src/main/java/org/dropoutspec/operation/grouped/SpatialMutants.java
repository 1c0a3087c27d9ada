package org.dropoutspec.operation.grouped;

import java.util.List;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.mutant.Mutant;
import org.dropoutspec.operation.BrokenOperation;
import org.dropoutspec.operation.BrokenOperation.Defect;
import org.dropoutspec.operation.Operation;
import org.dropoutspec.reference.Dropout;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Broken spatial dropout. */
final class SpatialMutants {
    private SpatialMutants() {}

    static List<Mutant> all() {
        return List.of(
                broken(
                        "spatial-mask-an-element",
                        "SPATIAL-1",
                        "draws a mask element for each element and not for each channel",
                        SpatialMutants::anElement),
                broken(
                        "spatial-gradient-masked-an-element",
                        "BWD-1",
                        "drops channels in the output and elements in the gradient",
                        SpatialMutants::gradientAnElement),
                broken(
                        "spatial-channels-first-alone",
                        "SPATIAL-1",
                        "takes axis 1 for the channels whatever channel_axis says",
                        SpatialMutants::firstAxis),
                broken(
                        "spatial-channels-found-by-their-extent",
                        "SPATIAL-1",
                        "takes the first axis after the examples that has as many elements as there are channels",
                        SpatialMutants::firstAxisOfThisExtent),
                broken(
                        "spatial-strides-forgotten",
                        "SPATIAL-2",
                        "finds the channels of a strided input in its buffer",
                        SpatialMutants::inTheBuffer),
                broken(
                        "spatial-shared-between-examples",
                        "MASK-2",
                        "drops the same channels in every example of a batch",
                        (call, dropout, sound) -> drawn(call, dropout, sound, SpatialMutants::shared)),
                broken(
                        "spatial-first-channel-kept",
                        "MASK-8",
                        "never drops the first channel",
                        (call, dropout, sound) -> drawn(call, dropout, sound, SpatialMutants::firstKept)),
                broken(
                        "spatial-rate-twice",
                        "MASK-1",
                        "applies two masks, one after the other",
                        (call, dropout, sound) -> drawn(
                                call,
                                dropout,
                                sound,
                                mask -> both(mask, dropout.drawMask(mask.shape(), call.rate())))));
    }

    private static Mutant broken(String name, String requirement, String what, Defect defect) {
        return BrokenOperation.mutant(new SpatialDropout(), name, requirement, what, defect);
    }

    private static OperationResult anElement(OperationCall call, Dropout dropout, Operation sound) {
        if (!call.training() || call.has("mask")) {
            return sound.answer(call, dropout);
        }
        Tensor x = presented(call);
        Tensor mask = dropout.drawMask(x.shape(), call.rate());
        OperationResult shown = sound.answer(call, dropout);
        OperationResult result = shown.with("output", Dropout.forward(x, mask, call.rate()));
        return call.optionalTensor("grad_output")
                .map(dy -> result.with("grad_input", Dropout.backward(dy, mask, call.rate())))
                .orElse(result);
    }

    private static OperationResult gradientAnElement(OperationCall call, Dropout dropout, Operation sound) {
        OperationResult result = sound.answer(call, dropout);
        return call.training() && call.has("grad_output")
                ? result.with(
                        "grad_input",
                        Dropout.backward(
                                call.tensor("grad_output"),
                                dropout.drawMask(call.tensor("grad_output").shape(), call.rate()),
                                call.rate()))
                : result;
    }

    private static OperationResult firstAxis(OperationCall call, Dropout dropout, Operation sound) {
        return call.has("mask") ? sound.answer(call, dropout) : sound.answer(call.with("channel_axis", 1L), dropout);
    }

    private static OperationResult firstAxisOfThisExtent(OperationCall call, Dropout dropout, Operation sound) {
        Shape shape = presented(call).shape();
        boolean alike = shape.extent(1) == shape.extent((int) call.integer("channel_axis"));
        return alike ? firstAxis(call, dropout, sound) : sound.answer(call, dropout);
    }

    private static OperationResult inTheBuffer(OperationCall call, Dropout dropout, Operation sound) {
        if (!call.has("permutation") || !call.training()) {
            return sound.answer(call, dropout);
        }
        int[] axes = (int[]) call.required("permutation");
        OperationResult result = sound.answer(call.without("permutation").without("mask"), dropout);
        OperationResult shown = result.with("output", result.tensor("output").permuted(axes));
        return call.has("grad_output")
                ? shown.with("grad_input", result.tensor("grad_input").permuted(axes))
                : shown;
    }

    private static Tensor presented(OperationCall call) {
        Tensor x = call.tensor("input");
        return call.fields().get("permutation") instanceof int[] axes ? x.permuted(axes) : x;
    }

    /** A change of a drawn mask. */
    private interface Change {
        Tensor of(Tensor mask);
    }

    private static OperationResult drawn(OperationCall call, Dropout dropout, Operation sound, Change change) {
        if (!call.training() || call.has("mask")) {
            return sound.answer(call, dropout);
        }
        Tensor x = presented(call);
        int axis = (int) call.integer("channel_axis");
        Shape shape = Shape.of(x.shape().extent(0), x.shape().extent(axis));
        return sound.answer(call.with("mask", change.of(dropout.drawMask(shape, call.rate()))), dropout);
    }

    private static Tensor shared(Tensor mask) {
        int channels = mask.shape().extent(1);
        boolean[] kept = new boolean[mask.size()];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = mask.bool(i % channels) != 0;
        }
        return Tensor.ofBooleans(mask.shape(), kept);
    }

    private static Tensor firstKept(Tensor mask) {
        int channels = mask.shape().extent(1);
        boolean[] kept = new boolean[mask.size()];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = i % channels == 0 || mask.bool(i) != 0;
        }
        return Tensor.ofBooleans(mask.shape(), kept);
    }

    private static Tensor both(Tensor one, Tensor other) {
        boolean[] kept = new boolean[one.size()];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = one.bool(i) != 0 && other.bool(i) != 0;
        }
        return Tensor.ofBooleans(one.shape(), kept);
    }
}
