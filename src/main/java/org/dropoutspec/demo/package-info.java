/** A demonstration of dropout: the reference network trained with and without it, and a page of the results. */
@NullMarked
package org.dropoutspec.demo;

import org.jspecify.annotations.NullMarked;
