/** Plain dropout with one element of the mask for a group: a channel, or a whole example. */
@NullMarked
package org.dropoutspec.operation.grouped;

import org.jspecify.annotations.NullMarked;
