/**
 * The conditions under which an implementation is asked. {@link org.dropoutspec.condition.CoveringDesign} lists the
 * rows, each a {@link org.dropoutspec.condition.Condition}, so that every pair or triple of levels is met.
 */
@NullMarked
package org.dropoutspec.condition;

import org.jspecify.annotations.NullMarked;
