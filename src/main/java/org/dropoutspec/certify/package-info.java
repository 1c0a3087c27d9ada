/**
 * Judging an implementation: a {@link org.dropoutspec.certify.Certifier} puts it to every contract and states a
 * {@link org.dropoutspec.certify.Certificate}.
 */
@NullMarked
package org.dropoutspec.certify;

import org.jspecify.annotations.NullMarked;
