/** Alpha dropout: dropped elements take the value at which a unit saturates; an affine map keeps mean and variance. */
@NullMarked
package org.dropoutspec.operation.alpha;

import org.jspecify.annotations.NullMarked;
