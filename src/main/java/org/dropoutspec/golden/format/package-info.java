/** The format of the files: {@link org.dropoutspec.golden.format.VectorTree} writes it, {@link org.dropoutspec.golden.format.VectorReader} reads it. */
@NullMarked
package org.dropoutspec.golden.format;

import org.jspecify.annotations.NullMarked;
