/** A demonstration of what dropout does: the reference network trained with it and without, and a page of what came out. */
package org.dropoutspec.demo;
