/**
 * The golden vectors, which are dropout written down as bits. {@link org.dropoutspec.golden.GoldenVerify} compares an
 * implementation with them, and {@link org.dropoutspec.golden.GoldenRegenerate} derives them anew in exact arithmetic.
 * The subpackages in their order are {@code word}, {@code format}, {@code exact}, {@code topic} and {@code verify}.
 */
@NullMarked
package org.dropoutspec.golden;

import org.jspecify.annotations.NullMarked;
