/** A dense layer whose weights are dropped. */
@NullMarked
package org.dropoutspec.operation.dropconnect;

import org.jspecify.annotations.NullMarked;
