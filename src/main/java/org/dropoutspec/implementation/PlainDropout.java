package org.dropoutspec.implementation;

import java.util.List;
import java.util.Optional;
import org.dropoutspec.implementation.ResultField.Kind;
import org.dropoutspec.tensor.Bits;
import org.dropoutspec.tensor.Shape;

/** Plain dropout among the operations: its calls and results as fields by name. */
public final class PlainDropout {
    /** The name of the operation. */
    public static final String NAME = "dropout";

    private PlainDropout() {}

    /** The name of what an answer in bits carries, and of how it is asked for. */
    private static final String KEPT = "kept";

    /** The call, whose answer carries what was asked for and what the implementation declares to give. */
    public static OperationCall asked(Call call, Description description) {
        return fields(call)
                .expecting(
                        description.declaration(NAME),
                        List.of("mask"),
                        List.of("grad_input"),
                        Math.max(call.input().size(), (long) call.maskShape().size()));
    }

    /** The training call, whose answer carries a bit for each element of the output. */
    public static OperationCall askedInBits(Call call) {
        return inBits(fields(call), call.input().size());
    }

    /** A training call of an operation, whose answer carries a bit for each of so many elements of the output. */
    public static OperationCall inBits(OperationCall call, int elements) {
        // a bit is less than an element, so that the bound for those holds
        return call.with("reply", KEPT).expecting(List.of(ResultField.bits(KEPT, elements)), elements);
    }

    /**
     * A call of an operation, whose answer carries stretches of the output.
     *
     * @param slices from where on, and up to where, counted in row-major order
     */
    public static OperationCall inSlices(OperationCall call, List<List<Long>> slices) {
        long elements =
                slices.stream().mapToLong(slice -> slice.get(1) - slice.get(0)).sum();
        return call.with("slices", slices).expecting(List.of(ResultField.of("slices", Kind.TENSORS)), elements);
    }

    /** The bits that these fields are. */
    public static Bits bits(OperationResult answer) {
        return answer.bits(KEPT);
    }

    private static OperationCall fields(Call call) {
        return OperationCall.of(NAME)
                .with("rate", call.rate())
                .with("training", call.training())
                .with("input", call.input())
                .with("grad_output", call.gradOutput())
                .withSeed(call.seed())
                .with("noise_shape", call.noiseShape())
                .with("mask", call.mask())
                .with("permutation", call.permutation());
    }

    /** The result that these fields are. */
    public static Result result(OperationResult answer) {
        return new Result(answer.tensor("output"), answer.optionalTensor("mask"), answer.optionalTensor("grad_input"));
    }

    /** The call that these fields are. */
    public static Call call(OperationCall call) {
        return new Call(
                call.rate(),
                call.training(),
                call.tensor("input"),
                call.optionalTensor("grad_output"),
                call.seed(),
                Optional.ofNullable((Shape) call.fields().get("noise_shape")),
                call.optionalTensor("mask"),
                Optional.ofNullable((int[]) call.fields().get("permutation")));
    }
}
