/**
 * Judging an implementation: a {@link org.dropoutspec.certify.Certifier} puts it to every contract and states a
 * {@link org.dropoutspec.certify.Certificate}.
 */
package org.dropoutspec.certify;
