/**
 * The golden vectors, dropout written down as bits: {@link org.dropoutspec.golden.GoldenVerify} holds an implementation
 * to them and {@link org.dropoutspec.golden.GoldenRegenerate} derives them anew in exact arithmetic.
 */
package org.dropoutspec.golden;
