/**
 * The operations of the family beside plain dropout, each in a package of its own. Each is an {@link
 * org.dropoutspec.operation.Operation}; {@link org.dropoutspec.operation.Operations} lists them.
 */
@NullMarked
package org.dropoutspec.operation;

import org.jspecify.annotations.NullMarked;
