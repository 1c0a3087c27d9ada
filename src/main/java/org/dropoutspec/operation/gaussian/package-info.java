/** Gaussian dropout: normal noise in the place of a mask, looked at through its quantiles. */
@NullMarked
package org.dropoutspec.operation.gaussian;

import org.jspecify.annotations.NullMarked;
