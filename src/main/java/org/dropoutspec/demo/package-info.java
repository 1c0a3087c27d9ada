/** A demonstration of what dropout does: the reference network trained with it and without, and a page of what came out. */
@NullMarked
package org.dropoutspec.demo;

import org.jspecify.annotations.NullMarked;
