package org.dropoutspec.operation.grouped;

import org.dropoutspec.tensor.Bits;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/**
 * The layout of a tensor in which every element of a mask is repeated over its group.
 *
 * @param shape the shape of the tensor
 * @param mask the mask's shape, with one element for each group
 * @param width the number of elements in a group
 * @param last how many groups lie side by side along the last axis; -1 if the elements of a group lie side by side
 */
record GroupLayout(Shape shape, Shape mask, int width, int last) {

    private int index(int group, int element) {
        return last < 0 ? group * width + element : (group / last * width + element) * last + group % last;
    }

    /** The tensor in which each element is repeated over its group. */
    Tensor spread(Tensor groups) {
        if (width == 1) {
            return groups.reshaped(shape);
        }
        Tensor.Builder tensor = Tensor.builder(groups.dtype(), shape);
        for (int group = 0; group < groups.size(); group++) {
            for (int element = 0; element < width; element++) {
                tensor.setBits(index(group, element), groups.bits(group));
            }
        }
        return tensor.build();
    }

    /** The bit of the first element of each group. */
    Bits first(Bits bits) {
        return width == 1 ? bits : Bits.of(mask.size(), group -> bits.isSet(index(group, 0)));
    }

    /** The first element of each group. */
    Tensor first(Tensor tensor, Shape as) {
        Tensor.Builder groups = Tensor.builder(tensor.dtype(), as);
        for (int group = 0; group < as.size(); group++) {
            groups.setBits(group, tensor.bits(index(group, 0)));
        }
        return groups.build();
    }
}
