/**
 * What dropout has to give, in exact arithmetic: {@link org.dropoutspec.oracle.Scaled} says what becomes of one element,
 * and {@code Watch} holds a whole answer to it.
 */
@NullMarked
package org.dropoutspec.oracle;

import org.jspecify.annotations.NullMarked;
