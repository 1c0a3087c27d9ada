/** Numbers as raw IEEE bits in a shape, and nothing else: start with {@link org.dropoutspec.tensor.Tensor}. */
package org.dropoutspec.tensor;
