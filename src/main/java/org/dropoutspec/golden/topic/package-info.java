/** The vectors, file by file: {@link org.dropoutspec.golden.topic.Catalogue} has them all. */
package org.dropoutspec.golden.topic;
