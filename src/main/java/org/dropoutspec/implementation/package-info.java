/**
 * The implementation under test: an {@link org.dropoutspec.implementation.Implementation} answers a
 * {@link org.dropoutspec.implementation.Call}.
 */
@NullMarked
package org.dropoutspec.implementation;

import org.jspecify.annotations.NullMarked;
