/** An implementation held to vectors, and the report of it. */
@NullMarked
package org.dropoutspec.golden.verify;

import org.jspecify.annotations.NullMarked;
