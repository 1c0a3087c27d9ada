/** Gaussian dropout: normal noise in place of a mask, judged by its quantiles. */
@NullMarked
package org.dropoutspec.operation.gaussian;

import org.jspecify.annotations.NullMarked;
