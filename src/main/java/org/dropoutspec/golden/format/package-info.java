/** The format of the files: {@link org.dropoutspec.golden.format.VectorTree} writes it, {@link org.dropoutspec.golden.format.VectorReader} reads it. */
package org.dropoutspec.golden.format;
