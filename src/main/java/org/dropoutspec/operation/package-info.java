/**
 * The operations of the family beside plain dropout, each in a package of its own. {@link
 * org.dropoutspec.operation.Operation} is the interface of each, {@link org.dropoutspec.operation.Operations} lists them.
 */
@NullMarked
package org.dropoutspec.operation;

import org.jspecify.annotations.NullMarked;
