/** The vectors, file by file: {@link org.dropoutspec.golden.topic.Catalogue} lists them all. */
@NullMarked
package org.dropoutspec.golden.topic;

import org.jspecify.annotations.NullMarked;
