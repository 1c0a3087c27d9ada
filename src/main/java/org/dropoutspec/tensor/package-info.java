/** Numbers as raw IEEE bits in a shape, and nothing else: start with {@link org.dropoutspec.tensor.Tensor}. */
@NullMarked
package org.dropoutspec.tensor;

import org.jspecify.annotations.NullMarked;
