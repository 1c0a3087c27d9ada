/** A recurrent cell with a mask on its input and one on its recurrent connection, held over time. */
@NullMarked
package org.dropoutspec.operation.recurrent;

import org.jspecify.annotations.NullMarked;
