/**
 * Dropout in three files, to be read in this order: {@link org.dropoutspec.reference.Dropout} says what it does, {@link
 * org.dropoutspec.reference.BernoulliMask} which elements it drops, and {@link org.dropoutspec.reference.Philox4x32}
 * where the randomness comes from. Its relatives follow, each in a file of its own, from {@link
 * org.dropoutspec.reference.AlphaDropout} to {@link org.dropoutspec.reference.Network}.
 */
@NullMarked
package org.dropoutspec.reference;

import org.jspecify.annotations.NullMarked;
