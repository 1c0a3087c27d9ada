/**
 * The requirements as executable properties, an interface a chapter: a test class that implements
 * {@link org.dropoutspec.contract.DropoutContract} and returns its {@code Implementation} is held to all of them.
 */
@NullMarked
package org.dropoutspec.contract;

import org.jspecify.annotations.NullMarked;
