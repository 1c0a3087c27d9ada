package org.dropoutspec.operation.grouped;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.operation.Operation;
import org.dropoutspec.operation.ReferenceFamily;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** What stands for a single element, a pixel of a map of one, is often computed by other code; and so is what does not. */
class GroupsOfOneTest {
    @Test
    void ofSmallMasksSomeHaveGroupsOfOneAndSomeOfMore() {
        for (Operation operation : List.of(new SpatialDropout(), new StochasticDepth())) {
            Description description = ReferenceFamily.described(List.of(operation));
            assertThat(IntStream.range(1, 100)
                            .mapToObj(size -> Call.training(
                                    0.5,
                                    Tensor.builder(DType.FLOAT32, Shape.of(2, size))
                                            .build()))
                            .map(plain -> operation
                                            .sites()
                                            .get(0)
                                            .call(plain, description)
                                            .tensor("input")
                                            .size()
                                    == plain.input().size()))
                    .contains(true, false);
        }
    }
}
