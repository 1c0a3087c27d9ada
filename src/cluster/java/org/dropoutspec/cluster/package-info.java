/** Certifies on an Apache Spark cluster what one machine cannot draw: {@link org.dropoutspec.cluster.Main}. */
package org.dropoutspec.cluster;
