/** Tensors: numbers as raw IEEE bits in a shape. Start with {@link org.dropoutspec.tensor.Tensor}. */
@NullMarked
package org.dropoutspec.tensor;

import org.jspecify.annotations.NullMarked;
