/** Dropout of attention probabilities. */
@NullMarked
package org.dropoutspec.operation.attention;

import org.jspecify.annotations.NullMarked;
