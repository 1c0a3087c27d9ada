/**
 * Dropout in three files, to be read in this order: {@link org.dropoutspec.reference.Dropout} says what it does,
 * {@link org.dropoutspec.reference.BernoulliMask} which elements it drops, and
 * {@link org.dropoutspec.reference.Philox4x32} where the randomness comes from. Then its relatives, each with what is its
 * own: {@link org.dropoutspec.reference.AlphaDropout} and {@link org.dropoutspec.reference.GaussianDropout}.
 */
@NullMarked
package org.dropoutspec.reference;

import org.jspecify.annotations.NullMarked;
