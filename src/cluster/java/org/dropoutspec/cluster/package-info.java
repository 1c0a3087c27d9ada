/** Certifies on an Apache Spark cluster what one machine cannot draw: {@link org.dropoutspec.cluster.Main}. */
@NullMarked
package org.dropoutspec.cluster;

import org.jspecify.annotations.NullMarked;
