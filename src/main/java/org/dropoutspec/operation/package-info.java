/**
 * The operations of the family beside plain dropout, each in a package of its own: {@link
 * org.dropoutspec.operation.Operation} is what one is, {@link org.dropoutspec.operation.Operations} has them all.
 */
@NullMarked
package org.dropoutspec.operation;

import org.jspecify.annotations.NullMarked;
