/**
 * The results that dropout has to give, in exact arithmetic: {@link org.dropoutspec.oracle.Scaled} computes one
 * element, and {@code Watch} compares a whole answer with it.
 */
@NullMarked
package org.dropoutspec.oracle;

import org.jspecify.annotations.NullMarked;
