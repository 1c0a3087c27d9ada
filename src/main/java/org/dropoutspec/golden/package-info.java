/**
 * The golden vectors, dropout written down as bits: {@link org.dropoutspec.golden.GoldenVerify} holds an implementation
 * to them and {@link org.dropoutspec.golden.GoldenRegenerate} derives them anew in exact arithmetic. Below are, in their
 * order, {@code word}, {@code format}, {@code exact}, {@code topic} and {@code verify}.
 */
@NullMarked
package org.dropoutspec.golden;

import org.jspecify.annotations.NullMarked;
