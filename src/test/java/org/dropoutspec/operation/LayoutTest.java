package org.dropoutspec.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.reference.Dropout;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows and columns of a mask are those in which the operation draws it, whatever plain call it stands for. */
class LayoutTest {
    private static final List<Shape> SHAPES = List.of(
            Shape.of(6),
            Shape.of(2, 3),
            Shape.of(16, 16),
            Shape.of(256),
            Shape.of(2, 8, 5, 7),
            Shape.of(1813),
            Shape.of(3, 5, 40));

    static Stream<Arguments> sites() {
        return Operations.all().stream()
                .filter(operation -> !operation.name().equals("pair_dropout"))
                .flatMap(operation -> operation.sites().stream()
                        .filter(site -> !site.isOfSeveral() && !site.name().equals("masks"))
                        .map(site -> Arguments.of(operation, site)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("sites")
    void aMaskIsLaidOutAsItIsReported(Operation operation, MaskSite site) {
        Description description = ReferenceFamily.described(List.of(operation));
        for (Shape shape : SHAPES) {
            Call plain = Call.training(0.5, Tensor.full(DType.FLOAT32, shape, 1));
            OperationResult answer = operation.answer(site.call(plain, description), new Dropout(1));
            assertThat(reported(answer, site)).contains(merged(site.layout(plain, description)));
        }
    }

    /** The masks, or the noise, that an answer carries. */
    private static List<List<Integer>> reported(OperationResult answer, MaskSite site) {
        Stream<Tensor> masks = answer.has("masks")
                ? answer.tensors("masks").stream()
                : Stream.of("mask", "recurrent_mask", "noise")
                        .filter(answer::has)
                        .map(answer::tensor);
        return masks.map(mask -> merged(mask.shape())).toList();
    }

    /** The last two axes, and the number of matrices that they make; axes of extent 1 before the others are none. */
    private static List<Integer> merged(Shape shape) {
        int rank = shape.rank();
        int columns = rank == 0 ? 1 : shape.extent(rank - 1);
        int rows = rank < 2 ? 1 : shape.extent(rank - 2);
        int rest = columns * rows == 0 ? 0 : shape.size() / columns / rows;
        return Arrays.asList(rest, rows, columns);
    }
}
