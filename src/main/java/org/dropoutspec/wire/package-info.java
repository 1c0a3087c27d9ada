/** The wire protocol. An {@link org.dropoutspec.wire.AdapterProcess} is an implementation that is a child process. */
@NullMarked
package org.dropoutspec.wire;

import org.jspecify.annotations.NullMarked;
