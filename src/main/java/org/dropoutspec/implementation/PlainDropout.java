package org.dropoutspec.implementation;

import java.util.List;
import java.util.Optional;
import org.dropoutspec.implementation.ResultField.Kind;
import org.dropoutspec.tensor.Bits;
import org.dropoutspec.tensor.Shape;

/** Plain dropout as one of the operations: its calls and results as fields by name. */
public final class PlainDropout {
    /** The name of the operation. */
    public static final String NAME = "dropout";

    private PlainDropout() {}

    /** The field that an answer in bits carries, and the word by which such an answer is requested. */
    private static final String KEPT = "kept";

    /** The call; its answer carries what was asked for and what the implementation declares to give. */
    public static OperationCall asked(Call call, Description description) {
        return fields(call)
                .expecting(
                        description.declaration(NAME),
                        List.of("mask"),
                        List.of("grad_input"),
                        Math.max(call.input().size(), (long) call.maskShape().size()));
    }

    /** The training call; its answer carries a bit for each element of the output. */
    public static OperationCall askedInBits(Call call) {
        return inBits(fields(call), call.input().size());
    }

    /** A training call of an operation; its answer carries a bit for each of the {@code elements} of the output. */
    public static OperationCall inBits(OperationCall call, int elements) {
        // a bit is smaller than an element, so the bound on elements holds for bits
        return call.with("reply", KEPT).expecting(List.of(ResultField.bits(KEPT, elements)), elements);
    }

    /**
     * A call of an operation; its answer carries stretches of the output.
     *
     * @param slices for each stretch its first index and the index after its last, counted in row-major order
     */
    public static OperationCall inSlices(OperationCall call, List<List<Long>> slices) {
        long elements =
                slices.stream().mapToLong(slice -> slice.get(1) - slice.get(0)).sum();
        return call.with("slices", slices).expecting(List.of(ResultField.of("slices", Kind.TENSORS)), elements);
    }

    /** The bits in these fields. */
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

    /** The result in these fields. */
    public static Result result(OperationResult answer) {
        return new Result(answer.tensor("output"), answer.optionalTensor("mask"), answer.optionalTensor("grad_input"));
    }

    /** The call in these fields. */
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
