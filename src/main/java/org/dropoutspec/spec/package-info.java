/** The numbered requirements, read from {@code spec/dropout.md}: {@link org.dropoutspec.spec.Specification}. */
@NullMarked
package org.dropoutspec.spec;

import org.jspecify.annotations.NullMarked;
