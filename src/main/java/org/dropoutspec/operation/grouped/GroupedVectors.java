package org.dropoutspec.operation.grouped;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dropoutspec.golden.exact.ExactDropout;
import org.dropoutspec.golden.format.VectorFile.Note;
import org.dropoutspec.golden.format.VectorOperation;
import org.dropoutspec.golden.word.Expected;
import org.dropoutspec.implementation.Choices;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Vectors of dropout by groups: plain dropout in exact arithmetic, with the mask of groups broadcast to the input. */
abstract class GroupedVectors implements VectorOperation {
    static final Note AN_ELEMENT = new Note(
            "mask-an-element",
            "drops single elements where a group is dropped whole",
            "no report known; plain dropout under the operation's name");
    static final Note NOT_SCALED = new Note(
            "group-unscaled",
            "drops groups and does not scale those that are kept, or scales where it should not",
            "drop path as many repositories copy it, without the division");
    static final Note GRADIENT =
            new Note("group-gradient", "masks the gradient by another mask, or does not scale it", "numpy-ml#94");

    /** The shape in which a mask travels. */
    abstract Shape maskShape(OperationCall call, Shape input);

    /** The shape in which the mask is broadcast to the input. */
    abstract Shape noiseShape(OperationCall call, Shape input);

    @Override
    public Set<String> fields() {
        return Set.of("training", "rate", "input", "mask", "grad_output");
    }

    @Override
    public List<Drawn> drawn(OperationCall call) {
        return List.of(Drawn.mask("mask", maskShape(call, presented(call).shape()), call.rate()));
    }

    static Tensor presented(OperationCall call) {
        Tensor input = call.tensor("input");
        return call.fields().get("permutation") instanceof int[] axes ? input.permuted(axes) : input;
    }

    @Override
    public Map<String, Object> answer(OperationCall call, Choices choices) {
        Tensor x = presented(call);
        ExactDropout exact = new ExactDropout(x.dtype(), call.rate(), choices);
        Optional<Tensor> mask =
                call.optionalTensor("mask").map(travelled -> travelled.reshaped(noiseShape(call, x.shape())));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("output", apply(exact, x, mask));
        call.optionalTensor("grad_output").ifPresent(dy -> answer.put("grad_input", apply(exact, dy, mask)));
        return answer;
    }

    private static Expected apply(ExactDropout exact, Tensor x, Optional<Tensor> mask) {
        return mask.map(known -> exact.training(x, known)).orElseGet(() -> exact.evaluation(x));
    }
}
